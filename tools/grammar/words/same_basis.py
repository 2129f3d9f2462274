"""What every answer here rests on anyway, said once more: Agile prices, the British grid, half-hourly settlement.

Such words name what would be used without them, so they are taken out; the same words for anything else stay and are
asked back: another tariff ("Economy 7", "Octopus Go"), another country's grid, half-hourly readings (the readings here
are hourly). A floor area is said in full as in short: 'per m2 of floor area' is per m2.
"""

import re
from typing import Final

_RATES: Final = r"(?:prices?|tariffs?|rates?|costs?|pricing|unit rates?|contract|deal|terms|basis|product)"
_GB: Final = (
    r"(?:gb|g\.b\.|uk|u\.k\.|british|britain'?s|great britain'?s?|united kingdom'?s?|national|the (?:country|nation)'s)"
)
_AREA: Final = r"(?:m2|m²|sq\.? ?m|sqm|square met(?:re|er)s?|sq\.? ?ft|sqft|ft2|square f(?:oo|ee)t)"

ROWS: Final = (
    (
        re.compile(
            r"\b(?:on|at|under|with|using|by|via|in terms of|going by|against) (?:the |an |those |these )?"
            r"(?:octopus(?:'s)? )?(?:half[ -]?hourly )?(?:octopus )?agile(?: octopus)?(?: half[ -]?hourly)?"
            rf"(?: (?:electricity |energy |import |unit |spot )?{_RATES})?\b"
        ),
        "at hourly prices",
    ),
    (re.compile(rf"\b(?:octopus )?agile(?: octopus)? (?=(?:half[ -]?hourly )?(?:unit |import )?{_RATES}\b)"), ""),
    (re.compile(rf"\bhalf[ -]?hourly (?=(?:agile )?(?:unit )?{_RATES}\b)"), "hourly "),
    (
        re.compile(
            rf"\b(?:the )?{_GB}(?: national)?(?: (?:electricity|electric|power))? "
            r"(?P<g>grid|(?:generation |fuel )?mix|system|supply)\b(?=.*)"
        ),
        r"the \g<g>",
    ),
    (re.compile(rf"\b(?:grid|carbon) (?P<x>intensity|factor)s? (?:of|in|for) {_GB}\b"), r"grid \g<x>"),
    (
        re.compile(
            rf"\b(?P<a>{_AREA}) of (?:its |the |their |gross |net |internal |useful |treated )*"
            r"(?:floor(?: ?space| ?area)?|gia|gifa|nia|tfa|space|area)\b"
        ),
        r"\g<a>",
    ),
    (re.compile(rf"\b(?P<a>{_AREA}) (?:gia|gifa|nia|tfa)\b"), r"\g<a>"),
)


def without_same_basis(text: str) -> str:
    """Return a lower-case text without what is used anyway.

    >>> without_same_basis("cost of b4 in 2019 on the octopus agile tariff")
    'cost of b4 in 2019 at hourly prices'
    """
    for pattern, plain in ROWS:
        text = pattern.sub(plain, text)
    return text
