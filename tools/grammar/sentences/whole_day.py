"""Words that say only that all hours count, or what kind of chart is drawn: 'full 24 hrs', 'midnight to midnight'.

They restrict nothing, so they go before anything is read. "The last 24 hours" and "24-hour profile" are something else
and stay, and so does a span of hours with other ends.
"""

import re
from typing import Final

_WHOLE: Final = r"(?:full|whole|entire|complete|all(?: of)?)"
_DAY: Final = r"(?:24|twenty[ -]four)[ -]?(?:h|hrs?|hours?)"
ALL_HOURS: Final = re.compile(
    rf",?\s*\b(?:(?:for|over|across|in|during) )?(?:the |its |a )?{_WHOLE} (?:the )?{_DAY}\b(?:\.(?=\s|$))?"
    r"(?![ -]\w+ly)"
    r"|,?\s*\b(?:from )?(?:midnight|00[:.]?00|0:00) (?:to|through to|until|till) (?:the (?:next|following) )?"
    r"(?:midnight|24[:.]?00)\b"
)
KIND_OF_CHART: Final = re.compile(
    r"\b(?:bar|column|pie|line|area|stacked|donut|doughnut)[ -](?=(?:chart|graph|plot)s?\b)"
)


def without_whole_day(text: str) -> str:
    """Return a lower-case text without what says that all hours count, and with a bare 'chart'.

    >>> without_whole_day("b31 christmas day 2019, full 24 hrs, kwh")
    'b31 christmas day 2019, kwh'
    """
    return KIND_OF_CHART.sub("", ALL_HOURS.sub("", text))
