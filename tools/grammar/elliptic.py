"""Questions that leave out what the turn before said: "which was the highest month?", "when?", "no, I meant 2018"."""

import re
from typing import Final

SORTED: Final = re.compile(r"\b\w+est first\b|\b(?:most|least) first\b")
TURNED: Final = re.compile(r"\b(?:the )?(?:other way (?:a)?round|revers(?:e|ed)(?: order)?|opposite(?: order)?)\b")
_AND: Final = r"^\W*(?:(?:and|so|ok(?:ay)?|but|then|now|well|hm+)\W+)*"
ASKS_WHEN: Final = re.compile(
    rf"{_AND}(?:when|(?:at |on |in )?(?:what|which) (?P<unit>time|hour|day|date|month|year))(?: exactly)?"
    r"(?: (?:was|is|were|did|does) (?:that|it|this|they)(?: (?:happen|occur|be))?)?\W*$"
)
ASKS_BUILDING: Final = re.compile(
    r"\b(?:which|what)(?: of (?:the|these|those|our))?(?: \w+)? buildings?\b"
    r"|\bwhich (?:ones?|of (?:them|these|those))\b|\bwho\b"
)
PICKS: Final = re.compile(  # "which was the highest month", "which building is the worst"
    r"\b(?:which|what|who)(?: of (?:the|them|these|those|our))?(?: \w+)?(?: (?:buildings?|ones?|months?|days?|years?))?"
    r"(?: (?:is|was|are|were|has|had|emits?|emitted|wastes?|wasted|costs?))? (?:the )?"
    r"(?=(?:most|least|highest|lowest|worst|largest|biggest|smallest|greatest|top|bottom)\b)"
)
HOW_MUCH_MORE: Final = re.compile(
    r"\bhow much (?:more|less|higher|lower|bigger|smaller|cheaper|dearer|better|worse) (?:is|was) (?:that|it|this)\b"
)
IN_WHAT: Final = re.compile(  # "how much is that in pounds"
    r"\bhow (?:much|many) (?:(?:is|was|would) (?:that|it|this) (?:be )?)?"
    r"(?=in (?:an? )?(?:pounds|money|gbp|kwh|mwh|gwh|carbon|co2e?|tonnes|percent|per ?cent|%)(?!\w))"
)
WHAT_SHARE: Final = re.compile(
    r"\bwhat (?:percentage|per ?cent|share|proportion|fraction|part)(?: of (?:that|it|this|these))?"
    r" (?:is|was|were|are|falls?|fell)\b"
)
A_CHANGE: Final = re.compile(
    r"\bup or down\b|\b(?:gone|go|went) (?:up|down)\b|\btrend\b|"
    r"\b(?:the|that|what|what'?s|any|how (?:big|large) (?:is|was))(?: \w+)? "
    r"(?:change|difference|increase|decrease|rise|drop|fall|growth|reduction)\b"
)
ASKS_AGAIN: Final = re.compile(rf"{_AND}how (?:much|high|low) (?:was|is) (?:it|that|this)(?: exactly)?\W*$")
BARE: Final = re.compile(
    r"^(?!.*\b(?:what|which|how|who|whose|when|where|why|is|was|were|are|did|does|do|has|have|will|would|could|can|"
    r"show|list|rank|plot|give|tell)\b)\W*[\w']+(?:[^\w']+[\w']+){0,7}[^\w']*$"
)
HIGHER: Final = re.compile(
    r"^\W*(?:and |so )?by how (?:much|many percent)\W*$|"
    r"^\W*(?:and |so )?(?:which|who)(?: (?:one|building|year|of (?:them|the two)))? "
    r"(?:is|was|uses?|used|has|had|costs?) (?:the )?"
    r"(?:more|less|higher|lower|bigger|larger|smaller|better|worse|cheaper|dearer)\b"
)
THE_SITE: Final = re.compile(
    r"\b(?:for|of|at|on|and|in|what about) (?:the|our) (?:whole |entire )?(?:site|campus|estate)\b|"
    r"^(?:the )?(?:whole|entire) (?:site|campus)\b|"
    r"\ball (?:the )?buildings together\b|\beverything together\b"
)
N_OF: Final = re.compile(
    r"\b(?:top|bottom|best|worst|highest|lowest|biggest|smallest|first|last)"
    r"(?: (?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten))?"
    r" (months?|days?|years?)\b"
)
ELLIPTIC: Final = re.compile(  # what nobody would begin a conversation with
    rf"{_AND}(?:no|nope|not|sorry|wait|actually|i (?:meant?|mean)|back|yes|right|thanks?|great)\b"
    rf"|{_AND}(?:which|what)(?: \w+)? (?:buildings?|ones?|months?|days?|weekdays?|hours?|years?|is|was|were|are)\b"
    rf"|{_AND}(?:which|who) \w+ (?:the )?(?:most|least)\b"
    rf"|{_AND}(?:only |just |for |in )?(?:the )?(?:first|second) half\b"
    rf"|{_AND}(?:the|on) (?:which )?(?:month|day|weekday|hour|year)s?\b"
    rf"|{_AND}what'?s (?:the|that)\b|{_AND}(?:what|where|when) (?:is|was|were|are) (?:the|that)\b"
    rf"|{_AND}(?:at|in|on|by) (?:what|which) (?:hour|time|day|month|weekday)\b"
    rf"|{_AND}how (?:much|high|low|many kwh) (?:was|is|were)\b"
    rf"|{_AND}(?:did|has|have|was|were|is|are) (?:the|that|this|these|those)\b"
    rf"|{_AND}how long (?:to|until|till|would|will|does)\b|\bthen\W*$"
)
OF_ALL: Final = re.compile(
    r"\b(?:we|our|us|all|campus|estate|portfolio|everything|everywhere|altogether|anybody|somebody)\b"
)


def is_elliptic(text: str, *, names_place: bool) -> bool:
    """Tell whether a lower-case question leaves open of what it asks: 'which was the highest month?', 'no, 2018'."""
    return bool(ELLIPTIC.search(text)) and not (names_place or OF_ALL.search(text))
