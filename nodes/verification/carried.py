"""What the evidence carries: the values, units, places and times that a sentence may state."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tools.energy_query import Period
from tools.evidence import Evidence
from tools.grammar.dates import day, month
from tools.readings import Inventory

Local = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Fact:
    """One evidence as a sentence may state it. `spans` are the local periods it may be dated with."""

    value: float
    unit: str
    buildings: frozenset[str]
    spans: tuple[Local, ...]
    name: str
    group: str | None
    derived: bool  # a difference or a change in percent
    evidence: Evidence


@dataclass(frozen=True)
class Carried:
    """All facts of a turn, with the names that go with them."""

    facts: tuple[Fact, ...]
    inventory: Inventory
    now: datetime
    newest: datetime

    @property
    def buildings(self) -> frozenset[str]:
        """Return every building that some fact is of."""
        return frozenset(b for f in self.facts for b in f.buildings)

    @property
    def sites(self) -> frozenset[str]:
        """Return the sites of those buildings."""
        return frozenset(self.inventory.buildings[b].site for b in self.buildings)

    @property
    def counts(self) -> frozenset[int]:
        """Return what may be counted: the buildings, and the facts of one kind."""
        kinds: dict[tuple[str, str], int] = {}
        for fact in self.facts:
            key = (fact.name.split(",")[0], fact.unit)
            kinds[key] = kinds.get(key, 0) + 1
        return frozenset({len(self.buildings), *kinds.values()})

    def spans(self) -> set[Local]:
        """Return every local period that some fact may be dated with."""
        return {s for f in self.facts for s in f.spans}


def carried(evidence: list[Evidence], inventory: Inventory, now: datetime) -> Carried:
    """Gather what a turn's evidence carries; `now` is aware."""
    facts = tuple(_fact(e, inventory) for e in evidence)
    newest = max((s[1] for f in facts for s in f.spans), default=now.replace(tzinfo=None))
    return Carried(facts, inventory, now.replace(tzinfo=None), newest)


def _fact(evidence: Evidence, inventory: Inventory) -> Fact:
    zone = ZoneInfo(inventory.sites[inventory.buildings[evidence.buildings[0]].site].timezone)
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (evidence.period.start, evidence.period.end))
    spans = [(start, end)]
    derived = "difference" in evidence.name or "change in percent" in evidence.name
    if derived and evidence.query.against_period:
        spans.append(_span(evidence.query.against_period))
    if evidence.name.endswith(" hour"):
        spans += [_span(day(start.year, start.month, start.day)), _span(month(start.year, start.month))]
        spans += [_span(evidence.query.period)] if evidence.query.period else []
    if evidence.query.group in ("hour", "weekday") and evidence.query.period:
        spans.append(_span(evidence.query.period))
    return Fact(
        evidence.value,
        evidence.unit,
        frozenset(evidence.buildings),
        tuple(spans),
        evidence.name,
        evidence.group,
        derived,
        evidence,
    )


def _span(period: Period) -> Local:
    return period.start, period.end
