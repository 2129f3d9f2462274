"""What the tables know, the question says, and the query did not take up: 'waste per m2', 'the peak on average'.

A word that a table knows never counts as left over, so each aspect of the query is held against the words for it
here. Beside a plain figure such words ask for another figure, and are asked back; beside a named analysis they are
told with the answer.
"""

import re
from collections.abc import Iterator
from typing import Final

from tools.energy_query import ANALYSES, EnergyQuery
from tools.errors import BadQuestion
from tools.grammar.analysis_words import MEASURE
from tools.grammar.data_query import DATA
from tools.grammar.doubt import CLOCK
from tools.grammar.hours_slot import hours_blanked
from tools.grammar.quantities import PRICE, PRICE_OF_EACH, Quantities
from tools.grammar.reading import Reading

PER_TIME: Final = re.compile(
    r"\bper (?:working |week ?|calendar )?(hour|day|week|month|year)\b|\b(?:dai|week|month|hour)ly (?:average|mean)\b"
)
DID: Final = re.compile(
    r"\bhow many\b.*\b(?:cut|us(?:ed?|ing)|sav(?:ed?|ing)|reduc\w*|exceed\w*|rose|fell|increas\w*|decreas\w*|improv\w*|"
    r"wast\w*|peak\w*|above|below|over|under|more than|less than)\b"
)
WORKS: Final = re.compile(rf"\b{MEASURE}\b(?=.*\bsav\w*)|(?<=would ){MEASURE}\b")
ITS_USE: Final = re.compile(r"\b(?:its|their) (?:use|usage|consumption|electricity|gas|carbon|cost)\b|'s use\b")
PER_ANY: Final = re.compile(
    r"\bper (?!(?:hour|day|week|month|year|annum|quarter|weekday|weekend|night|working|business|calendar|single|square|"
    r"sq|sqm|sqft|m2|m²|ft2|sf|unit|area|floor area|gross|net|building|kwh|cent|degree|site|each|the|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)\w+"
)
PER_MONEY: Final = re.compile(r"\bper (?:£|€|\$|pound|quid|euro|dollar|tonne|ton|kg|kw|mw|degree)\b|\bper £")
PER_KWH: Final = re.compile(r"\bper (?:kwh|kilowatt[ -]hour|unit(?! (?:of )?(?:floor |area)))\b")
PER_AREA: Final = re.compile(
    r"\bper (?:square (?:met(?:re|er)|foot)|m2|m²|sq\.? ?m|sqm|sq\.? ?ft|sqft|ft2|unit of (?:floor )?area|floor area)\b"
)
CUT: Final = re.compile(
    r"\b(?:by|for each|each|every)(?: single| calendar)? (hour|day|week|month|year|weekday)\b"
    r"(?! (?:of|and|types?|kinds?)\b)|\b(?:month|week|day|hour|year) by (?:month|week|day|hour|year)\b"
)
ON_AVERAGE: Final = re.compile(r"\b(?:on average|average[ds]?|averag(?:ed|ing)|typical(?:ly)?)\b")
LOAD_FACTOR: Final = re.compile(r"\bon average\b")
AT_EXTREME: Final = re.compile(r"\bat (?:its |their |the )?(?:peak|lowest|highest|maximum|minimum)\b")
FOREIGN: Final = re.compile(
    r"\bin (euros?|eur|dollars?|usd|rupees?|inr|yen|£|gbp|pounds|tonnes|tons|tco2e?|kgco2e?|[kmg]wh|[mg]j|"
    r"kbtu|therms)\b"
)
NUMBER: Final = re.compile(
    r"(?<![\w.,:/-])(?<!guideline )(?<!option )(?<!scope )(?<!scope-)(?<!cbecs )(?<!seattle )(?<!economy )(?<!iso )"
    r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?:%|[a-z]+)?(?![-\w]*(?:parameter|th\b|st\b|nd\b|rd\b))"
)
FROM_TO: Final = re.compile(r"\bfrom \d")
PART_OF_IT: Final = re.compile(
    r"\b(?:half|a third|a quarter|two[ -]thirds|three[ -]quarters|a fifth|a tenth) (?:of|the)\b(?! (?:the )?(?:year|"
    r"month|day|20\d\d|an? |hours?))"
)
N_MOST: Final = re.compile(r"\b(?:top|bottom)[ -](?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b")
FIGURES: Final = ("peak", "minimum", "baseload", "load_factor", "quality", "share")
CONDITIONS: Final = re.compile(
    r"\b(?:on|during|in) (?:the )?(?:hot|cold|warm|cool|wet|dry|sunny|rainy|windy|snowy|frosty|mild|dull|cloudy)\w* "
    r"(?:days?|nights?|weeks?|spells?|mornings?|weather)\b"
)
LIMIT: Final = re.compile(
    r"\b(?:above|below|over|under|more than|less than|at least|at most|exceeding) \d[\d,.]*\s?"
    r"(?:[kmg]?wh?|kg|tonnes?)\b"
)
OF_CONDITIONS: Final = frozenset(("causes", "baseline", "degree_days", "peak_driver", "picked_days", "site_series"))
OF_RATES: Final = frozenset(("mean", "payback", "what_if", "tariff_cost"))
OF_LIMITS: Final = frozenset(("load_duration", "hours_figure", "picked_days", "site_series"))


def not_taken(query: EnergyQuery, s: Reading, stated: Quantities) -> tuple[str, ...]:
    """Return the words of a reading that its query took up nowhere, as they were said."""
    found = [*_of_the_query(query, s.rest), *(_of_an_analysis(query, s, stated) if query.statistic in ANALYSES else ())]
    return tuple(dict.fromkeys(found))


def reject_not_taken(query: EnergyQuery, s: Reading, stated: Quantities) -> None:
    """Raise `BadQuestion` where a query dropped what would have made another figure of it."""
    text = re.sub(r"\s+", " ", s.rest)
    if query.statistic in ANALYSES:
        _reject_in_analysis(query, text)
        return
    if left := not_taken(query, s, stated):
        raise BadQuestion(
            f"{', '.join(repr(w) for w in left)} does not go with {query.statistic.replace('_', ' ')}; ask for one of "
            "the two"
        )


def _reject_in_analysis(query: EnergyQuery, text: str) -> None:
    for pattern, fine in ((CONDITIONS, OF_CONDITIONS), (LIMIT, OF_LIMITS)):
        if query.statistic not in fine and (match := pattern.search(text)):
            what = query.statistic.replace("_", " ")
            raise BadQuestion(f"{match.group(0)!r} cannot be picked beside {what}; leave it out, or name a period")
    if query.statistic == "forecast" and re.search(r"\b(?:more|less|higher|lower)\b.*\bthan\b", text):
        raise BadQuestion("a forecast is not set beside something else; ask for the one, then for the other")
    if query.statistic == "waste" and (match := WORKS.search(text)):
        raise BadQuestion(
            f"what {match.group(0)!r} would save is in no reading; state its cost and saving for its payback"
        )
    if query.statistic == "catalogue" and query.group == "building" and ITS_USE.search(text):
        raise BadQuestion("ask first which building that is, and then for its use")
    if query.statistic == "catalogue" and DID.search(text):
        raise BadQuestion("how many of them did so is not counted; ask for a rank, which tells each one's figure")


def _of_the_query(query: EnergyQuery, rest: str) -> Iterator[str]:
    plain = query.statistic not in ANALYSES
    grouped = query.group != "none" or query.picture
    rate = PER_TIME.search(rest) if query.statistic not in OF_RATES and not (query.per or grouped) else None
    if rate and not ("year" in rate.group(0) and _is_of_years(query)):
        yield rate.group(0)
    if plain and (match := PER_MONEY.search(rest) or PER_ANY.search(rest)):
        yield match.group(0)
    per_kwh = query.statistic == "intensity" or (query.measure in ("carbon", "cost") and plain)
    if per_kwh and (match := PER_KWH.search(rest)):
        yield match.group(0)
    figure = plain and query.statistic in FIGURES and not grouped
    if figure and (match := (LOAD_FACTOR if query.statistic == "load_factor" else ON_AVERAGE).search(rest)):
        yield match.group(0)
    if plain and query.statistic not in ("peak", "minimum", "load_factor") and (match := AT_EXTREME.search(rest)):
        yield match.group(0)
    if (
        (match := PER_AREA.search(rest))
        and query.statistic not in ("intensity", "peer_rank", "peer_median")
        and not query.unit
    ):
        yield match.group(0)
    if (match := CUT.search(rest)) and not (grouped or query.per or query.against_hours or query.statistic == "mean"):
        yield match.group(0)
    if (match := N_MOST.search(rest)) and query.limit is None and not query.terms:
        yield match.group(0)


def _is_of_years(query: EnergyQuery) -> bool:
    """Tell whether a figure is one of a year as it stands: a total, and an intensity unless of a shorter time."""
    if query.statistic != "intensity":
        return query.statistic == "total"
    return query.period is None or 364 <= (query.period.end - query.period.start).days <= 367


def _of_an_analysis(query: EnergyQuery, s: Reading, stated: Quantities) -> Iterator[str]:
    terms = query.terms
    if (match := FOREIGN.search(s.rest)) and not query.unit:
        yield match.group(0)
    if stated.investment is not None and not (terms and terms.investment) and query.statistic not in DATA:
        yield "what it costs"
    if query.statistic == "forecast" and (match := CLOCK.search(s.said)):
        yield match.group(0)
    if query.statistic not in DATA:  # which read every number or refuse it
        yield from _numbers(query, hours_blanked(s.rest))
    if (match := PART_OF_IT.search(s.rest)) and query.statistic not in ("what_if", "payback"):
        yield match.group(0)
    if stated.price_per_kwh is not None and not (terms and terms.price_per_kwh) and not _saves(query):
        price = next((m for p in (PRICE, PRICE_OF_EACH) if (m := p.search(s.said))), None)
        yield price.group(0).strip() if price else "the price of a kWh"


def _numbers(query: EnergyQuery, rest: str) -> Iterator[str]:
    """Yield the numbers that the terms of an analysis do not hold, with the word behind them."""
    terms = query.terms
    given = [terms.base_degc, terms.investment, terms.saving_a_year, terms.price_per_kwh] if terms else []
    given += [abs(terms.change.amount)] if terms and terms.change and terms.change.amount else []
    held = {value for value in (*given, query.limit) if value is not None}
    held |= {90.0} if query.statistic in ("load_duration", "forecast") else set()  # what these tell anyway
    held |= {7.0 if terms.horizon == "week" else 24.0} if terms and terms.horizon else set()
    held |= {round(terms.base_degc * 1.8 + 32.0, 6)} if terms and terms.base_degc is not None else set()
    for match in NUMBER.finditer(rest):
        value = float(match.group("n").replace(",", ""))
        if value not in held and not (terms and terms.change and FROM_TO.search(rest)):
            yield match.group(0).strip()


def _saves(query: EnergyQuery) -> bool:
    return bool(query.terms and query.terms.saving_a_year is not None)
