"""How many times its mean a load peaks at: the crest factor, also called peak-to-average ratio."""

import re
from typing import Final

_PEAK: Final = (
    r"(?:peaks?(?: loads?| demands?| hours?)?|(?:top|highest|busiest|biggest|largest|maximum|max|"
    r"heaviest) (?:hours?|loads?|demands?|"
    r"hourly \w+|readings?)|maximum(?: demand| load)?|max(?: demand| load)?)"
)
_MEAN: Final = r"(?:mean|average|avg)(?: (?:load|demand|hour|use|power|hourly \w+))?"
_TIMES: Final = (
    r"how many times(?: (?:bigger|larger|higher|greater|more|above|over|as (?:big|high|large|great|"
    r"much)))?(?: (?:than|as))?"
)
CREST: Final = re.compile(
    rf"\bcrest factors?\b|\b{_PEAK}[ -](?:to|over|/|:|divided by)[ -](?:its |the |"
    rf"their )?{_MEAN}(?: (?:load )?ratios?)?\b"
    rf"|\bpeaking factors?\b|\b{_TIMES} (?:(?:its|the|their|that|own) )*{_MEAN}\b[^?]*\b{_PEAK}\b"
    rf"|\b{_TIMES} (?:(?:its|the|their|own) )*{_PEAK}[^?]*\b{_MEAN}\b"
    rf"|\b{_PEAK}\b[^?]*\b(?:how many times|(?:as )?(?:a|what) multiple of|by (?:what|which) factor[^?]*) (?:(?:its|"
    rf"the|their|own|"
    rf"exceeds?|exceeded) )*{_MEAN}\b"
)


def asks_crest(text: str) -> bool:
    """Tell whether a lower-case text asks for the peak over the mean, and not for the load factor, its inverse.

    >>> asks_crest("how many times its average was the peak in 2020"), asks_crest("peak over mean, the load factor")
    (True, False)
    """
    return bool(CREST.search(text)) and not re.search(r"\bload factors?\b", text)
