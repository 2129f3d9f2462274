"""What the buildings that a query means add up to, fetched as sums: one number a building and part of the calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tools.absence import no_meter
from tools.clock import LocalClock, clock, key_name, key_span
from tools.energy_query import EnergyQuery, Group, Statistic
from tools.errors import NoData
from tools.facts import ALIVE_SHARE
from tools.figures import Values
from tools.fleet import Fleet, Places, fleet
from tools.readings import By, Inventory, Readings
from tools.rolled_sums import Sums, of_totals, of_uses
from tools.use import HOUR, Use, meter_kind, span_of, uses

Span = tuple[datetime, datetime]
CALENDAR: Mapping[Group, By] = {"year": "year", "month": "month", "day": "day"}
_NO_CLOCK = LocalClock(np.empty(0, "M8[m]"), np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """Sums of the buildings at `places` of a fleet; `sums` has one of them for each of `parts` of the calendar.

    `spans`: of each site, UTC; `part_spans`: of each part, within the span of the one site that there then is.
    """

    fleet: Fleet
    places: Places
    spans: dict[str, Span]
    parts: Sequence[int]
    part_spans: Sequence[Span]
    sums: Sequence[Sums]

    @property
    def buildings(self) -> tuple[str, ...]:
        """Return the ids of the buildings."""
        return tuple(self.fleet.buildings[n] for n in self.places.tolist())

    def uses(self, among: Places | None = None, span: Span | None = None) -> tuple[Use, ...]:
        """Return (some of) the buildings as uses without hours, over their site's span or a given one."""
        places = self.places if among is None else self.places[among]
        return tuple(self._use(n, span) for n in places.tolist())

    def _use(self, n: int, span: Span | None) -> Use:
        site = self.fleet.sites[self.fleet.site[n]]
        whole, (start, end) = self.spans[site], span or self.spans[site]
        meters = tuple(m.id for m in self.fleet.meters[n] if m.first < whole[1] and m.last_end > whole[0])
        return Use(self.fleet.buildings[n], site, start, end, np.empty(0), _NO_CLOCK, meters)

    def found(self, among: Places) -> dict[str, Use]:
        """Return some of the buildings by id, the very first before them."""
        return {u.building: u for u in self.uses(np.concatenate([[0], among]))}

    def one_of_each_site(self) -> dict[str, Use]:
        """Return the first building of each site."""
        _, first = np.unique(self.fleet.site[self.places], return_index=True)
        return {u.building: u for u in self.uses(np.sort(first))}

    def cut(self, group: Group) -> Iterator[tuple[str | None, datetime, datetime, tuple[Use, ...], Sums]]:
        """Yield the key, the span, the uses and the sums of each part; one where the group is none."""
        if group == "none":
            own = [self.spans[self.fleet.sites[n]] for n in np.unique(self.fleet.site[self.places])]
            yield None, min(s for s, _ in own), max(e for _, e in own), self.uses(), self.sums[0]
            return
        whole = self.uses()
        for part, (start, end), sums in zip(self.parts, self.part_spans, self.sums, strict=True):
            yield key_name(group, part), start, end, tuple(replace(u, start=start, end=end) for u in whole), sums

    def figures(self, statistic: Statistic) -> Values:
        """Return a statistic of each building over everything, NaN where it has none."""
        values = self.sums[0].figures(statistic)
        return values / self.fleet.area_m2[self.places] if statistic == "intensity" else values


async def summed(query: EnergyQuery, readings: Readings, inventory: Inventory, least_hours: int) -> Summed | None:
    """Return the sums of the buildings that are meant; None where they cannot be had, or are of too few hours.

    Raises `NoData` where none has a meter.
    """
    kind = meter_kind(query.measure)
    known = fleet(inventory, kind)
    places = known.places(query.buildings, query.sites)
    if not len(places):
        members = list(query.buildings) or [b for b, it in inventory.buildings.items() if it.site in query.sites]
        raise NoData(no_meter(query, inventory, members or list(inventory.buildings)))
    if query.group in CALENDAR and not query.buildings and not query.sites:
        whole = await summed(query.model_copy(update={"group": "none"}), readings, inventory, least_hours)
        if whole is None:
            return None
        places = whole.places  # of the sites that have data, whose (one) calendar it is
    sites = [known.sites[n] for n in np.unique(known.site[places])]
    spans = {site: span_of(inventory, site, query.period, kind) for site in sites}
    hours = np.array([_hours(spans[site]) if site in spans else 0 for site in known.sites])[known.site[places]]
    if hours.sum() < least_hours or not _on_whole_hours(known, places, spans):
        return None
    parts, part_spans = _calendar(query.group, sites[0], spans[sites[0]], inventory)
    if any((end - start) % HOUR for start, end in part_spans):
        return None
    lengths = [np.full(len(places), _hours(span)) for span in part_spans] or [hours]
    made = Summed(known, places, spans, parts, part_spans, [Sums.empty(each) for each in lengths])
    await _fill(made, query, readings, inventory)
    if any((one.low < 0).any() for one in made.sums):  # what is fed in is not a share of a sum
        return None
    return made if query.buildings or query.sites else _alive(made)


def _hours(span: Span) -> int:
    return max(int((span[1] - span[0]) / HOUR), 1)


def _on_whole_hours(known: Fleet, places: Places, spans: dict[str, Span]) -> bool:
    """Tell whether every meter's hours begin with the period, as they do wherever its grid is the site's."""
    if any((end - start) % HOUR for start, end in spans.values()):
        return False
    starts = np.array([round(spans[s][0].timestamp()) if s in spans else 0 for s in known.sites])
    if ((known.first[places] - starts[known.site[places]]) % 3600).any():
        return False
    return not any(
        (m.first - spans[known.sites[known.site[n]]][0]) % HOUR
        for n in places[known.several[places]].tolist()
        for m in known.meters[n]
    )


def _calendar(group: Group, site: str, span: Span, inventory: Inventory) -> tuple[list[int], list[Span]]:
    """Return the calendar parts of a site's span, and where each begins and ends within it; [0] where there is none."""
    if group not in CALENDAR:
        return [0], []
    timezone = inventory.sites[site].timezone
    first, last = (int(clock(timezone, at, 1).keys(group)[0]) for at in (span[0], span[1] - HOUR))
    parts = list(range(first, last + 1))
    whole = (key_span(group, key, timezone) for key in parts)
    return parts, [(max(start, span[0]), min(end, span[1])) for start, end in whole]


async def _fill(made: Summed, query: EnergyQuery, readings: Readings, inventory: Inventory) -> None:
    """Fetch the sums. Of successive meters only the hours say which of them counts, so those are added up here."""
    by: By = CALENDAR.get(query.group, "none")
    single: dict[int, str] = {}
    several: dict[str, int] = {}
    for n, use in enumerate(made.uses()):
        if len(use.meters) == 1:
            single[n] = use.meters[0]
        elif use.meters:
            several[use.building] = n
    for (start, end), members in _by_days(made, query, list(single), inventory).items():
        totals = await readings.totals([single[n] for n in members], start, end, by)
        of_totals(made.sums, totals, np.array(members, np.int64), made.parts[0])
    if several:
        each = await uses(readings, inventory, list(several), query.period, query.measure)
        of_uses(made.sums, {several[b]: use for b, use in each.items()}, by, made.parts[0])


def _by_days(
    made: Summed, query: EnergyQuery, members: list[int], inventory: Inventory
) -> dict[tuple[date, date], list[int]]:
    """Return the buildings by the local days to ask for: the period's, or those that the whole record touches."""
    if query.period:
        return {(query.period.start.date(), query.period.end.date()): members} if members else {}
    days: dict[tuple[date, date], list[int]] = {}
    of_site = {site: _days(span, inventory.sites[site].timezone) for site, span in made.spans.items()}
    for n in members:
        site = made.fleet.sites[made.fleet.site[made.places[n]]]
        days.setdefault(of_site[site], []).append(n)
    return days


def _days(span: Span, timezone: str) -> tuple[date, date]:
    first, last = (at.astimezone(ZoneInfo(timezone)).date() for at in (span[0], span[1] - HOUR))
    return first, last + timedelta(days=1)


def _alive(made: Summed) -> Summed:
    """Leave out sites without data where none was named, as `tools.facts.uses_meant` does."""
    valid = np.sum([one.valid_hours for one in made.sums], axis=0)
    share = valid / np.sum([one.span_hours for one in made.sums], axis=0)
    site = made.fleet.site[made.places]
    kept = np.flatnonzero(np.isin(site, np.unique(site[share >= ALIVE_SHARE])))
    if not len(kept) or len(kept) == len(site):
        return made
    return replace(made, places=made.places[kept], sums=[one.of(kept) for one in made.sums])
