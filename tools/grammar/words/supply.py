"""'Off the mains', 'from the grid', 'out of the public supply': where all metered use comes from, said once more.

Beside a verb or a noun of use it narrows nothing, as a meter here reads what comes in. It is left alone where another
source or the way back is spoken of (solar panels, exported, sold, sent back), where a part is asked ("what share came
from the grid"), and where it is the grid itself that is asked about ("how dirty is the power from the grid").
"""

import re
from typing import Final

_SUPPLY: Final = (
    r"(?:mains?|grid|network|supply|supplies|system|utility|utilities|incomer|supplier|power company|power board|dno|"
    r"discom|electricity board|distribution network|transformers?|substation|wall|socket)"
)
_KIND: Final = (
    r"(?:(?:public|national|local|regional|town|city|electricity|electric|electrical|power|gas|energy|mains|main|"
    r"utility|incoming|distribution|uk|gb|british|state|site|campus|hv|lv) ){0,3}"
)
_OF_GRID: Final = (
    r"(?! (?:intensit|carbon|mix|pric|factor|emission|stress|operator|cable|room|fault|leak|pressure|losses))"
)
SUPPLIED: Final = re.compile(
    r"(?P<v>\b(?:dr[ae]w\w*|pull\w*|took|tak(?:e[sn]?|ing)|import\w*|suck\w*|siphon\w*|b(?:uy|ought)\w*|c[ao]m(?:e|"
    r"ing) in|gets?|"
    r"got|purchas\w*|us(?:e[ds]?|ing)|usage|consum\w*|ate|eat\w*|dra(?:gg|in)\w*|hoover\w*|source[ds]?|electricity|power|"
    r"energy|gas|juice|leccy|k?wh|units?|demand|load|offtake|intake|need(?:ed|s)?|tap\w*|procur\w*|supplied)"
    r"(?:\s+(?!and\b|or\b|than\b)[\w']+){0,3}?)\s+"
    rf"(?:off|from|out of|via|through|over|by way of) (?:of )?(?:the |its |our )?{_KIND}{_SUPPLY}\b{_OF_GRID}"
)
ANY: Final = re.compile(rf"\b(?:{_SUPPLY}|incoming)\b")
BUYING: Final = re.compile(r"^(?:b(?:uy|ought)|purchas|procur)\w*")
INCOMING: Final = re.compile(
    r"\b(?:main |mains )?incoming (?:mains )?(?P<n>supply|power|electricity|energy|gas|load)\b"
)
OTHER_WAY: Final = re.compile(
    r"\b(?:export\w*|s[eo]ld|sell\w*|sen[dt]\w*|fed|feed\w*|push\w*|return\w*|back|solar|pv|panels?|photovoltaic\w*|"
    r"wind|turbines?|chp|generat\w*|batter\w*|renewabl\w*|share|proportion|fraction|per ?cent(?:age)?|rather than|"
    r"instead of|not from|losses|versus|vs|against|intensity|how (?:dirty|clean|green)|island\w*|disconnect\w*|"
    r"water|sewage|drinking)\b"
)


def without_supply(text: str) -> str:
    """Return a lower-case text without where the metered use came from.

    >>> without_supply("which of the two drew more off the mains in 2018")
    'which of the two drew more in 2018'
    """
    if not ANY.search(text) or OTHER_WAY.search(text):
        return text
    return INCOMING.sub(r"\g<n>", SUPPLIED.sub(lambda m: BUYING.sub("use", m["v"]), text))
