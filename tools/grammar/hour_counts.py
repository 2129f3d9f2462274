"""How many hours a meter read zero, or has no reading: counts of hours, asked in words of time as well as of number.

"How many hours was it sat at nought", "how long was the gas at nil", "how many hours have we lost": the first count
the zeros, the last the hours without a valid reading.
"""

import re
from typing import Final

_NOUGHT: Final = r"(?:zero(?:e?s)?|0(?: kwh| kw)?|nil|nought|naught|nowt|nothing|zilch)"
_COUNT: Final = (
    r"(?:(?:for |in |over )?how many (?:\w+ )?(?:hours|readings|values|data points|rows|hourly \w+)|(?:the )?"
    r"(?:number|count|tally|total|sum) of (?:\w+ )?(?:hours|readings|values|data points|rows|hourly \w+)|"
    r"(?:count|tally)(?: up| me| us| the| all| those| of)* (?:hours|readings|values)|"
    r"(?:for |in )?how long|how often|(?:for |in )?how much of the time|hours (?:\w+ )?(?:at|of|with|without))"
)
_AT_NOUGHT: Final = (
    rf"(?:(?:at|on|reads?|reading|was|were|is|sat|stood|stuck|with|show(?:s|ed|ing)?|record(?:s|ed|ing)?|register(?:s|ed|"
    rf"ing)?|of|equal(?:s|led)? (?:to )?|=|log(?:s|ged|ging)?|used|uses?|using|burn(?:s|ed|t|ing)?|took|take[sn]?|"
    rf"dr[ae]ws?|drew|consum\w+) (?:\w+ )?{_NOUGHT}(?![\w.,]*\d)|{_NOUGHT} (?:gas|electric\w*|use|usage|"
    r"consumption|readings?|flow|"
    r"load|demand|hours|values)|(?:burn(?:s|ed|t|ing)?|us(?:e[sd]?|ing)|took|takes?|dr[ae]w[ns]?|drew|consum\w+|with|without|had|was|"
    r"were) (?:no|any|without(?: any)?) (?:gas|electric\w*|use|usage|consumption|flow|load|demand))"
)
_HOURLY: Final = r"(?:\w+ )?(?:hours|readings|values|data points)"
_ZERO_HOURS: Final = rf"\b(?:count|tally|total|number|how many)(?: up| me| of| the| all)* {_NOUGHT}[ -]{_HOURLY}\b"
_LACKING: Final = (
    r"(?:missing|absent|lost|lose|losing|lacking|lacks?|unavailable|not (?:\w+ )?(?:available|there|recorded|logged|"
    r"valid|captured|present)|invalid|dropped|blank|offline|down|out of (?:action|service|order)|dead|silent|"
    r"unrecorded|unlogged|miss(?:ed|es)?|without (?:\w+ ){0,2}?(?:readings?|data|values?)|"
    r"with(?: no)? (?:valid )?gaps?|"
    r"(?:has|have|had|with|are there) no (?:\w+ )?(?:readings?|data|values?)|are in (?:the )?gaps)"
)
_OF_DATA: Final = r"(?:hours|readings|values|data|points|rows|hourly \w+|meter|logger)"
OF_OTHERS: Final = re.compile(
    r"\b(?:buildings?|sites?|meters|days|weeks|months|nights|percent\w*|per ?cent|share|proportion|price[sd]?|"
    r"temperatures?|degrees?|freez\w*|starts?|stops?|anomal\w*|peak\w*|above|below|over its)\b|%"
)
ZEROS: Final = re.compile(
    rf"\b{_COUNT}\b(?=[^?]*\b{_AT_NOUGHT}\b)|{_ZERO_HOURS}|\b{_NOUGHT}[ -]{_HOURLY}\b[^?]*\b(?:how many|count\w*|"
    rf"number)\b"
)
LACKING: Final = re.compile(rf"\b{_COUNT}\b(?=[^?]*\b{_LACKING}\b)")
SHARE_LACKING: Final = re.compile(
    r"(?:\b(?:percentage|percent|per ?cent|share|proportion|fraction|part)|%) of (?:(?:the|its|all|their|our|\w+'s) )*"
    rf"(?:\w+ )?(?:hours|readings|data|values)\b(?=[^?]*\b{_LACKING}\b)(?![^?]*\bdays\b)"
)
NO_READING: Final = re.compile(r"\bno (?:\w+ ){0,2}?(?:readings?|data|values)\b")
WORDS: Final = re.compile(
    rf"\b(?:{_ZERO_HOURS[2:-2]}|{_COUNT}|{_AT_NOUGHT}|{_LACKING}|(?:was|were|is) (?:it )?(?:sat|sitting|stood|"
    rf"standing|left)|at all)\b"
)


def counts_zeros(text: str) -> bool:
    """Tell whether a lower-case text asks how many hours, or how long, a meter read zero."""
    return bool(ZEROS.search(text)) and not (OF_OTHERS.search(text) or NO_READING.search(text))


def counts_lacking(text: str) -> bool:
    """Tell whether a lower-case text asks how many hours have no valid reading."""
    match = LACKING.search(text)
    if SHARE_LACKING.search(text):
        return True
    if match is None or OF_OTHERS.search(text):
        return False
    return bool(re.search(rf"\b{_OF_DATA}\b", text))
