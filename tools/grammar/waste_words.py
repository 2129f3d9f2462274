"""Words of use that serves nobody: while a building is empty or shut, for no reason, squandered.

A clause that says that everybody has left, or that it is shut, is the condition under which use is waste; 'when is it
shut' asks, and is none. It is none either where it tells of a dated event before the question: 'when the students left
in spring 2020, how far did it fall'.
"""

import re
from typing import Final

_LEADS: Final = r"(?:when|while|whilst|with|although|though|even though|once|after|as soon as|despite|until after)"
_PEOPLE: Final = (
    r"(?:everyone|everybody|people|folks?|(?:the |all )?(?:staff|employees|workers|occupants|users|crowd|team|lot)|"
    r"they all|we all|they|we|(?:the )?last (?:\w+ )?(?:person|one|man|soul|member of staff))"
)
_HAVE_LEFT: Final = (
    r"(?:(?:'s|'ve|'re| has| have| had| is| are| was| were)? (?:\w+ )?(?:gone|left|leaves?|leaving|cleared|departed|"
    r"went|goes|go|headed|away|(?:locked|packed|cleared|knocked|clocked|signed) (?:up|off|out)|out of the building|at "
    r"home|off home)\b)"
)
_NOBODY: Final = (
    r"(?:(?:there(?:'s| is| was| are| were) )?(?:nobody|no[ -]one|no (?:people|staff|occupants|users)|"
    r"not a soul|hardly anyone|none of us)(?:'s)?(?: there| in)?)"
)
_PLACE: Final = (
    r"(?:it|they|(?:the |our )?(?:place|building|site|school|college|offices?|doors?|gates?|lights?|shop|b\d+)|that|"
    r"everything)"
)
_SHUT: Final = r"(?:shut|closed|empty|vacant|unoccupied|unused|deserted|locked(?: up)?|not (?:open|in use|occupied))"
EMPTY: Final = (
    rf"{_LEADS} (?:\w+ ){{0,2}}?(?:{_NOBODY}\b|{_PEOPLE}{_HAVE_LEFT}"
    rf"|{_PLACE}(?:'s|'re| is| are| was| were| has been| had been| should be| ought to be) (?:\w+ )?{_SHUT}\b)"
)
NO_REASON: Final = (
    r"(?:for|without|with|serving|to) (?:absolutely |really |there being )?(?:no|any|little|zero)(?: \w+){0,2}? "
    r"(?:reasons?|causes?|purpose|point|need|justification|excuse|use to anyone|benefit)"
)
SQUANDERED: Final = (
    r"squander\w*|fritter\w*|pointless\w*|useless(?:ly)?|superfluous\w*|gratuitous\w*|unjustif\w*|profligate\w*|"
    r"down the (?:drain|pan|tubes?|plughole|toilet)|to no (?:purpose|avail)"
)
OF_AN_EVENT: Final = rf"^\W*{_LEADS}\b[^,?]*\b(?:19|20)\d\d\b[^,?]*,"
CLAUSE: Final = re.compile(rf"\b(?:{EMPTY}|{NO_REASON})(?: (?:home|up|off|out|for the (?:day|night|weekend)))?")
WITHOUT_REASON: Final = re.compile(rf"\b{NO_REASON}\b")
