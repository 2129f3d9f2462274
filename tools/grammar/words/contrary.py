"""Verbs where only a verb of use can stand: 'how much electricity did b4 ... in 2019?'.

A verb there that nobody listed is one more way to say use, and is told. One that says another thing (export, generate,
sell), or any verb with a particle that turns it away ("hand back", "push out to the grid"), asks for another figure and
is never left out.
"""

import re
from functools import lru_cache
from typing import Final

from tools.grammar.words.doings import CAUSING, CONTRARY
from tools.grammar.words.filler import bases

_ASKED: Final = r"\b(?:how (?:much|many)|what|which)\b(?:(?!\b(?:did|does|do|will|has|have|had)\b).)*"
_AUXILIARY: Final = r"\b(?:did|does|do|will|has|have|had)"
USED_BY: Final = re.compile(
    rf"{_ASKED}{_AUXILIARY}\s{{2,}}(?P<verb>[a-z]+)(?=\s*(?:$|[,;:.!?]|\s(?:in|over|during|for|on|at|from|between|per|a|last|"
    r"this|through|across|up|down|out|off|away|of|by|throughout|around|since)\b))"
)
GIVEN_AWAY: Final = re.compile(  # "hand back", "push out in May", "sling to the grid", "part with"
    rf"{_ASKED}{_AUXILIARY}(?:\s{{2,}}|\s(?:we|it|they)\s)(?P<verb>[a-z]+)\s(?:(?:it|any|some)\s)?"
    r"(?:back|away|with|go|rid|without|up for others|"
    r"(?<!work )(?<!turn )(?<!max )(?<!pan )(?<!even )(?<!level )(?<!average )(?<!total )(?<!come )(?<!figure )"
    r"out(?=\s*(?:$|[?,.]|(?:in|over|during|last|across|to)\b))|"
    r"(?:(?:out|over|on) )?(?:to|into)(?:\s{2,}| (?:the |our )?(?:grid|network|mains|neighbours?|others?)))(?!\w)"
)
MADE: Final = re.compile(r"\b(?:carbon|co2e?|emissions?|emit\w*|ghg|costs?|bills?|money)\b")  # caused, and not used


@lru_cache(maxsize=32)
def verbs_for_use(said: str) -> frozenset[str]:
    """Return the verbs that stand where one of use is expected; `said` is lower-case, with its names blanked."""
    return frozenset(m["verb"] for m in USED_BY.finditer(said))


@lru_cache(maxsize=32)
def contrary_verbs(said: str) -> tuple[str, ...]:
    """Return the verbs that ask for another thing than use: 'how much did b4 export, give back?'."""
    excused = CAUSING if MADE.search(said) else frozenset[str]()
    found = [verb for verb in sorted(verbs_for_use(said)) if is_contrary(verb) and not (excused & {verb, *bases(verb)})]
    return (*found, *(m["verb"] for m in GIVEN_AWAY.finditer(said) if not excused))


def is_contrary(verb: str) -> bool:
    """Tell whether a verb, in any of its forms, says another thing than use."""
    return verb in CONTRARY or any(base in CONTRARY for base in bases(verb))
