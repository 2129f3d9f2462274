"""Words that a table knows and that the query did not take up: an extreme that ranks nothing, a change of nothing.

Each would have changed the figure, so the question is asked back rather than answered as if it were not there.
"""

import re
from typing import Final

from tools.energy_query import EnergyQuery
from tools.errors import BadPeriod, BadQuestion
from tools.grammar.crossed import reject_crossed
from tools.grammar.extreme_hours import ONE_OF_EACH
from tools.grammar.reading import Reading

_MOST: Final = (
    r"(?:highest|lowest|largest|biggest|greatest|smallest|fewest|heaviest|lightest|hungriest|thirstiest|busiest|"
    r"quietest|cheapest|dearest|costliest|cleanest|dirtiest|leanest|greenest|strongest|weakest|steepest|fastest|"
    r"slowest|worst|top|\w{3,}iest|(?<!at )(?<!for the )most(?! of\b| recent)|(?<!at )least)"
)
EXTREME: Final = re.compile(rf"\b{_MOST}\b")
ORDINAL: Final = re.compile(
    rf"\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th|next|runner)[ -](?:up|peak|max(?:imum)?|min(?:imum)?|{_MOST})\b"
)
CHANGED: Final = re.compile(
    r"\b(?:changed?|changing|increas\w*|decreas\w*|rising|risen|rose|falling|fallen|fell|dropp\w*|gr[eo]wn?|grew|"
    r"go(?:es|ing)? (?:up|down)|went (?:up|down)|"
    r"gone (?:up|down)|creep\w*|crept|climb\w*|"
    r"growing|growth|"
    r"shrink\w*|shrank|declin\w*|improv\w*|trend\w*|evolv\w*|worse|better|compar\w*|differ\w*|versus|vs)\b"
)
HOW_MANY: Final = re.compile(
    r"\bhow many (?!times (?:more|less|as|higher|lower|bigger|larger|greater|the|over)\b)(?!(?:of )?(?:[kmg]?wh?\b|"
    r"\w*watt|\w*joule|[mg]j\b|kbtu|\w*tonn?e?s?\b|\w*tons?\b|kg|kilo|gram|"
    r"t\b|pounds?|gbp|"
    r"euros?|dollars?|rupees?|£|units?\b|per ?cent|%|percent|energy|electric\w*|gas|power|cost|co2|carbon|quid))(\w+)"
)
WORKING_HOURS: Final = re.compile(
    r"\b(?:in|during|within|outside|out of|at|over|through|by) (?:of )?(?:the |its |their |normal |usual )*"
    r"((?:work(?:ing)?|office|business|opening|school|term|core|peak|off[ -]peak|rush|lunch|teaching|occupied|shift|"
    r"closing|trading|lecture) ?(?:hours?|times?|breaks?))\b"
)


NOT_USED: Final = re.compile(r"\b(?:not|never) (?:\w+ )?(?:us(?:e|ed|ing)|consum\w*|draw\w*|burn\w*|spen[dt]\w*)\b")
HOW_OLD: Final = re.compile(r"\bhow (?:old|new|tall)\b")
CALENDAR: Final = ("day", "week", "month", "quarter", "year")
WHICH_IN_EACH: Final = re.compile(
    r"\b(?:which|what|whose) (?:\w+ ){0,2}?buildings?\b[^?]*\b(?:each|every) (?:day|month|quarter|year)\b"
)
_MOVE: Final = (
    r"(?:rises?|rose|risen|falls?|fell|fallen|drop(?:s|ped)?|gr[eo]w[ns]?|grown|increase[ds]?|decrease[ds]?|jump(?:s|ed)?|"
    r"change[ds]?|swings?|climb(?:s|ed)?|declines?|declined)"
)
MOST_MOVED: Final = re.compile(
    rf"\b(?:biggest|largest|greatest|sharpest|steepest|smallest|most|worst|best) (?:\w+ )?{_MOVE}\b"
    rf"|\b{_MOVE} (?:the |by the )?(?:most|furthest|farthest|fastest|least|hardest)\b"
)
LATER: Final = re.compile(
    r"\b(?:an?|one|two|three|four|few|\d+) (?:hours?|days?|weeks?|months?|years?) (?:after|later|following)\b"
)
SHARE_OF_THINGS: Final = re.compile(
    r"\b(?:percentage|share|proportion|fraction|per ?cent|%) of (?:the |our |all |its )*"
    r"(buildings|days|months|weeks|nights|meters|sites|years)\b"
)


ONLY_THE_OTHER: Final = re.compile(  # "is it using more than it did in 2018"
    r"\bthan (?:(?:it|they|we|that) (?:did|was|were|had|used|does) )?(?:back )?(?:(?:in|during|for) )?(?:the )?$"
)
NEAREST: Final = re.compile(
    r"\b(?:nearest|closest|furthest from|farthest from) (?:to )?(?:the |its |their |our )?(?:average|mean|median|"
    r"norm|middle)\b"
)
NOT_PICKED: Final = (
    (ORDINAL, "{0!r} is not picked by itself; ask for the top five, which tells each of them"),
    (NEAREST, "{0!r} is not offered; ask for the rank, which tells each one's figure"),
    (ONE_OF_EACH, "{0!r} picks one of each, which is not offered; ask by day, or for one month"),
    (NOT_USED, "what was {0!r} is in no meter; ask what was used, saved or wasted"),
    (HOW_OLD, "{0!r} is not in the readings; ask when a building was built, or its floors"),
    (LATER, "{0!r} was not understood as a period; name its dates"),
)


def reject_unused(query: EnergyQuery, s: Reading) -> None:
    """Raise `BadQuestion` where a plain query leaves out an extreme, a change, a count or hours that were asked for."""
    text = re.sub(r"\s+", " ", s.rest)
    reject_one_side(s)
    _reject_counts(query, text)
    for pattern, remedy in NOT_PICKED:
        if match := pattern.search(text):
            raise BadQuestion(remedy.format(match.group(0)))
    reject_crossed(query, s)
    if match := WORKING_HOURS.search(text):
        raise BadQuestion(
            f"{match.group(1)!r} cannot be picked; ask for day (06:00 to 22:00), night, weekdays or weekends, or what "
            "was wasted out of hours"
        )
    compares = query.against_period or query.against_buildings or query.against_hours
    if query.unit == "ratio" and not compares:
        raise BadQuestion("how many times as much needs two sides; name two periods, or two buildings")
    if compares or query.order or query.statistic in ("peak", "minimum", "share"):
        return
    if match := EXTREME.search(text):
        raise BadQuestion(
            f"it is not clear of what {match.group(0)!r} is asked: of buildings, months, days or hours; say which"
        )
    if query.group == "none" and s.comparing and (match := CHANGED.search(text)) and len(query.buildings) < 2:
        raise BadQuestion(f"{match.group(0)!r} needs something to compare with; name two periods, or another building")


def reject_one_side(s: Reading) -> None:
    """Raise `BadPeriod` where the only time that is named is the one compared with."""
    if s.before or s.line.reference or s.line.prior or not s.line.period or not s.line.spans:
        return
    if ONLY_THE_OTHER.search(s.text[: min(at for at, _ in s.line.spans)]):
        raise BadPeriod(f"what {s.line.period.words} is compared with is not said; name the other time too")


def _reject_counts(query: EnergyQuery, text: str) -> None:
    """Raise `BadQuestion` for a number or a share of things, or for a leader of each month, that a query leaves out."""
    if query.statistic != "quality" and query.unit != "ratio" and (match := HOW_MANY.search(text)):
        raise BadQuestion(f"a number of {match.group(1)} is not what the meters tell here; ask how much was used")
    if query.group in CALENDAR and len(query.buildings) != 1 and (match := WHICH_IN_EACH.search(text)):
        raise BadQuestion(f"{match.group(0)!r}: who leads is told for one period at a time; name one, or one building")
    if query.group in CALENDAR and not query.against_period and (match := MOST_MOVED.search(text)):
        raise BadQuestion(
            f"{match.group(0)!r}: which {query.group} changed most needs what it is held against; name two years to "
            f"compare by {query.group}"
        )
    if query.statistic == "share" and (match := SHARE_OF_THINGS.search(text)):
        raise BadQuestion(f"a share of {match.group(1)} is not what the meters tell here; ask which used more")
