"""A slice is what one figure is computed from: some buildings, a span, and which of its hours count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tools.clock import key_name, key_span
from tools.energy_query import EnergyQuery, Group, Hours, Statistic
from tools.figures import Figure, Values, figure, together
from tools.readings import Inventory
from tools.use import Use, part

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Slice:
    """Uses of one or more buildings over [start, end), UTC. `key` names the group it stands for: '2019-03', '07:00'."""

    uses: tuple[Use, ...]
    start: datetime
    end: datetime
    hours: Hours = "all"
    key: str | None = None
    only: tuple[Group, int] | None = None

    @property
    def buildings(self) -> tuple[str, ...]:
        """Return the ids of its buildings."""
        return tuple(u.building for u in self.uses)

    def mask(self, use: Use) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which hours of a use are in the slice."""
        mask = use.clock.among(self.hours)
        if self.only:
            group, key = self.only
            mask = mask & (use.clock.keys(group) == key)
        return mask

    def series(self) -> list[Values]:
        """Return the hours of each building that are in the slice."""
        return [u.hours[self.mask(u)] for u in self.uses]

    def figure(self, statistic: Statistic) -> Figure | None:
        """Return a statistic of all its buildings at once; None where no hour counts."""
        return figure(statistic, together(self.series(), statistic))

    def hour_at(self, index: int) -> datetime:
        """Return the UTC start of the slice's `index`-th hour."""
        use = self.uses[0]
        return use.start + int(np.flatnonzero(self.mask(use))[index]) * HOUR


def slices(query: EnergyQuery, found: Iterable[Use], inventory: Inventory) -> list[Slice]:
    """Cut uses into the slices of the query's group, in order; one slice where there is none."""
    uses = tuple(found)
    if query.group == "building":
        return [Slice((u,), u.start, u.end, query.hours, key=u.building) for u in uses]
    start, end = min(u.start for u in uses), max(u.end for u in uses)
    whole = Slice(uses, start, end, query.hours)
    if query.group in ("year", "quarter", "month", "day"):
        return _calendar(query, uses, inventory)
    if query.group in ("weekday", "hour"):
        count = 7 if query.group == "weekday" else 24
        return [Slice(uses, start, end, query.hours, key_name(query.group, k), (query.group, k)) for k in range(count)]
    return [whole]


def _calendar(query: EnergyQuery, uses: tuple[Use, ...], inventory: Inventory) -> list[Slice]:
    """Cut into calendar years, quarters, months or days of the (first) site's time; the ends may be parts of one."""
    timezone = inventory.sites[uses[0].site].timezone
    keys = sorted({int(k) for u in uses for k in np.unique(u.clock.keys(query.group))})
    made = []
    for key in keys:
        first, last = key_span(query.group, key, timezone)
        start, end = max(first, min(u.start for u in uses)), min(last, max(u.end for u in uses))
        parts = tuple(part(u, start, end) for u in uses if u.start < end and u.end > start)
        made.append(Slice(parts, start, end, query.hours, key_name(query.group, key)))
    return made
