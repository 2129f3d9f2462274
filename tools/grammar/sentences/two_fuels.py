"""Gas and electricity in one sentence: taken together they are all the energy, and one set aside leaves the other."""

import re
from typing import Final

_ASIDE: Final = r"(?:aside|apart|to one side|out(?: of (?:it|this|account|the picture))?|off|on one side)"
ASIDE: Final = re.compile(  # "leaving gas aside" asks for the other fuel, "with gas, ..." for this one
    r"\b(?:(?:(?:leav|putt|sett|tak|keep|mov)ing|with|leave|put|set) (?:the )?(?P<y>gas|electricity|power|heating) "
    rf"{_ASIDE}|(?:forget(?:ting)?(?: about)?|never mind|not counting|ignor(?:e|ing)|disregarding|discounting|"
    rf"excluding|"
    rf"without|apart from|aside from|bar(?:ring)?) (?:the )?(?P<x>gas|electricity|power|heating)(?: {_ASIDE})?)"
    r"(?: for (?:now|a moment|the moment))?\s*,\s*"
)
OTHER_FUEL: Final = {"gas": "electricity", "heating": "electricity", "electricity": "gas", "power": "gas"}
_FUEL: Final = r"(?:gas|electric(?:ity|al|s)?|power|heat(?:ing)?)"
TOGETHER: Final = re.compile(  # "adding the gas and the electricity together", "gas plus electricity lumped together"
    rf"\b(?:(?:(?:add|tak|count|lump|put|sum|tot|total|roll|combin|bundl|pool|tak|mix|throw)\w*(?: up)?|with|both|"
    rf"including) )*"
    rf"(?:the |its |all |both )*{_FUEL} (?:and|&|plus|\+|with|as well as) (?:the |its |all )?{_FUEL}(?: (?:use|usage|"
    rf"bills?|meters?))?"
    rf"(?P<as>,? (?:(?:add|tak|count|lump|put|summ|tott|total|roll|combin|bundl|pool|mix|thrown?)\w*(?: up)? ?)?"
    rf"(?:together|combined|added|summed|in total|as one(?: figure| number| total)?|into one(?: figure| number|"
    rf" total)?|altogether|both))"
)
ADDED: Final = re.compile(
    rf"\b(?:adding|combining|summing|totting up|adding up|lumping|pooling) (?:the |its |all |both )*{_FUEL} (?:and|&|"
    rf"plus|with|to) (?:the |its )?{_FUEL}\b"
)


def fuels_said(text: str) -> str:
    """Return a lower-case sentence with both fuels, or the one that is left, in a word of the tables.

    >>> fuels_said("adding the gas and the electricity together, where did b31 land")
    'total energy, where did b31 land'
    """
    text = ASIDE.sub(lambda m: f"{OTHER_FUEL[m['x'] or m['y']]}, ", text)
    return ADDED.sub("total energy", TOGETHER.sub("total energy", text))
