"""Scripted conversations: turns that refer to those before them, each with the truth of its headline number.

A turn keeps of the turn before it what it does not name: "and gas?" keeps building and period, "and b8?" the measure.
Where people would take a turn in two ways, both truths are stated and either is right.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.answers.facts import Dates, Fact, Quantity, Sources, against, change, total
from benchmarks.answers.question import TOLERANCE, Who

Truth = Callable[[Sources], list[Fact]]


@dataclass(frozen=True)
class Turn:
    """What is typed, its truth or truths, how it may end, and words that its headline must have."""

    words: str
    truths: tuple[Truth, ...] = ()
    accept: tuple[str, ...] = ("answered",)
    shown: tuple[str, ...] = ()

    def either(self, truth: Callable[..., list[Fact]], *words: Any, **more: Any) -> "Turn":
        """Return it with one more truth that is as right."""
        return replace(self, truths=(*self.truths, bound(truth, *words, **more)))

    def shows(self, *words: str) -> "Turn":
        """Return it as one whose headline must have one of some words, such as the unit that was asked for."""
        return replace(self, shown=words)

    def as_json(self, sources: Sources) -> dict[str, Any]:
        """Return its object; `expect` is the first truth, `or` are the others."""
        expects = [[{"index": i} | one for i, one in enumerate(truth(sources))] for truth in self.truths]
        first, *others = expects or [[]]
        return {
            "words": self.words,
            "status": self.accept[0],
            "accept": list(self.accept),
            "expect": first,
            **({"or": others} if others else {}),
            **({"shows": list(self.shown)} if self.shown else {}),
            "tolerance": TOLERANCE,
        }


@dataclass(frozen=True)
class Dialogue:
    """The turns of one conversation, and whose they are."""

    id: str
    who: Who
    turns: tuple[Turn, ...]

    def as_json(self, sources: Sources) -> dict[str, Any]:
        """Return its line."""
        return {"id": self.id, "who": self.who, "turns": [turn.as_json(sources) for turn in self.turns]}


def bound(truth: Callable[..., list[Fact]], *words: Any, **more: Any) -> Truth:
    """Return a truth that needs only the sources."""
    return lambda sources: truth(sources, *words, **more)


def asks(text: str, truth: Callable[..., list[Fact]], *words: Any, **more: Any) -> Turn:
    """Return a turn that has an answer."""
    return Turn(text, (bound(truth, *words, **more),))


def ends(text: str, *accept: str) -> Turn:
    """Return a turn without an answer, with the statuses that are right."""
    return Turn(text, accept=accept)


def numbered(who: Who, dialogues: Iterable[tuple[Turn, ...]], after: str = "") -> list[Dialogue]:
    """Return the dialogues of a profession with their ids."""
    name = who.replace(" ", "-") + after
    return [Dialogue(f"{name}-{number}", who, turns) for number, turns in enumerate(dialogues, 1)]


# Truths that only conversations need.


def difference(
    sources: Sources, buildings: str, asked: Dates, reference: Dates, quantity: Quantity = "electricity"
) -> list[Fact]:
    """Return the change of two periods; an explanation of it begins with the same four facts."""
    facts = change(sources, buildings, asked, reference, quantity)
    return [{key: value for key, value in one.items() if key != "coverage"} for one in facts]


def in_percent(
    sources: Sources, buildings: str, asked: Dates, reference: Dates, quantity: Quantity = "electricity"
) -> list[Fact]:
    """Return the change of two periods in percent, wherever it stands."""
    return [change(sources, buildings, asked, reference, quantity)[1] | {"index": None}]


def versus(sources: Sources, first: str, second: str, dates: Dates, quantity: Quantity) -> list[Fact]:
    """Set the first building's use of something against the second's."""
    return against(*total(sources, first, dates, quantity), *total(sources, second, dates, quantity))


def of_first(
    sources: Sources,
    ranked: Callable[..., list[Fact]],
    given: tuple[Any, ...],
    truth: Callable[..., list[Fact]],
    *w: Any,
) -> list[Fact]:
    """Return the truth of the building that leads a ranking, `ranked(sources, *given)`."""
    (building, *_) = ranked(sources, *given)[0]["buildings"]
    return truth(sources, building, *w)


def carbon_of(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the emissions of a building's electricity."""
    return total(sources, building, dates, "carbon")
