"""One question for several figures: 'the peak and average load of b8', 'use and cost', 'most and least', each asked."""

import re
from typing import Final

_STATISTICS: Final = r"(?:peaks?|max(?:imum)?|min(?:imum)?|averages?|avg|mean|base ?load|load factor|total)"
_WHAT: Final = r"(?:load|demand|power|use)"
_MEASURES: Final = (
    r"(?:electricity(?: use)?|consumption|usage|use|kwh|costs?|bills?|spend(?:ing)?|carbon(?: footprint)?|"
    r"emissions|co2e?|footprint|waste|anomalies|opening hours|schedule|degree days|share|intensity|eui)"
)
_LINK: Final = r"(?:,? (?:and|plus|as well as|along with|&|\+)|,) (?:also )?(?:(?:its|the|their) )?"
BOTH: Final = re.compile(rf"\b{_STATISTICS}(?: {_WHAT})?(?:{_LINK}{_STATISTICS}(?: {_WHAT})?)*{_LINK}{_STATISTICS}\b")
_ITEM: Final = rf"(?:{_MEASURES}|{_STATISTICS}(?: {_WHAT})?)"
MEASURES: Final = re.compile(rf"\b{_ITEM}(?:{_LINK}{_ITEM})*{_LINK}{_ITEM}\b")
_HIGH: Final = (
    r"(?:most|highest|largest|biggest|greatest|best|top|busiest|maximum|hungriest|dearest|dirtiest|worst|"
    r"hottest|warmest)"
)
_LOW: Final = r"(?:least|lowest|smallest|worst|best|bottom|quietest|minimum|cheapest|cleanest|leanest|coldest|coolest)"
_N: Final = r"(?: (?:\d{1,2}|two|three|four|five|six|ten))?"
EXTREMES: Final = re.compile(
    rf"\b(?:(?P<one>{_HIGH})(?P<n>{_N}),? (?:and|&|as well as|plus) (?:the )?(?P<two>{_LOW})(?P<m>{_N})|"
    rf"(?P<low>{_LOW})(?P<k>{_N}),? (?:and|&|as well as|plus) (?:the )?(?P<high>{_HIGH})(?P<l>{_N}))\b"
)
ONE_FIGURE: Final = re.compile(
    r"\b(?:ratio|divid\w*|between|compar\w*|versus|vs|difference|times?|than|gap|spread|sum|from|why|caus\w*|if|"
    r"shape|over|affect\w*)\b"
)
ITEM: Final = re.compile(rf"(?:{_STATISTICS}(?: {_WHAT}\b)?|{_MEASURES})")


def apart(part: str) -> list[str]:
    """Return a lower-case part as one question for each figure it names, itself where it names one."""
    if ONE_FIGURE.search(part):
        return [part]
    if match := EXTREMES.search(part):
        return _ends(part, match)
    match = BOTH.search(part) or MEASURES.search(part)
    if not match:
        return [part]
    items = [m.group(0) for m in ITEM.finditer(match.group(0))]
    if len(set(items)) < len(items) or len(items) < 2 or _is_one_use(items):
        return [part]
    before, after = part[: match.start()], part[match.end() :]
    what = next((w for item in items if (w := _what(item))), "")
    return [f"{before}{_with(item, what)}{after}" for item in items]


def _is_one_use(items: list[str]) -> bool:
    """Tell whether the items are one thing said twice: 'electricity, consumption'."""
    use = {"electricity", "electricity use", "consumption", "usage", "use", "kwh", "total"}
    return set(items) <= use


def _what(item: str) -> str:
    match = re.fullmatch(rf"{_STATISTICS} ({_WHAT})", item)
    return match.group(1) if match else ""


def _with(item: str, what: str) -> str:
    """Return a statistic with the thing that the list says once: 'the peak and average load'."""
    bare = re.fullmatch(_STATISTICS, item) and not item.startswith(("base", "load", "total"))
    return f"{item} {what}" if bare and what else item


def _ends(part: str, match: re.Match[str]) -> list[str]:
    one, two = match.group("one") or match.group("low"), match.group("two") or match.group("high")
    count = next((match.group(g) for g in ("n", "m", "k", "l") if match.group(g)), "")
    if one == two:
        return [part]
    before, after = part[: match.start()], part[match.end() :]
    return [f"{before}{end}{count}{after}" for end in (one, two)]
