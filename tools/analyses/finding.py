"""Findings of an analysis on their way to evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from privacy.declassify import Grounds
from tools.caveats import coverage_caveat, fault_caveats
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.evidence import Evidence, Span, evidence_id
from tools.labelling import LABEL, SOURCE
from tools.readings import Inventory


@dataclass(frozen=True, slots=True)
class Finding:
    """One value that an analysis found, over [start, end), UTC.

    `name` begins with the words of the measure and stands for just this value: 'electricity savings', 'electricity
    baseline use'. `meters` are those whose open faults must be told with it. `shows_hours`: whether it tells of single
    hours or days, or of when people come and go; `tells_contract`: whether of a price that was agreed. Both stay
    RESTRICTED.
    """

    name: str
    value: float
    unit: str
    buildings: tuple[str, ...]
    start: datetime
    end: datetime
    method: str
    coverage: float = 1.0
    meters: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    group: str | None = None
    shows_hours: bool = False
    tells_contract: bool = False


def facts_of(
    query: EnergyQuery,
    inventory: Inventory,
    findings: Sequence[Finding],
    words: str,
    chart: Chart | None = None,
    notes: Sequence[str] = (),
) -> Facts:
    """Return findings as facts, what was asked for first; `words` is their headline, without caveats.

    Raises `NoData` where there is no finding, and `ValueError` where two cannot be told apart.
    """
    if not findings:
        raise NoData("nothing was found that answers this")
    evidence = tuple(_evidence(query, f, inventory) for f in findings)
    if len({e.id for e in evidence}) < len(evidence):
        raise ValueError(f"two findings of {query.statistic} have one name, building and period")
    grounds = {e.id: _grounds(f, inventory) for e, f in zip(evidence, findings, strict=True)}
    return Facts(query, evidence, chart, tuple(notes), grounds, words)


def _evidence(query: EnergyQuery, finding: Finding, inventory: Inventory) -> Evidence:
    span = Span(start=finding.start, end=finding.end)
    name = f"{finding.name}, {finding.group}" if finding.group else finding.name
    caveats = [*finding.caveats, *coverage_caveat(finding.coverage)]
    caveats += fault_caveats(inventory, finding.meters, finding.start, finding.end)
    return Evidence(
        id=evidence_id(query, name, finding.buildings, span, inventory.data_version),
        name=name,
        value=finding.value,
        unit=finding.unit,
        buildings=finding.buildings,
        period=span,
        method=finding.method,
        coverage=finding.coverage,
        label=LABEL,
        query=query,
        caveats=tuple(dict.fromkeys(caveats)),
        group=finding.group,
    )


def _grounds(finding: Finding, inventory: Inventory) -> Grounds:
    return Grounds(
        source=SOURCE,
        start=finding.start,
        end=finding.end,
        buildings=finding.buildings,
        whole_months=all(_at_month_border(at, finding, inventory) for at in (finding.start, finding.end)),
        shows_hours=finding.shows_hours or finding.tells_contract,
        contributors=0,
        largest_share=1.0,
    )


def _at_month_border(at: datetime, finding: Finding, inventory: Inventory) -> bool:
    """Tell whether a time begins a month where each building stands."""
    sites = {inventory.buildings[b].site for b in finding.buildings}
    local = (at.astimezone(ZoneInfo(inventory.sites[s].timezone)) for s in sites)
    return all((t.day, t.hour, t.minute) == (1, 0, 0) for t in local)
