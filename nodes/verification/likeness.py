"""Check what a sentence says of how alike figures are: the same, similar, slightly or far apart."""

import re

from nodes.verification.carried import Carried, Fact
from nodes.verification.operands import SPANNING, Pointer, pointed_at, pointer, series, steps
from nodes.verification.reading import Sentence
from nodes.verification.signals import DIFFERENT, IDIOM, LITTLE, MUCH, SAME, SIMILAR, without

LIKENESSES = (  # how far apart the figures must and may be, over the largest
    (SAME, 0.0, 0.005),
    (SIMILAR, 0.0, 0.06),
    (DIFFERENT, 0.005, float("inf")),
    (MUCH, 0.05, float("inf")),
    (LITTLE, 0.0, 0.1),
)
LARGE_SHARE, SMALL_SHARE = 33.0, 15.0


def likeness_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which likeness, difference or degree of one the evidence does not carry, or None."""
    for pattern, least, most in LIKENESSES:
        text = without(IDIOM, sentence.text)
        if pattern in (DIFFERENT, LITTLE):
            text = without(SIMILAR, without(SAME, text))
        for match in pattern.finditer(text):
            if sentence.guessed(match.start()):
                continue
            apart = _apart(sentence, known, match)
            if apart is None or not least <= apart <= most:
                return f"no evidence carries {match.group(0)!r}"
    return None


def _apart(sentence: Sentence, known: Carried, match: re.Match[str]) -> float | None:
    """Return how far apart the figures are that a clause names, over the largest; None where there is but one."""
    named = _named(sentence, known, match.start())
    if len(named) == 1 and named[0].statistic == "share":
        share = named[0].value
        return 1.0 if share >= LARGE_SHARE else 0.0 if share <= SMALL_SHARE else None
    values = [abs(f.value) for f in named]
    if len(values) < 2 or max(values) == 0:
        return None
    return (max(values) - min(values)) / max(values)


def _named(sentence: Sentence, known: Carried, at: int) -> tuple[Fact, ...]:
    """Return the figures that are set side by side: those named, else both sides of a comparison, else all."""
    start, end = sentence.statement(at)
    between = steps(sentence, start, end, known)
    if len(between) == 2 and SPANNING.search(sentence.text[: between[0][0]]):
        return tuple(series(known)[between[0][1] : between[1][1] + 1])
    here = pointer(sentence, start, end)
    named = pointed_at(here, known.operands, known)
    if len(named) < 2 or known.compares("any"):
        named = pointed_at(Pointer(places=here.places), known.operands, known)
    return named if len(named) > 1 else known.operands
