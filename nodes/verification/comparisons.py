"""Check what a sentence sets against what: more than, less than, above, behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nodes.verification.carried import Carried, Fact
from nodes.verification.lexicon import SUPPOSED, WORD
from nodes.verification.operands import Pointer, pointed_at, pointer
from nodes.verification.quantities import quantities
from nodes.verification.reading import Sentence
from nodes.verification.signals import COMPARATIVE, IDIOM, SAME, THAN
from nodes.verification.topics import speaks_of_it

OTHERS = re.compile(r"^\s*(?:(?:that of |those of |in )?(?:the |any |all )?(?:others?|rest|remaining)\b|before\b|$)")
OWN_REFERENCE = re.compile(r"\b(?:exceed|surpass|above|below|ahead|behind|follow)")
EVEN_SHARE = 50.0  # what a single share in percent is high or low against
PERCENT = re.compile(r"%|percent|per cent")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparative with what stands left and right of its 'than'; `told` are the words behind it, if it has one."""

    match: re.Match[str]
    left: Pointer
    right: Pointer
    told: str | None

    @property
    def sign(self) -> int:
        """Return 1 for more, -1 for less."""
        return 1 if self.match.group("up") else -1


def comparison_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return which comparison the evidence does not carry, or None."""
    for match in _comparatives(sentence):
        compared = _compared(sentence, match)
        free = sentence.guessed(match.start()) or _is_of_a_cause(sentence, match)
        if free and not (compared.left and compared.right):
            continue
        if not _holds(sentence, known, compared):
            return f"no evidence carries {match.group(0)!r}"
    return None


def _comparatives(sentence: Sentence) -> Iterator[re.Match[str]]:
    """Yield the comparatives that are not part of a bound ('more than 5') or an idiom."""
    taken = [(q.at, q.to) for q in quantities(sentence.text)]
    taken += [m.span() for pattern in (IDIOM, SAME) for m in pattern.finditer(sentence.text)]
    for match in COMPARATIVE.finditer(sentence.text):
        if not any(a <= match.start() < b for a, b in taken):
            yield match


def _is_of_a_cause(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell 'fewer people may explain it' from a comparison of figures."""
    word = WORD.search(sentence.text, match.end())
    return word is not None and word.group(0) in SUPPOSED and sentence.leads_to_guess(match.start())


def _compared(sentence: Sentence, match: re.Match[str]) -> Comparison:
    """Return what is compared with what, also in 'Compared with March, April was higher'."""
    start, end = sentence.statement(match.start())
    if than := THAN.search(sentence.text, match.start(), end):
        edge = match.start() if OWN_REFERENCE.match(match.group(0)) else than.start()
        left = pointer(sentence, start, edge) or pointer(sentence, 0, start)
        return Comparison(match, left, pointer(sentence, than.end(), end), sentence.text[than.end() : end])
    opening = THAN.search(sentence.text, start, match.start())
    comma = sentence.text.find(",", opening.end(), match.start()) if opening else -1
    if opening and comma >= 0:
        right = pointer(sentence, opening.end(), comma)
        return Comparison(match, pointer(sentence, comma, end), right, sentence.text[opening.end() : comma])
    return Comparison(match, pointer(sentence, start, end), Pointer(), None)


def _holds(sentence: Sentence, known: Carried, compared: Comparison) -> bool:
    """Tell whether every figure on the left is on the told side of every one on the right."""
    ones = _subjects(compared, known)
    if not ones or (compared.told is not None and not compared.right and not OTHERS.match(compared.told)):
        return False
    start, end = sentence.statement(compared.match.start())
    if known.compares("any") and PERCENT.search(sentence.text, start, end) and any(f.role == "reference" for f in ones):
        return False  # a percentage is of the reference, and does not hold the other way round
    return all(
        speaks_of_it(sentence, compared.match, one) and _exceeds(one, _rivals(one, ones, compared, known), compared)
        for one in ones
    )


def _exceeds(one: Fact, rivals: list[Fact], compared: Comparison) -> bool:
    """Tell whether one figure is on the told side of all others; 'high' and 'low' are told of their mean."""
    values = [f.value for f in rivals]
    if compared.match.group(0) in ("high", "low"):
        values = [sum(values) / len(values)] if values else [EVEN_SHARE] if one.statistic == "share" else []
    return bool(values) and all((one.value - value) * compared.sign > 0 for value in values)


def _subjects(compared: Comparison, known: Carried) -> list[Fact]:
    """Return the figures that are compared: those named, and of what was asked and its reference the former."""
    if not compared.left and not known.compares("any"):
        return []
    found = pointed_at(compared.left, known.operands, known)
    asked = [f for f in found if f.role == "asked"]
    return asked if known.compares("any") and asked else list(found)


def _rivals(one: Fact, ones: list[Fact], compared: Comparison, known: Carried) -> list[Fact]:
    """Return the figures that one is compared with: those named behind 'than', else its reference, else all others."""
    others = tuple(f for f in known.operands if f not in ones)
    if compared.right:
        named = pointed_at(compared.right.filled(compared.left), known.operands, known)
        if any(f in ones for f in named):
            return []  # nothing is more than itself
        return list(named or pointed_at(compared.right, others, known))
    if known.compares("any"):
        return [f for f in others if f.role != one.role and (known.compares("buildings") or one.same(f))]
    return list(others)
