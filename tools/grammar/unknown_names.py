"""Words that stand where a building is expected and that no name explains: each is refused with what is near it."""

import re
from typing import Final

from tools.energy_query import Analysis
from tools.errors import UnknownName
from tools.grammar.group_slot import asks_buildings
from tools.grammar.names import index_of, nearest
from tools.grammar.reading import Reading
from tools.grammar.units import UNITS

_AT_ITS_END: Final = (  # what may stand behind a name: nothing, a verb, a preposition, a mark, or what a name is of
    r"(?:'s)?(?=\s*$|\s{2,}|\s*[,.:;?!()/-]|\s+(?:us(?:e[sd]?|ing)|consum\w*|dr[ae]w\w*|need\w*|cost\w*|burn\w*|t[ao]k\w*|"
    r"is|are|was|were|did|does|do|has|have|had|in|at|on|of|for|from|to|by|with|and|or|than|against|versus|vs|compared|"
    r"during|over|between|per|since|last|this|next|emit\w*|spen[dt]\w*|wast\w*|peak\w*|get|go|went|run|ran|"
    r"building|block|hall|house|hostel|library|centre|center|campus|site|tower|wing|lab\w*|school|college|theatre|"
    r"gym\w*|pool|office|court|hub|annexe?|studio|club|store|shop|restaurant|cafe|chapel|church|clinic|hospital|"
    r"electricity|gas|energy|load|demand|consumption|usage|carbon|emissions|bill|kwh|total|eui|baseload|meter\w*|"
    r"more|less|most|least|better|worse|higher|lower|together|alone|each|both|\w+ly|\d)\b)"
)
_AN_ORDER: Final = r"(?=\s+(?:me|us|him|her|them|it|an?|the|my|our|your|their|this|that|these|those|to|up|out|off)\b)"
COMPANION: Final = re.compile(r"\s*(?:,|and|or|&|plus)\s+the\s+([\w-]+)")


def reject_unknown_names(
    s: Reading, analysis: Analysis | None, left: tuple[str, ...], doubted: tuple[str, ...]
) -> None:
    """Raise `UnknownName` for a word that nothing explains, where a building is expected and a name can stand.

    A name ends what it stands in: 'of the annexe in 2019'. A word before another noun, 'of the source energy', says of
    what kind that is; one at the beginning with an object behind it, 'write me', is an order; a unit is a unit.

    `left` are the words that no rule used, `doubted` those of them that are more than filler.
    """
    _reject_companion(s, left)
    if s.named.buildings or s.before:
        return
    if analysis and not asks_buildings(s):
        _reject_thing(s, doubted)
    _reject_part_of_name(s, doubted)
    for word in doubted:
        if word in UNITS:
            continue
        said = re.escape(word)
        placed = re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by) (?:the )?{said}\b{_AT_ITS_END}", s.rest)
        leads = s.rest.strip().startswith(word) and not (s.named.sites or re.search(rf"{said}{_AN_ORDER}", s.rest))
        if placed or leads:
            raise _unknown(word, s)


def _unknown(word: str, s: Reading) -> UnknownName:
    return UnknownName(word, nearest(word, index_of(s.inventory)))


def _reject_part_of_name(s: Reading, doubted: tuple[str, ...]) -> None:
    """Take 'lib' for the beginning of a name, where nothing else is named: which one is the person's to say."""
    index = index_of(s.inventory)
    for word in doubted if not s.named.sites else ():
        if len(word) >= 3 and any(name.startswith(word) for name in index.words):
            raise _unknown(word, s)


def _reject_companion(s: Reading, left: tuple[str, ...]) -> None:
    """Refuse 'b4 and the moon': what stands beside a building like another one must be one."""
    for _, end, _ in s.named.spans:
        match = COMPANION.match(s.text[end:])
        if match and match.group(1) in left:
            raise _unknown(match.group(1), s)


def _reject_thing(s: Reading, doubted: tuple[str, ...]) -> None:
    """Take 'the sports centre', where an analysis is asked of it, for a name that does not exist."""
    for word in doubted if not s.named.sites else ():
        if re.search(rf"\b(?:the|our|my|closed?|shut) (?:\w+ )?{re.escape(word)}\b{_AT_ITS_END}", s.rest):
            raise _unknown(word, s)
