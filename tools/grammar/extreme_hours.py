"""The highest or lowest hour of each month, day or year: an hour's figure, and no total of the part that it falls in.

"The highest hourly value in each month" lists peaks; "the highest month" ranks totals. What tells them apart is what
the extreme stands with: an hour, an hourly something or kW is a figure of an hour wherever it stands; a load, a demand
or a reading is one where the parts are listed rather than picked.
"""

import re
from typing import Final

_MOST: Final = r"(?:highest|largest|biggest|greatest|top|maximum|max|busiest|heaviest|strongest|record)"
_LEAST: Final = r"(?:lowest|smallest|least|minimum|min|quietest|lightest|slackest|weakest)"
_AN_HOUR: Final = r"(?:hours?|hourly \w+|kw)\b(?! of (?:the )?day)"
_A_LOAD: Final = r"(?:loads?|demands?|power|draws?|readings?|values?)\b"
_BETWEEN: Final = r"(?: (?!average|mean|typical)\w+){0,2}?"
_CALENDAR: Final = r"(?:day|month|quarter|year)s?"
LISTED: Final = re.compile(
    rf"\b(?:each|every|per|by|for each|for every|of all|in all)(?: of)?(?: the| calendar| single)* {_CALENDAR}\b"
    rf"|\b(?:day by day|month[ -]by[ -]month|quarter[ -]by[ -]quarter|year[ -]by[ -]year)\b"
    r"|\b(?:daily|monthly|quarterly|yearly|annual)(?: \w+)? (?:peaks|maxima|maximums|minima|minimums|maximum|minimum|"
    r"highs|lows|troughs)\b"
)


def extreme_of_hour(rest: str, *, low: bool) -> bool:
    """Tell whether a lower-case text asks for the highest (`low`: the lowest) hour of parts of the calendar."""
    most = _LEAST if low else _MOST
    if re.search(rf"\b{most}{_BETWEEN} {_AN_HOUR}", rest):
        return True
    return bool(LISTED.search(rest) and re.search(rf"\b{most}{_BETWEEN} {_A_LOAD}", rest))


_SHORTER: Final = r"(?:day|daily|week|weekly|month|monthly)"
_A_LONGER: Final = r"(?:each|every)(?: single| calendar)? (?:week|month|quarter|year|season)\b"
ONE_OF_EACH: Final = re.compile(  # "the highest daily total in each month"
    rf"\b(?:{_MOST[3:-1]}|{_LEAST[3:-1]}|best|worst|coldest|hottest|warmest|cheapest|dearest) (?:\w+ )?{_SHORTER}s?"
    rf"(?: \w+){{0,4}}? (?:in|of|for|during|over) {_A_LONGER}"
)


def is_listed(rest: str) -> bool:
    """Tell whether every part of the calendar is asked for, in its own order: 'each month', 'month by month'."""
    return bool(LISTED.search(rest)) and not re.search(r"\b(?:which|rank\w*|sort\w*|order\w*)\b", rest)
