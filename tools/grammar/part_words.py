"""A part of what a site uses: 'what slice of Cambridge's electricity did b105 account for', in any word for a part.

A building and its own site stand in one question either because the site says where the building is ("b105 at
Cambridge") or because it is the whole of which the building is a part. It is the whole where something is asked *of*
the site's use: a part of it, how much of it, what comes or goes from it.
"""

import re
from typing import Final

from tools.grammar.reading import Reading

PART: Final = (
    r"(?:shares?|slices?|cuts?|pieces?|chunks?|parts?|portions?|proportions?|fractions?|segments?|wedges?|lumps?|bits?|"
    r"hunks?|dollops?|percentage|per ?cent|quota|helping|contributions?)"
)
_SIZE: Final = r"(?:what|which|how (?:big|large|great|small|high|sizeable|much of) an?|what sort of|how much)"
OF_A_WHOLE: Final = re.compile(rf"\b{_SIZE} (?:\w+ )?{PART} of\b|\b(?:what|which) {PART} of\b")
_LEADS: Final = re.compile(
    rf"\b(?:{_SIZE} (?:an? )?(?:\w+ )?{PART} of|how much of|how many of the \w+ of) "
    r"(?:(?:the|all|our|whole|entire|total|combined|overall|of) )*$"
)
_ITS_USE: Final = re.compile(
    r"^(?:'s|')?(?: (?:estate|campus|site|portfolio|university|buildings?|whole|entire|total|combined|overall|annual|"
    r"(?:19|20)\d\d|own|the)(?:'s|')?)*,? ?(?:(?:19|20)\d\d )?(?:electric\w*|gas|energy|power|carbon|co2e?|emissions?|"
    r"footprint|costs?|bills?|spend\w*|total|use|usage|consumption|load|demand|kwh)\b"
)
ACCOUNTS: Final = re.compile(
    r"\b(?:accounts?|accounted|accounting|answerable|responsible) for\b|\b(?:is|was|are|were|comes?|came) down to\b|"
    rf"\b(?:goes|went|go) to\b|\b{PART}\b"
)


def is_part_of_site(s: Reading) -> bool:
    """Tell whether a building that is named is asked for as a part of its site."""
    if not (s.named.sites and s.named.buildings):
        return False
    found = next(((at, to) for at, to, name in s.named.spans if name in s.named.sites), None)
    if found is None:
        return False
    before, after = s.text[: found[0]], s.text[found[1] :]
    if s.text[found[0] : found[1]].endswith("'s"):
        after = f"'s{after}"
    return bool(_LEADS.search(before) and _ITS_USE.match(after))
