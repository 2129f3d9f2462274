"""A figure asked once more for the time just picked: 'which day was the heaviest, and how much went through that day'.

Whoever asks for the day, hour or month with the most is told how much it was. So a clause behind that asks how much it
was "that day" asks nothing more, unless it names another figure (cost beside use); a fuel that it alone names is of the
whole question.
"""

import re
from typing import Final

from tools.grammar import vocabulary as v
from tools.grammar.clean import words

_ASKS: Final = r"(?:how much|how many|what|how high|how low|how big|the (?:amount|figure|total|number|value)|its)"
_CLAUSE: Final = (
    rf"(?:also |so )?(?P<what>{_ASKS}\b[^,;?]*?)(?: (?:on|in|at|over|for|during|of))? (?:that|the same|said|this) "
    r"(?:very |same )?(?P<unit>hour|day|date|night|week|month|quarter|year)(?: alone)?\W*$"
)
AGAIN: Final = re.compile(rf"(?:,\s*(?:and |& ?|plus |then )?|\s(?:and|&|plus|then)\s+){_CLAUSE}")
ALONE: Final = re.compile(rf"^(?:and )?{_CLAUSE}")
_PICKED: Final = r"\b(?:which|what|whichever|worst|best|top|peak|busiest|quietest|highest|lowest|biggest|heaviest)\b"
_PLAIN: Final = frozenset(
    """
    how much many what high low big the amount figure total number value its it was were is did does do had has have
    of in on a kwh mwh kw kilowatt kilowatts hours energy electricity gas power units go goes went gone through pass
    passed come came to there that we they reading show showed read get got run ran reach reached clock clocked
    register registered record recorded up use uses used burn burned burnt burns take took taken takes draw drew drawn
    draws consume consumed eat ate spend spent get got
    """.split()
)


def without_said_again(sentences: list[str]) -> list[str]:
    """Return lower-case sentences without those and their clauses that ask once more for what the first one picks.

    >>> without_said_again(["which day was b36's heaviest in 2018 & how much went through that day"])
    ["which day was b36's heaviest in 2018"]
    """
    kept: list[str] = []
    for sentence in sentences:
        if kept and (match := ALONE.match(sentence)) and _is_same(kept[-1], match):
            kept[-1] = _with_fuel(kept[-1], match["what"])
        else:
            match = AGAIN.search(sentence)
            before = sentence[: match.start()] if match else ""
            kept.append(_with_fuel(before, match["what"]) if match and _is_same(before, match) else sentence)
    return kept


def _is_same(before: str, match: re.Match[str]) -> bool:
    """Tell whether a clause asks for the figure by which the time was picked."""
    unit = "day" if match["unit"] == "date" else match["unit"]
    picks = re.search(rf"{_PICKED}(?: \w+){{0,2}}? {unit}\b", before) and (
        v.HIGHEST.search(before) or v.LOWEST.search(before)
    )
    known = words(before)
    plain = all(word in _PLAIN or word in known for word in words(match["what"]))
    return bool(picks) and plain


def _with_fuel(before: str, what: str) -> str:
    fuel = re.search(r"\b(?:gas|electricity)\b", what)
    named = v.first(v.MEASURES, before)
    return f"{before}, {fuel.group(0)}" if fuel and not named else before
