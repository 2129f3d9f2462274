"""What a mixed day asks: questions of the answer set, by the most sensitive label of the facts that they need.

The labels are not set: they are those that the policy gives to the facts of each question, as a first pass finds them
in the evidence of its answers. A run itself is never below INTERNAL, whatever its facts are, as the person's words are.
Questions that have no answer are left out, as no model is asked for them.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.answers.check import cases
from privacy.labels import Label

SHARES = {Label.INTERNAL: 0.70, Label.RESTRICTED: 0.20, Label.PUBLIC: 0.10}


@dataclass(frozen=True)
class Wording:
    """One way to ask for something whose answer is known."""

    text: str
    truth: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the id of the truth; all wordings of one need the same facts."""
        return str(self.truth["id"])


@dataclass(frozen=True)
class Asked:
    """A wording, and the label of its facts."""

    wording: Wording
    label: Label


def wordings() -> list[Wording]:
    """Return every question of the answer set that has an answer, and their paraphrases."""
    return [Wording(text, truth) for group in cases() for text, truth in group if truth["status"] == "answered"]


def facts_label(answer: Mapping[str, Any]) -> Label:
    """Return the most sensitive label of an answer's facts."""
    return max(Label[e["label"]] for e in answer["evidence"])


def mixed(labels: Mapping[str, Label], number: int, seed: int) -> list[Asked]:
    """Return so many different wordings in the shares of the day, in any order; the same for a seed.

    `labels` are those of the facts by the truth's id. Where there are too few wordings of a label, some come again.
    """
    chance = random.Random(seed)
    by_label = {label: [w for w in wordings() if labels.get(w.id) == label] for label in SHARES}
    if lacking := [label.name for label, found in by_label.items() if not found]:
        raise ValueError(f"no question has {', '.join(lacking)} facts; the day needs some of each label")
    asked = [Asked(w, label) for label, n in counts(number).items() for w in drawn(by_label[label], n, chance)]
    chance.shuffle(asked)
    return asked


def counts(number: int) -> dict[Label, int]:
    """Return how many questions of each label a day of `number` has."""
    some = {label: round(share * number) for label, share in SHARES.items()}
    return some | {Label.INTERNAL: number - some[Label.RESTRICTED] - some[Label.PUBLIC]}


def drawn(found: Sequence[Wording], number: int, chance: random.Random) -> list[Wording]:
    """Return so many of them, each once before any comes twice."""
    whole = [w for _ in range(number // len(found)) for w in found]
    return [*whole, *chance.sample(found, number % len(found))]
