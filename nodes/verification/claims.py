"""A number as a sentence states it, with what it is named with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from nodes.verification.carried import Carried
from nodes.verification.quantities import Quantity, quantities
from nodes.verification.reading import SOFT_CUT, Sentence, Tag

T = TypeVar("T")


@dataclass(frozen=True)
class Claim:
    """A quantity in its sentence; `numbers` are the sentence's quantities, this one among them."""

    quantity: Quantity
    numbers: tuple[Quantity, ...]
    sentence: Sentence
    known: Carried

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Return the part of the sentence [start, end) that no 'than' or 'compared with' cuts the number off from."""
        return self.sentence.clause(self.quantity.at, SOFT_CUT)

    @cached_property
    def before(self) -> str:
        """Return the clause up to the number."""
        return self.sentence.text[self.clause[0] : self.quantity.at]

    @cached_property
    def after(self) -> str:
        """Return the clause behind the number."""
        return self.sentence.text[self.quantity.to : self.clause[1]]

    @cached_property
    def all_before(self) -> str:
        """Return the whole sentence up to the number."""
        return self.sentence.text[: self.quantity.at]

    def named(self, tags: Sequence[Tag[T]]) -> list[T]:
        """Return what the number is named with, of the `tags` in its clause.

        As many names as numbers go in pairs: "5 in March and 6 in April", "March and April: 5 and 6". One name holds
        for all numbers behind it or before it. Where that leaves it open, every name must fit.
        """
        start, end = self.clause
        near = [t for t in tags if start <= t.at < end]
        inside = [q for q in self.numbers if start <= q.at < end]
        if len(near) != len(inside):
            inside = [q for q in inside if q.unit == self.quantity.unit]
        positions = [q.at for q in inside]
        if len(near) == len(positions):
            return [near[positions.index(self.quantity.at)].value]
        if len(near) != 1:
            return [t.value for t in near]
        only = near[0]
        if all(n > only.at for n in positions) or all(n < only.at for n in positions):
            return [only.value]
        closest = min(positions, key=lambda n: abs(n - only.at))
        return [only.value] if self.quantity.at == closest else []


def claims(sentence: Sentence, known: Carried) -> list[Claim]:
    """Return the numbers of a sentence in order."""
    numbers = tuple(quantities(sentence.text))
    return [Claim(q, numbers, sentence, known) for q in numbers]
