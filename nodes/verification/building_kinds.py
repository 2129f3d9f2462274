"""Keep a building what it is: a model may not make a hotel of it."""

import re

from nodes.verification.carried import Carried
from tools.grammar.clean import words

KINDS = re.compile(
    r"\b(?:hotels?|hospitals?|clinics?|schools?|restaurants?|cafes?|warehouses?|factor(?:y|ies)|airports?|stadiums?|"
    r"church(?:es)?|museums?|malls?|shops?|stores?|supermarkets?|skyscrapers?|towers?|apartments?|houses?|homes?|"
    r"households?|data cent(?:re|er)s?|laborator(?:y|ies)|librar(?:y|ies)|dormitor(?:y|ies)|hostels?|"
    r"theatres?|cinemas?|gyms?|prisons?|banks?|courthouses?|stor(?:e)?y)\b"
)


def kind_fault(sentence: str, known: Carried) -> str | None:
    """Return why a kind of building is made up, or None: it must stand in a name, alias or use of a fact's building."""
    buildings = [known.inventory.buildings[b] for b in known.buildings]
    told = {w.rstrip("s") for b in buildings for name in (b.name, b.use or "", *b.aliases) for w in words(name)}
    for match in KINDS.finditer(sentence.lower()):
        if match.group(0).rstrip("s") not in told:
            return f"no fact says that it is a {match.group(0)}"
    return None
