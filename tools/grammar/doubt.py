"""What a reading did not use counts: it is harmless, told with the answer, or asked back, by the kind of word.

A number, a unit, a clock time, a threshold, an exception, a second statistic or a cut that is not offered would change
the figure, so the question is asked back. Of single words that no rule used, filler is dropped; any other is asked
back beside a plain figure, which it may restrict or replace. An analysis that was named by its own words stands: there
the word is told with the answer, unless it says when, where or of whom.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tools.energy_query import EnergyQuery, Period
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.data_words import WITHOUT_HOLIDAYS, picks_days
from tools.grammar.hours_slot import ALL_BUT_HOURS, without_hours
from tools.grammar.measure_slot import NOT_THIS
from tools.grammar.reading import Reading
from tools.grammar.terms_slot import NORMALISED
from tools.grammar.waste_words import WITHOUT_REASON
from tools.grammar.words.contrary import contrary_verbs
from tools.grammar.words.place import changes_nothing, only_told

_UNIT: Final = (
    r"(?:[kmg]?wh?|[kmg]?watts?(?:[ -]?hours?)?|kilowatt\w*|megawatt\w*|pounds?|gbp|£|tonnes?|tons?|kg|mj|gj)"
)
_LIMIT: Final = (
    r"(?:(?:more|less|greater|fewer|higher|lower|bigger|smaller) than|above|below|over|under|exceed\w*|at least|"
    r"at most|up to|no more than|beyond|(?:top|pass|reach|hit|break|cross|surpass|go over|"
    r"went (?:over|past|beyond)|go past|gone (?:over|past)|topped|"
    r"passed|reached|crossed|broke)|[<>]=?)"
)
THRESHOLD: Final = re.compile(rf"(?<!\w){_LIMIT} (?:£\s?)?\d[\d,.]*\s?(?:k|m|thousand|million)?\s?{_UNIT}\b(?!/)")
OF_A_STATISTIC: Final = re.compile(
    r"\b(?:average|mean|median|typical|sum|total|avg)\s+(?:of )?(?:the |its |their |all )?(?:(?:daily|monthly|weekly|"
    r"yearly|annual|hourly|individual) )?(?:peaks?|maxim\w+|minim\w+|base ?loads?)\b(?! (?:hours?|times?|day))"
    r"|\b(?:peak|maximum|minimum|max|min) (?:of the )?(?:averages?|means?)\b"
)
RATIO: Final = re.compile(r"\bload[ -]factor|\bratio\b|\bdivide|\bover\b|\bto (?:its |the )?(?:peak|max)")
NOT_OFFERED: Final = (
    (
        re.compile(
            r"\b(?:by|per|each|every|which|what|for each) (?:season|term|half[ -]year|fortnight|decade|"
            r"semester|shift)s?\b|\bseasonal(?:ly)?\b|\bfortnightly\b"
        ),
        (
            "{0!r} is not offered; figures are listed by hour, weekday, day, month, quarter, year or building, or are "
            "of one period that is named by its date"
        ),
    ),
    (
        re.compile(
            r"\b(?:median|standard deviation|std ?dev|variance|variability|quartiles?|interquartile|skew\w*|histogram|"
            r"spread of|(?:diversity|coincidence|demand|utili[sz]ation) factor|running mean|"
            r"distribution|correlat\w*|regression|r2|r-squared|covariance|moving average|rolling average|cumulative|"
            r"running total)\b"
        ),
        "{0} is not offered; ask for the total, mean, peak, minimum, baseload, load factor, or the load duration curve",
    ),
    (
        re.compile(
            r"\bpeak[ -]to[ -]off[ -]peak (?:ratio|quotient)\b|"
            r"\b(?:gas|electric\w*)(?:[ -]to[ -]|\s?[/:]\s?)(?:gas|electric\w*) (?:ratio|quotient)\b|"
            r"\bratio (?:of|between) (?:gas|electric\w*) (?:to|and) (?:gas|electric\w*)\b"
        ),
        "a ratio such as {0!r} is not offered; ask to compare the two, in percent",
    ),
)
QUARTERS: Final = re.compile(
    r"\b(?:by|per|each|every|which|what|for each) quarters?\b|\bquarterly\b|\bquarter[ -]by[ -]quarter\b"
)
VAGUE_TIME: Final = re.compile(
    r"\b(?:lately|recently|nowadays|these days|of late|at the moment|at present|right now|in recent (?:weeks|"
    r"months|years))\b"
)
IN_AREA: Final = re.compile(r"\bin (square (?:metres|meters|feet)|m2|m²|sq ?m|sqm|acres|people|persons|years)\b")
CONDITION: Final = re.compile(
    r"\b(?:when|while|whenever|if|as long as|on days|in hours|hours when|days when)\b[^?]*\b(?:below|above|under|over|"
    r"exceed\w*|"
    r"freezing|zero|minus|cold\w*|warm\w*|hot\w*|rain\w*|sun\w*|snow\w*|dark|windy|frost\w*)\b"
    r"|\b(?:hot|cold|warm|cool|wet|dry|sunn|rain|wind|snow|frost|mild|dull|cloud|bright)\w*\s+(?:days?|nights?|months?|"
    r"weeks?|spells?|mornings?)\b"
)
EXCEPTION: Final = re.compile(
    r"\b(without|except(?:ing)?|excluding|excludes?|excl|apart from|aside from|other than|unless|but not|but for|save "
    r"for|"
    r"barring|leaving out|ignoring|omitting|not counting|not including|disregarding|bar)\b"
)
CLOCK: Final = re.compile(
    r"\b(noon|midday|midnight|dawn|dusk|sunrise|sunset|lunch ?(?:time|break)?|\d{1,2}(?::\d\d)? ?(?:am|pm)|"
    r"\d{1,2} ?o'?clock|\d{1,2}:\d\d|(?:in|during|every|each) (?:the )?(?:mornings?|afternoons?|evenings?))\b"
)
NUMBER: Final = re.compile(r"(?<![\w.,])\d[\d,.]*(?!\w)")
N_OF_THEM: Final = re.compile(  # how many there are, which changes nothing: "all 12 buildings"
    r"\b(?:all|the|over|of|these|those|both)(?: the)? (?:\d{1,2}|two|three|four|five|six|seven|ten|twelve|"
    r"twenty-four)\s+"
    r"(?:\w+ )?(?:buildings?|hours|months|days|weeks|years|sites|hostels)\b"
    r"|\b(?:all|the|these|both) (?:two|three|four|five|six)(?=\s{2,}|\s*$)|\b24[- ]h(?:ours?)?\b|\b(?:22|10)\s?(?:-|"
    r"to)\s?0?6\s?h?\b|\b(?:the )?rest of the (?:day|week)\b|\bbroken down\b|\bdivided by\b"
    r"|\bsingle (?=(?!near|lat|for|int|rec)\w{3,}est\b|most\b|worst\b|top\b)"
)
DAYS: Final = frozenset(
    f"{d}{s}" for d in "monday tuesday wednesday thursday friday saturday sunday".split() for s in ("", "s")
) | frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
SEASONS: Final = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b")
BESIDE_FORECAST: Final = re.compile(
    r"\b(?:vs\.?|versus|against|compar\w* (?:with|to)) (?:the |its |"
    r"our )?(?:forecasts?|predictions?)\b"
)
YEAR: Final = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w,]|\.\d)")
SETS_APART: Final = r"(?:during|when|while|whenever|on|only|per|inside|within|between|by|among|behind)"

HEADS: Final = r"(?:waste|wasted|forecast|schedule|peers?|level|savings?|baseline|cost|price|carbon|payback|tariff)"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that are asked back, and words that are told with the answer."""

    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def doubt_of(left: tuple[str, ...], s: Reading, known: frozenset[str], *, is_plain: bool) -> Doubt:
    """Sort the words that no rule used; `is_plain`: no analysis was named."""
    content = [w for w in left if not changes_nothing(w, known, s.said)]
    asked = [w for w in content if (is_plain or _sets_apart(w, s.rest)) and not only_told(w, s.said)]
    asked += [w for w in contrary_verbs(s.said) if is_plain and w not in asked]
    return Doubt(tuple(asked), tuple(w for w in content if w not in asked))


def said_by_period(period: Period | None, text: str) -> frozenset[str]:
    """Return the words that only say again what a period is: 'Thursday' of a date, 'June' of a summer."""
    if period is None:
        return frozenset()
    of_days = DAYS | {"leap", "day"} if period.end - period.start <= timedelta(days=8) else frozenset[str]()
    return of_days | (MONTHS if SEASONS.search(text) else frozenset())


def _sets_apart(word: str, rest: str) -> bool:
    """Tell whether a word says when, where or of whom, or makes another thing of the word before it: waste paper."""
    compound = re.search(rf"\b{HEADS} {re.escape(word)}\b", rest)
    return bool(compound or re.search(rf"\b{SETS_APART} (?:the |its |a |their )?(?:\w+ )?{re.escape(word)}\b", rest))


def reject_conflicts(s: Reading, unread: str) -> None:
    """Raise `BadQuestion` where a plain figure would drop what changes it. `unread` is what no rule used."""
    text = re.sub(r"\s+", " ", s.rest)
    for pattern, remedy in NOT_OFFERED:
        if match := pattern.search(text):
            raise BadQuestion(remedy.format(match.group(0)))
    if match := THRESHOLD.search(text):
        raise BadQuestion(
            f"a limit such as {match.group(0)!r} cannot be picked; ask for a rank, and each figure is told"
        )
    if (match := OF_A_STATISTIC.search(text)) and not RATIO.search(text):
        raise BadQuestion(f"{match.group(0)!r} asks for a figure of figures; ask for the one or the other")
    if match := IN_AREA.search(text):
        raise BadQuestion(f"the answer is not a number of {match.group(1)}; ask in kWh, kW, kgCO2e or GBP")
    if (match := VAGUE_TIME.search(text)) and not (s.line.period or s.before):
        raise BadQuestion(f"{match.group(0)!r} is no period; name a month, a year or dates")
    if match := CONDITION.search(text):
        raise BadQuestion(f"hours picked by a condition ({match.group(0).strip()!r}) are not offered; name a period")
    if not leaves_out_building(s):
        reject_exception(text)
    if (match := CLOCK.search(without_hours(text))) and not v.first(v.GROUPS, s.rest):
        raise BadQuestion(
            f"{match.group(1)!r} cannot be picked; ask for night (22:00 to 06:00), day, weekdays or weekends, or for "
            "one hour of one day"
        )
    if match := NUMBER.search(unread):
        number = match.group(0).strip(".,")
        raise BadQuestion(f"the number {number} was not understood; say what it is of, or leave it out")


def leaves_out_building(s: Reading) -> bool:
    """Tell whether the building that is named first is one to be left out: 'all but b4'."""
    first = next((at for at, _, name in s.named.spans if name in s.named.buildings), 0)
    return bool(v.ALL_BUT.search(s.text[:first]))


def reject_in_analysis(s: Reading) -> None:
    """Raise `BadQuestion` where an analysis would drop what is left out, a limit, or a cut that is not offered."""
    text = re.sub(r"\s+", " ", s.rest)
    text = WITHOUT_HOLIDAYS.sub(" ", text) if picks_days(text) else text
    if leaves_out_building(s):
        raise BadQuestion("an analysis cannot leave out a building; name those that are meant, or ask for all")
    reject_exception(text)
    if BESIDE_FORECAST.search(text):
        raise BadQuestion("a forecast is not set beside something else here; ask for the one, then for the other")
    if match := YEAR.search(s.rest):
        raise BadQuestion(
            f"the year {match.group(0)} was not understood as a period; name it as in '2019' or 'March 2019'"
        )
    pattern, remedy = NOT_OFFERED[0]
    if match := pattern.search(text):
        raise BadQuestion(remedy.format(match.group(0)))
    if match := QUARTERS.search(text):
        raise BadQuestion(f"an analysis is not told {match.group(0)!r}; ask by month or by year, or for one quarter")


def reject_exception(text: str) -> None:
    """Raise `BadQuestion` for 'without the summer': what is left out and no rule read."""
    text = without_hours(text)
    for known in (ALL_BUT_HOURS, NORMALISED, NOT_THIS, WITHOUT_REASON):
        text = known.sub(" ", text)
    if match := EXCEPTION.search(text):
        raise BadQuestion(
            f"what is left out ({text[match.start() :].strip()[:60]!r}) was not understood; buildings, nights and "
            "weekends can be left out, or name the period that is meant"
        )


def asks_back(words: tuple[str, ...], query: EnergyQuery) -> str:
    """Write what was understood and what was not."""
    left = ", ".join(repr(w) for w in words)
    return f"not understood: {left}; understood: {understood(query)}. Say it otherwise, or leave it out"


def understood(query: EnergyQuery) -> str:
    """Say a query in a few words: 'electricity total, of b4, in 2019'."""
    of = ", ".join(query.buildings or query.sites)
    parts = [
        f"{query.measure} {query.statistic.replace('_', ' ')}",
        f"of {of}" if of else "",
        f"in {query.period.words}" if query.period else "",
        f"against {query.against_period.words}" if query.against_period else "",
        "" if query.hours == "all" else f"hours: {query.hours}",
        "" if query.group == "none" else f"by {query.group}",
    ]
    return ", ".join(filter(None, parts))
