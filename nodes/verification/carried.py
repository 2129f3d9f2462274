"""What the evidence carries: the values, units, places and times that a sentence may state."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from tools.energy_query import ANALYSES, EnergyQuery, Hours, Measure, Period
from tools.evidence import Evidence
from tools.grammar.dates import day, month
from tools.readings import Inventory

Local = tuple[datetime, datetime]
Role = Literal["asked", "reference", "part", "whole", "hour", "coverage"]
MEASURE_OF_UNIT: dict[str, Measure] = {"kgCO2e": "carbon", "GBP": "cost"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Fact:
    """One evidence as a sentence may state it.

    `spans`: the local periods it may be dated with. `derived`: a difference or a change in percent. `hours` and
    `key`: the part of the day or week, and the hour or day of the week ('07:00', 'monday'), that it is of. `role`:
    what it is to its query.
    """

    value: float
    unit: str
    buildings: frozenset[str]
    spans: tuple[Local, ...]
    name: str
    group: str | None
    derived: bool
    evidence: Evidence
    hours: Hours = "all"
    key: str | None = None
    role: Role = "asked"

    @property
    def measure(self) -> Measure:
        """Return what is measured; of a total the electricity, since gas stands beside it as facts of its own."""
        measure = self.evidence.query.measure
        if self.is_finding:
            measure = MEASURE_OF_UNIT.get(self.unit, measure)
        return "electricity" if measure == "total" else measure

    @property
    def statistic(self) -> str:
        """Return what the value is: both sides of a share are totals, a coverage is one of quality."""
        if self.role == "coverage":
            return "quality"
        return "total" if self.role in ("part", "whole") else self.evidence.query.statistic

    @property
    def is_finding(self) -> bool:
        """Tell whether an analysis found it, among other values of other meaning: it is told by its name only."""
        return self.evidence.query.statistic in ANALYSES

    @property
    def own_name(self) -> str:
        """Return its name without the part that it stands for."""
        return self.name.removesuffix(f", {self.group}")

    @property
    def query(self) -> EnergyQuery:
        """Return what was asked."""
        return self.evidence.query

    def same(self, other: "Fact") -> bool:
        """Tell whether another fact is of the same building and part, so that only time or role sets them apart."""
        return self.buildings == other.buildings and self.group == other.group


@dataclass(frozen=True)
class Carried:
    """All facts of a turn, with the names that go with them."""

    facts: tuple[Fact, ...]
    inventory: Inventory
    now: datetime
    newest: datetime

    @cached_property
    def buildings(self) -> frozenset[str]:
        """Return every building that some fact is of."""
        return frozenset(b for f in self.facts for b in f.buildings)

    @cached_property
    def sites(self) -> frozenset[str]:
        """Return the sites of those buildings."""
        return frozenset(self.inventory.buildings[b].site for b in self.buildings)

    @cached_property
    def operands(self) -> tuple[Fact, ...]:
        """Return the figures that may be compared: of one measure, in one unit, none part of another.

        Of the findings of an analysis, only those that are of one thing, such as the savings of several buildings.
        """
        plain = [f for f in self.facts if not f.derived and f.role in ("asked", "reference")]
        plain = [f for f in plain if not f.is_finding or f.own_name == plain[0].own_name]
        alike = [f for f in plain if f.unit == plain[0].unit and f.measure == plain[0].measure]
        return tuple(f for f in alike if not any(f.buildings > other.buildings for other in alike))

    @cached_property
    def changes(self) -> tuple[Fact, ...]:
        """Return the differences and changes in percent."""
        return tuple(f for f in self.facts if f.derived)

    @cached_property
    def coverages(self) -> tuple[Fact, ...]:
        """Return the share of valid hours, in percent, behind each figure that must not be shown without it."""
        plain = [f for f in self.facts if not f.derived and f.role != "hour" and f.evidence.caveats]
        return tuple(replace(f, value=100 * f.evidence.coverage, unit="percent", role="coverage") for f in plain)

    @cached_property
    def queries(self) -> tuple[EnergyQuery, ...]:
        """Return each query that was asked, once."""
        return tuple({id(f.query): f.query for f in self.facts}.values())

    @property
    def statistic(self) -> str | None:
        """Return what was asked for first: a total, a peak."""
        return self.facts[0].statistic if self.facts else None

    @property
    def order(self) -> str | None:
        """Return the order that was asked for."""
        return self.queries[0].order if self.queries else None

    def compares(self, what: Literal["time", "buildings", "hours", "any"]) -> bool:
        """Tell whether figures are set against others: of another time, of other buildings, of other hours."""
        found = {
            "time": any(q.against_period for q in self.queries),
            "buildings": any(q.against_buildings for q in self.queries),
            "hours": any(q.against_hours for q in self.queries),
        }
        return any(found.values()) if what == "any" else found[what]

    def grouped(self, *groups: str) -> bool:
        """Tell whether figures stand for the parts of a whole, such as its months."""
        return any(q.group in groups for q in self.queries)

    def spans(self) -> set[Local]:
        """Return every local period that a sentence may name: those of facts, and those that were asked for."""
        asked = {_span(p) for q in self.queries for p in (q.period, q.against_period) if p}
        return asked | {s for f in self.facts for s in f.spans}


def carried(evidence: list[Evidence], inventory: Inventory, now: datetime) -> Carried:
    """Gather what a turn's evidence carries; `now` is aware."""
    facts = tuple(_fact(e, inventory) for e in evidence)
    newest = max((s[1] for f in facts for s in f.spans), default=now.replace(tzinfo=None))
    return Carried(facts, inventory, now.replace(tzinfo=None), newest)


def _fact(evidence: Evidence, inventory: Inventory) -> Fact:
    of_buildings = [inventory.buildings[b].site for b in evidence.buildings[:1]]  # a median of peers is of none
    zone = ZoneInfo(inventory.sites[of_buildings[0]].timezone if of_buildings else "UTC")
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (evidence.period.start, evidence.period.end))
    role, group = _role(evidence), evidence.group
    return Fact(
        evidence.value,
        evidence.unit,
        frozenset(evidence.buildings),
        tuple(_spans(evidence, start, end)),
        evidence.name,
        group,
        _is_derived(evidence),
        evidence,
        hours=_hours(evidence, role),
        key=f"{start:%H:00}" if role == "hour" else _key(group),
        role=role,
    )


def _key(group: str | None) -> str | None:
    """Return an hour of the day or a day of the week that a fact stands for."""
    name = (group or "").lower()
    return name if name in WEEKDAYS or re.fullmatch(r"\d\d:00", name) else None


def _is_derived(evidence: Evidence) -> bool:
    if evidence.query.statistic in ANALYSES:
        return False
    return ", difference" in evidence.name or ", change in percent" in evidence.name


def _role(evidence: Evidence) -> Role:
    if evidence.name.endswith(" hour"):
        return "hour"
    roles: tuple[Role, ...] = ("reference", "part", "whole")
    return next((r for r in roles if f", {r}" in evidence.name), "asked")


def _hours(evidence: Evidence, role: Role) -> Hours:
    if role == "whole":
        return "all"
    return evidence.query.against_hours or evidence.query.hours if role == "reference" else evidence.query.hours


def _spans(evidence: Evidence, start: datetime, end: datetime) -> list[Local]:
    """Return the periods that a fact may be dated with: an hour's day and month too, a change's reference too."""
    query, spans = evidence.query, [(start, end)]
    if _is_derived(evidence) and query.against_period:
        spans.append(_span(query.against_period))
    if evidence.name.endswith(" hour"):
        spans += [_span(day(start.year, start.month, start.day)), _span(month(start.year, start.month))]
    if query.period and (evidence.name.endswith(" hour") or query.group in ("hour", "weekday")):
        spans.append(_span(query.period))
    return spans


def _span(period: Period) -> Local:
    return period.start, period.end
