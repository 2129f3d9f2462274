"""One question for two figures: 'the peak and average load of b8' is asked as two."""

import re
from typing import Final

_STATISTICS: Final = r"(?:peaks?|max(?:imum)?|min(?:imum)?|averages?|avg|mean|base ?load|load factor|total)"
BOTH: Final = re.compile(
    rf"\b(?P<one>{_STATISTICS}) (?P<what>(?:load |demand |power |use )?)(?:and|&|plus|as well as) (?:the |"
    rf"its )?(?P<other>{_STATISTICS})\b"
)
ONE_FIGURE: Final = re.compile(
    r"\b(?:ratio|divid\w*|between|compar\w*|versus|vs|difference|times?|than|gap|spread|sum|from)\b"
)


def apart(part: str) -> list[str]:
    """Return a lower-case part as one question for each statistic it names, itself where it names one."""
    match = BOTH.search(part)
    if not match or match.group("one") == match.group("other") or ONE_FIGURE.search(part):
        return [part]
    before, after, what = part[: match.start()], part[match.end() :], match.group("what").strip()
    shared = f" {what}" if what else ""
    return [f"{before}{match.group(name)}{shared}{after}" for name in ("one", "other")]
