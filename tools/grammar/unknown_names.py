"""Words that stand where a building is expected and that no name explains: each is refused with what is near it."""

import re
from typing import Final

from tools.energy_query import Analysis
from tools.errors import UnknownName
from tools.grammar.group_slot import asks_buildings
from tools.grammar.names import index_of, nearest
from tools.grammar.reading import Reading

COMPANION: Final = re.compile(r"\s*(?:,|and|or|&|plus)\s+the\s+([\w-]+)")


def reject_unknown_names(
    s: Reading, analysis: Analysis | None, left: tuple[str, ...], doubted: tuple[str, ...]
) -> None:
    """Raise `UnknownName` for a word that nothing explains, where a building is expected.

    `left` are the words that no rule used, `doubted` those of them that are more than filler.
    """
    _reject_companion(s, left)
    if s.named.buildings or s.before:
        return
    if analysis and not asks_buildings(s):
        _reject_thing(s, doubted)
    _reject_part_of_name(s, doubted)
    for word in doubted:
        placed = re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by) (?:the )?{re.escape(word)}\b", s.rest)
        leads = s.rest.strip().startswith(word) and not s.named.sites
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
        if re.search(rf"\b(?:the|our|my|closed?|shut) (?:\w+ )?{re.escape(word)}\b", s.rest):
            raise _unknown(word, s)
