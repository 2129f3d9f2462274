"""The word that says what a number is belongs to it: "MPAN 1400031872659" tells more than its digits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from privacy.spans import Span

CUED = frozenset({"METER_ACCOUNT", "NATIONAL_ID", "FINANCIAL_ID", "OT_ADDRESS", "COORDINATES"})
REACH = 32
CUE = re.compile(
    r"(?<![\w.])(?:MPAN|MPRN|ESI[ -]?ID|NMI|PDL|PRM|POD|CUPS|EAN|MaLo|MeLo|Zählernummer|Zähler"
    r"|(?:electricity|gas|water|heat|smart)? ?meter(?: (?:serial|point))?|serial|S/N|customer|account|acct\.?|a/c"
    r"|invoice"
    r"|SSN|social security|NINO|NI|national insurance|NHS|DNI|NIE|NIF|NIR|INSEE|PAN|Aadhaar|CPF|PESEL|BSN"
    r"|codice fiscale|Steuer-?ID|passport|Reisepass|driv(?:er'?s?|ing) licen[cs]e|routing|ABA|sort code|BIC|SWIFT|VAT"
    r"|EIN|tax|KNX(?: group)?|BACnet(?: device)?|device|instance|register|unit|DALI|M-Bus|MAC|grid ref(?:erence)?"
    r"|coordinates|coords?|UTM|MGRS|plus code|what3words|w3w)"
    r"(?: ?(?:address|addr|code|id|ID|instance|no\.?|nr\.?|number|num|ref\.?|reference|key|top ?line|#)){0,2}"
    r"(?: ?[:=#]| is| was|,)? ?\"?$",
    re.IGNORECASE,
)


def with_cues(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, those of numbers with the cue that stands right before them."""
    for span in spans:
        cue = CUE.search(text, max(0, span.start - REACH), span.start) if span.type in CUED else None
        yield replace(span, start=cue.start()) if cue else span
