"""What "it", "the first one", "the two together" and "not b4, b8" mean in the light of the turns before."""

import re
from typing import Final

from tools.energy_query import EnergyQuery

_ONE: Final = r"(?:one|building)"
LEADER: Final = re.compile(
    rf"\b(?:(?:that|this) {_ONE}|the (?:first|top|leading|number) {_ONE}|the (?:first|top) of (?:them|these|those)|"
    rf"number one|the (?:winner|loser|culprit)|the worst {_ONE}(?! is| was))\b"
)
IT: Final = re.compile(
    r"\b(?:(?:make|plot|draw|show|chart|graph|put|give|see|sort|split|break|rank|order|list|limit|turn|do|keep) it\b)"
    r"|\b(its?)\b(?! (?:true|right|correct|possible|about)\b)"
)
NOT_BUT: Final = re.compile(
    r"^(?:(?:no|sorry|and|but)\W+)?not (?:the |in |for )?[\w ]{1,24}?(?:, (?:but )?| but )(\w.*)$"
)
AND_NOT: Final = re.compile(r"(?<=\w), not (?:the |in |for )?(?:\w+ )?\w+\W*$")
BOTH: Final = re.compile(
    r"\b(?:(?:(?:the|those|these) two|both)(?: of them| buildings|(?= together)|(?=\W*$)|(?= (?:in|for)\b))|"
    r"the pair)\b(?: together)?"
)


def resolved(text: str, before: EnergyQuery | None, earlier: EnergyQuery | None, leader: str | None) -> str:
    """Return a lower-case text with the ids of the buildings that its pronouns stand for.

    "It" stands for a building of its own only behind a ranking, whose first is `leader`; behind a figure of one
    building the query before says which. "The two together" are the buildings of the last two queries.
    Of "not b4, b8" and "april, not march" what is meant is left.
    """
    if before is None:
        return text
    text = AND_NOT.sub("", NOT_BUT.sub(r"no, \1", text))
    if leader and before.group == "building":
        text = LEADER.sub(leader, text)
        text = IT.sub(lambda m: _named(m, leader), text)
    two = _two(before, earlier)
    return BOTH.sub(f"{' and '.join(two)} together", text) if two else text


def _named(found: re.Match[str], leader: str) -> str:
    """Return the building's id for a pronoun; 'plot it' speaks of the answer, and stays."""
    word = found.group(1)
    return found.group(0) if word is None else leader if word == "it" else f"{leader}'s"


def _two(before: EnergyQuery, earlier: EnergyQuery | None) -> tuple[str, ...]:
    if before.against_buildings:
        named = (*before.buildings, *before.against_buildings)
    elif earlier and before.group == "none":
        named = tuple(dict.fromkeys((*earlier.buildings, *before.buildings)))
    else:
        named = before.buildings
    return named if len(named) == 2 else ()
