"""What was computed for a query."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from privacy.declassify import Grounds
from tools.chart import Chart
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence
from tools.told import ToldFact


@dataclass(frozen=True, slots=True)
class Facts:
    """The evidence for a query, best or asked-for first, a chart, and what was left out and why.

    All evidence is RESTRICTED, as readings are; `grounds` says by its id what each fact can show of a building, for
    `privacy.declassify`. `words` is the headline where whoever computed the facts wrote it, without its caveats.
    `told`: what people told and the facts rest on; they are at least as sensitive as that.
    """

    query: EnergyQuery
    evidence: tuple[Evidence, ...]
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    words: str | None = None
    told: tuple[ToldFact, ...] = ()
