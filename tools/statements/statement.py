"""What a statement is: things told of buildings in a question's place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tools.energy_query import Measure
from tools.told import ToldField

ClaimKind = ToldField | Literal["no_meter", "figure"]
"""A field that can be kept, or what only readings tell: that there is no meter, or a figure of use."""
DOUBTED = 0.5
ROUGH = 0.8


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is told of each of some buildings.

    `value` is that of `tools.told.ToldFact`; of `no_meter` its `measure`, of a `figure` its `measure` and `kwh`.
    `confidence` is 1 where nothing in the words doubts it, `ROUGH` for "about", `DOUBTED` for "I think". It holds on
    local days [start, end); None is open. `assumed` are readings of the words that the person must be told.
    """

    buildings: tuple[str, ...]
    kind: ClaimKind
    value: Mapping[str, Any] = field(hash=False)
    confidence: float = 1.0
    start: date | None = None
    end: date | None = None
    assumed: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        """Return the measure of a claim about meters or figures."""
        found: Measure = self.value["measure"]
        return found


@dataclass(frozen=True, slots=True)
class Statement:
    """A text that tells and does not ask, with all that it tells."""

    text: str
    claims: tuple[Claim, ...]
