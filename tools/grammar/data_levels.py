"""Levels that a question states: a threshold of load, a band of outdoor temperature for days."""

import re
from typing import Final

from tools.data_asked import DayBand

_NUMBER: Final = r"-?\d[\d,]*(?:\.\d+)?"
_ABOVE: Final = r"above|over|exceed\w*|more than|greater than|higher than|beyond|topp?(?:ed|s)?|pass(?:ed|es)?|past|>"
_BELOW: Final = r"below|under|less than|lower than|fewer than|beneath|<"
THRESHOLD_OF_HOURS: Final = re.compile(
    rf"\b(?:hours?|how often|how long|of the time|times?|ever|when(?:ever)?|"
    rf"number of hours)\b.*?(?<!\w)(?P<how>{_ABOVE}|{_BELOW})"
    rf"\s*(?:a (?:load|demand|level) of )?(?P<n>{_NUMBER})\s?(?P<unit>m?w|kw)(?:h)?\b(?!\s?/|\s?per\b)"
    rf"|(?<!\w)(?P<how2>{_ABOVE}|{_BELOW})\s*(?P<n2>{_NUMBER})\s?(?P<unit2>m?w|kw)\b.*?\b(?:hours?|how often|how long|"
    rf"of the time)\b"
)
_DEGREES: Final = (
    r"(?:°\s?[cf]?|deg(?:rees?)?\.?\s?(?:[cf]\b|celsius|centigrade|fahrenheit)?|[cf]\b|celsius|fahrenheit)"
)
_WARMER: Final = r"above|over|more than|warmer than|hotter than|higher than|exceed\w*|at least|>=?"
_COLDER: Final = r"below|under|less than|colder than|cooler than|lower than|beneath|at most|<=?"
_ONE_SIDED: Final = re.compile(
    rf"(?<!\w)(?P<how>{_WARMER}|{_COLDER})\s*(?P<n>{_NUMBER}|zero|freezing)\s?(?P<unit>{_DEGREES})?(?!\s?(?:%|k?wh?\b|"
    rf"mwh|\d))"
)
_BAND: Final = re.compile(
    rf"(?:\bbetween |\bof |\bfrom |\(|\bat |\bwith )\s?(?P<a>-?\d{{1,2}}(?:\.\d+)?)\s?(?:{_DEGREES})?\s?(?:to|and|-|"
    rf"until)\s?"
    rf"(?P<b>-?\d{{1,2}}(?:\.\d+)?)\s?(?P<unit>{_DEGREES})?(?!\s?(?:%|k?wh?\b|mwh|\d|st\b|nd\b|rd\b|th\b|:|am\b|pm\b))"
)
BAND_WORDS: Final = re.compile(r"\bdays?\b")
_WEATHER_WORDS: Final = re.compile(
    r"\b(?:hot|warm|cold|cool|mild|freezing|frost\w*|temperatures?|outside|outdoors?|warmer|hotter|colder|cooler|"
    r"degrees?|"
    r"celsius|fahrenheit|deg)\b|°|\d\s?[cf]\b"
)


def threshold_kw(text: str) -> tuple[str, float] | None:
    """Return 'above' or 'below' and the load in kW that hours are counted by, or None."""
    match = THRESHOLD_OF_HOURS.search(text)
    if not match:
        return None
    how, number = match.group("how") or match.group("how2"), match.group("n") or match.group("n2")
    scale = {"w": 0.001, "kw": 1.0, "mw": 1_000.0}[match.group("unit") or match.group("unit2")]
    side = "below" if re.fullmatch(_BELOW, how) else "above"
    return side, float(number.replace(",", "")) * scale


def bands(text: str) -> list[DayBand]:
    """Return the bands of mean outdoor temperature that a text states for days, in its order."""
    if not _WEATHER_WORDS.search(text):
        return []
    found: list[tuple[int, DayBand]] = []
    for match in _ONE_SIDED.finditer(text):
        level = _degc(match.group("n"), match.group("unit"))
        warm = bool(re.fullmatch(_WARMER, match.group("how")))
        found.append((match.start(), DayBand(low_degc=level) if warm else DayBand(high_degc=level)))
    for match in _BAND.finditer(text):
        low, high = (_degc(match.group(g), match.group("unit")) for g in ("a", "b"))
        if low < high:
            found.append((match.start(), DayBand(low_degc=low, high_degc=high)))
    return [band for _, band in sorted(found, key=lambda it: it[0])]


def level_spans(text: str) -> list[tuple[int, int]]:
    """Return where levels stand."""
    patterns = (THRESHOLD_OF_HOURS, _ONE_SIDED, _BAND)
    return [m.span() for p in patterns for m in p.finditer(text)]


def _degc(number: str, unit: str | None) -> float:
    value = 0.0 if number in ("zero", "freezing") else float(number.replace(",", ""))
    is_fahrenheit = bool(unit and unit.strip().rstrip(".").endswith(("f", "fahrenheit")))
    return round((value - 32.0) / 1.8, 4) if is_fahrenheit else value


def degc_of(number: str, unit: str | None) -> float:
    """Return a temperature as written, in degC."""
    return _degc(number, unit)
