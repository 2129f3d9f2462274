"""Settle the query of a question about the data themselves: its terms, its measure, what it is listed by."""

import re
from typing import Any, Final

from tools.data_asked import DataAsked, DayBand, SeriesFigure
from tools.energy_query import Analysis, Terms
from tools.errors import BadQuestion
from tools.grammar import data_words as w
from tools.grammar import vocabulary as v
from tools.grammar.catalogue_slot import catalogue_terms
from tools.grammar.crest_words import CREST, asks_crest
from tools.grammar.data_levels import bands, level_spans, threshold_kw
from tools.grammar.data_patterns import (
    AVERAGE,
    COUNTED,
    FAHRENHEIT,
    FIELD,
    HIGH,
    KILOS,
    LEVEL,
    LOW,
    PARTS,
    POUNDS,
    SERIES,
    SERIES_LEVEL,
    percentile_of,
    spread_of,
)
from tools.grammar.hour_counts import WORDS as OF_HOUR_COUNTS
from tools.grammar.hour_counts import counts_lacking, counts_zeros
from tools.grammar.hours_figure_words import STEP, TOP_HOURS
from tools.grammar.hours_slot import hours_of, hours_said
from tools.grammar.measure_slot import measure_of
from tools.grammar.order_slot import count_of
from tools.grammar.period_patterns import COUNTS
from tools.grammar.quantities import number
from tools.grammar.reading import Reading
from tools.grammar.series_slot import settle_series
from tools.grammar.terms_slot import PEERS, SOURCE
from tools.grammar.units import INTENSITY_UNITS, asked_unit

DATA: Final[frozenset[Analysis]] = frozenset(
    ("site_series", "catalogue", "hours_figure", "fuel_share", "picked_days", "trend", "unit_rate", "peer_median")
)
FALLS: Final = re.compile(r"\b(?:drops?|falls?|decreases?|ramp[ -]?down)\b")
NOW: Final = re.compile(
    r"\b(?:(?:right )?now|currently|at the moment|at present|today|this (?:minute|hour)|lately|recently)\b"
)
OF_THE_TOP: Final = re.compile(r"\b(?:mean|average|sum|total|median) of (?:the |its |all )*(?:top|highest|\d|lowest)")
SEVERAL_LEVELS: Final = re.compile(
    r"\d(?:st|nd|rd|th)?\s?(?:,|and|&|or|/|to)\s?p?\d{1,2}(?:st|nd|rd|th)?[ -](?:percentile|centile)"
)
DIGITS: Final = re.compile(r"(?<![\w.,])-?\d[\d,.]*(?![\w])")
OF_NO_METER: Final = frozenset(("site_series", "catalogue", "peer_median"))
KNOWN_NUMBERS: Final = re.compile(r"\b(?:all|the) (?:1?\d|24|12)\b|\b(?:m|ft|co|kgco|gco|tco)2\w*")
FIGURE_OF_DAY: Final = re.compile(
    r"\b(?:peak\w*|base ?load|load factor|minimum|maximum|highest (?:load|demand|hour)|share)\b"
)


def settle_data(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Settle a question about the data. Raises `BadQuestion` where a number or a figure in it would be dropped."""
    text = re.sub(r"\s+", " ", s.said).strip()
    values["unit"] = None if values.get("unit") == "percent" else values.get("unit")
    if values["statistic"] != "catalogue" and not s.line.period and (match := NOW.search(text)):
        raise BadQuestion(
            f"{match.group(0)!r} is not in the data, which are of the past; name a month, a year or dates"
        )
    _SETTLE[values["statistic"]](values, s, text, notes)
    values["against_hours"] = None if values["statistic"] in ("catalogue", "peer_median") else hours_of(s)[1]
    if values["statistic"] != "picked_days" and (match := w.WITHOUT_HOLIDAYS.search(text)):
        raise BadQuestion(f"{match.group(0)!r} goes with what was used in all, not with this; leave it out")
    _require_numbers_read(values["statistic"], s)


def data_spans(analysis: Analysis | None, text: str) -> list[tuple[int, int]]:
    """Return where the words stand that a question about the data is made of, so that they are not doubted."""
    if analysis not in DATA:
        return []
    patterns = [
        HIGH,
        LOW,
        AVERAGE,
        LEVEL,
        COUNTED,
        FAHRENHEIT,
        KILOS,
        POUNDS,
        SERIES_LEVEL,
        TOP_HOURS,
        STEP,
        w.WITHOUT_HOLIDAYS,
        w.ON_HOLIDAYS,
        FIELD,
        *(p for _, p in SERIES),
        *(p for _, p in PARTS),
    ]
    patterns += [w.TREND] if analysis == "trend" else []
    patterns += [OF_HOUR_COUNTS, CREST] if analysis == "hours_figure" else []
    patterns += [w.OF_THE_NATION] if analysis == "site_series" else []
    return [m.span() for p in patterns for m in p.finditer(text)] + level_spans(text)


def _require_numbers_read(analysis: Analysis, s: Reading) -> None:
    """Raise `BadQuestion` for a number in a question about the data that nothing here took."""
    rest = s.rest
    for start, end in [*data_spans(analysis, rest), *hours_said(rest)]:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    rest = KNOWN_NUMBERS.sub(" ", v.TOP_N.sub(" ", rest))
    if match := DIGITS.search(rest):
        raise BadQuestion(
            f"the number {match.group(0).strip('.,')} was not understood; say what it is of, or leave it out"
        )


def _add(values: dict[str, Any], data: DataAsked, **more: Any) -> None:
    own = values["terms"].model_dump(exclude_defaults=True) if values["terms"] else {}
    values["terms"] = Terms(**{**own, **more, "data": data})


def _site_series(values: dict[str, Any], s: Reading, text: str, _notes: list[str]) -> None:
    _add(values, settle_series(values, s, text))


def _catalogue(values: dict[str, Any], s: Reading, text: str, _notes: list[str]) -> None:
    asked = catalogue_terms(text, s.named)
    _add(values, asked)
    order = None
    if not s.named.buildings and asked.fact in ("area", "year_built", "floors"):
        low = re.search(r"\b(?:smallest|lowest|fewest|oldest|least)\b", text)
        high = re.search(r"\b(?:largest|biggest|highest|newest|most|tallest|greatest)\b", text)
        order = "lowest" if low else "highest" if high else None
    feet = re.search(r"\b(?:sq\.? ?f(?:ee|oo)?t|square f(?:ee|oo)t(?:age)?|ft2|sqft|sf)\b", text)
    values |= {"measure": "electricity", "group": "building" if order else "none", "order": order, "hours": "all"}
    values |= {"unit": "ft2" if feet else None, "against_period": None, "limit": count_of(text)}


def _hours_figure(values: dict[str, Any], _s: Reading, text: str, _notes: list[str]) -> None:
    asked = _hours_asked(text)
    values["measure"] = "gas" if re.search(r"\bgas\b", text) else "electricity"
    values["unit"] = None if asked.figure in ("above", "below") else values["unit"]
    if asked.figure == "top":
        if OF_THE_TOP.search(text):
            raise BadQuestion("a mean or a sum of the highest hours is not offered; ask for them, and each is told")
        match = TOP_HOURS.search(text)
        count = re.search(r"\d+|\b(?:" + "|".join(COUNTS) + r")\b", match.group(0)) if match else None
        if len(values["buildings"]) != 1:
            raise BadQuestion("hours are put in order for one building at a time; name it")
        values |= {"limit": int(number(count.group(0))) if count else None, "group": "none"}
        values["order"] = "lowest" if re.search(r"\blowest\b", text) else None
    _add(values, asked)


def _hours_asked(text: str) -> DataAsked:
    if asks_crest(text):
        return DataAsked(figure="crest")
    if threshold := threshold_kw(text):
        return DataAsked(figure="above" if threshold[0] == "above" else "below", level=threshold[1])
    if SEVERAL_LEVELS.search(text):
        raise BadQuestion("that asks for several percentiles; ask for one after the other")
    if percent := LEVEL.search(text):
        return DataAsked(figure="percentile", level=percentile_of(percent))
    if STEP.search(text):
        return DataAsked(figure="fall" if FALLS.search(text) else "rise")
    if TOP_HOURS.search(text):
        return DataAsked(figure="top")
    if counts_zeros(text) or re.search(r"\bzero(?:e?s)?\b", text):
        return DataAsked(figure="zeros")
    if counts_lacking(text):
        return DataAsked(figure="missing")
    if re.search(r"\bbase[ -]?load|\balways[ -]on|\bbackground load", text):
        return DataAsked(figure="baseload_share")
    return DataAsked(figure=spread_of(text) or "median")


def _fuel_share(values: dict[str, Any], _s: Reading, text: str, _notes: list[str]) -> None:
    first = re.search(r"\bgas\b|\belectric\w*", text)
    values["measure"] = "gas" if first is None or first.group(0) == "gas" else "electricity"
    values["unit"] = None


def _picked_days(values: dict[str, Any], s: Reading, text: str, _notes: list[str]) -> None:
    if figure := FIGURE_OF_DAY.search(text):
        raise BadQuestion(f"of days of a kind the use is told, not the {figure.group(0)}; ask for it on a date")
    values["measure"] = measure_of(s)
    if re.search(r"\b(?:coldest|hottest|warmest) (?:winter |summer )?day\b", text):
        if "coldest" in text and re.search(r"\b(?:hottest|warmest)\b", text):
            raise BadQuestion("that asks for the warmest and the coldest day; ask for one after the other")
        days = DayBand(extreme="coldest" if "coldest" in text else "warmest")
        _add(values, DataAsked(days=days))
    elif w.WITHOUT_HOLIDAYS.search(text) or w.ON_HOLIDAYS.search(text):
        left_out = w.WITHOUT_HOLIDAYS.search(text)
        if left_out and re.search(r"\bweek[ -]?ends?\b|\bsaturdays?\b", left_out.group(0)):
            values["hours"] = "weekday"
        a_day: SeriesFigure | None = "mean" if AVERAGE.search(text) else None
        _add(values, DataAsked(figure=a_day, days=DayBand(holidays="without" if left_out else "only")))
    else:
        stated = bands(s.rest)
        if not stated or len(stated) > 2:
            raise BadQuestion(
                "say from which mean temperature days count, as in 'days above 25 degC' or 'of 15 to 20 degC'"
            )
        _add(values, DataAsked(days=stated[0], against_days=stated[1] if len(stated) == 2 else None))
    values["against_period"] = s.line.reference


def _trend(values: dict[str, Any], _s: Reading, _text: str, _notes: list[str]) -> None:
    values["unit"] = None


def _unit_rate(values: dict[str, Any], _s: Reading, text: str, _notes: list[str]) -> None:
    carbon = re.search(
        r"\bdirt\w*|\bclean\w*|\bgreen\w*|\bcarbon|\bco2|\bemissions?\b|\bg(?:rams?|co2e?)?\s?(?:/|per|a)\s?kwh|"
        r"\bintensity\b|\bkg",
        text,
    )
    values["measure"] = "carbon" if carbon else "cost"
    values["unit"] = "kgCO2e_per_kWh" if KILOS.search(text) else "GBP_per_kWh" if POUNDS.search(text) else None


def _peer_median(values: dict[str, Any], s: Reading, text: str, _notes: list[str]) -> None:
    use = w.PEER_USE.search(text)
    peers = next((name for name, pattern in PEERS if pattern.search(text)), None)
    peers = "seattle" if re.search(r"\bseattle", text) else peers
    unit = asked_unit(s.rest)
    values["unit"] = unit if unit in INTENSITY_UNITS else None
    more = {"peers": peers, "basis": "source" if SOURCE.search(text) else None}
    word = (use.group(1) or f"{use.group(2)}y") if use else None
    named = [s.inventory.buildings[b].use for b in s.named.buildings]  # "Seattle's libraries", once ours is found
    word = word or next((u for u in named if u), None)
    _add(values, DataAsked(use=word), **{k: m for k, m in more.items() if m})
    values |= {"measure": "electricity", "group": "none", "order": None, "limit": None, "period": None, "sites": ()}
    values["buildings"] = ()


_SETTLE: Final = {
    "site_series": _site_series,
    "catalogue": _catalogue,
    "hours_figure": _hours_figure,
    "fuel_share": _fuel_share,
    "picked_days": _picked_days,
    "trend": _trend,
    "unit_rate": _unit_rate,
    "peer_median": _peer_median,
}
