"""The rows behind a fact: every hour it could have used, whether it did, and why not.

Pure over `Readings`. It agrees with `tools.compute`: a statistic of the used amounts is the fact's value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateway.evidence_sides import Side, sides_of
from tools.evidence import Evidence
from tools.figures import Values
from tools.readings import Flag, HourlySeries, Inventory, Readings
from tools.slices import Slice, slices
from tools.use import FACTOR_KIND, Use, meter_kind, part, uses

HOUR_S = 3600
USED, NOT_ASKED, NO_FACTOR, NOT_JOINT, NO_VALUE = "used", "not_asked", "no_factor", "not_joint", "no_value"
REASONS = {
    USED: "used",
    NOT_ASKED: "not among the hours asked for",
    NO_FACTOR: "no carbon factor or price for the hour",
    NOT_JOINT: "another of the buildings has no reading for the hour",
    NO_VALUE: "the row has no value",
    "absent": "no reading",
    "zero_as_missing": "a 0 of an electricity meter is a missing reading",
    "sentinel": "a value that means none, such as -9999",
    "negative": "below zero",
    "duplicate": "a second row for the hour, or a later meter has taken over",
    "excluded": "taken out by a person",
}
CODES = tuple(REASONS)


@dataclass(frozen=True, slots=True, eq=False)
class BuildingRows:
    """Hours of one building on one side of a fact, in order; arrays of equal length.

    `at`: start of the hour, seconds since 1970 UTC. `meter` indexes `meters`, -1 where no meter is. `values` and
    `flags` are as stored; `factor` is NaN where none applies. `amounts` is what a fact takes, NaN where the hour does
    not count. `reason` indexes `CODES`; 0 is used.
    """

    side: str
    building: str
    timezone: str
    kind: str
    meters: tuple[str, ...]
    at: NDArray[np.int64]
    meter: NDArray[np.int64]
    values: Values
    flags: NDArray[np.uint8]
    factor: Values
    amounts: Values
    reason: NDArray[np.int64]

    def counts(self) -> dict[str, int]:
        """Return how many rows have each reason, `used` first."""
        found = np.bincount(self.reason, minlength=len(CODES))
        return {code: int(n) for code, n in zip(CODES, found, strict=True) if n}


async def rows_of(evidence: Evidence, readings: Readings, inventory: Inventory) -> list[BuildingRows]:
    """Return the rows of each side and building of a fact.

    Raises `NoData` where the data has no such sides now, `DataUnavailable` where the store does not answer.
    """
    sides = await sides_of(evidence, readings, inventory)
    return [rows for side in sides for rows in await _of_side(side, readings, inventory)]


async def _of_side(side: Side, readings: Readings, inventory: Inventory) -> list[BuildingRows]:
    found = await uses(readings, inventory, side.buildings, side.query.period, side.query.measure)
    cut = {b: part(u, side.start or u.start, side.end or u.end) for b, u in found.items()}
    masks = {b: _mask(side, use, inventory) for b, use in cut.items()}
    joint = np.all([np.isfinite(u.hours) for u in cut.values()], axis=0) if side.joint else None
    return [await _of_building(side, found[b], cut[b], masks[b], joint, readings, inventory) for b in cut]


def _mask(side: Side, use: Use, inventory: Inventory) -> NDArray[np.bool_]:
    """Tell which hours of a use the side asks for: those of its part of the day or week, and of its group."""
    if side.key is None or side.query.group not in ("weekday", "hour"):
        return Slice((use,), use.start, use.end, side.query.hours).mask(use)
    return next(s for s in slices(side.query, [use], inventory) if s.key == side.key).mask(use)


async def _of_building(
    side: Side,
    whole: Use,
    cut: Use,
    mask: NDArray[np.bool_],
    joint: NDArray[np.bool_] | None,
    readings: Readings,
    inventory: Inventory,
) -> BuildingRows:
    kind = FACTOR_KIND.get(side.query.measure)
    factor = inventory.site_meter(whole.site, kind) if kind else None
    wanted = [*whole.meters, *([factor.id] if factor else [])]
    series = await readings.hourly(wanted, whole.start, whole.end) if wanted else {}
    stored = _stored([series[m] for m in whole.meters], len(whole.hours))
    first = max(int((cut.start - whole.start).total_seconds()) // HOUR_S, 0)
    window = slice(first, first + len(cut.hours))
    grid_start = next((s.start for s in series.values()), whole.start)
    at = int(grid_start.timestamp()) + HOUR_S * np.arange(len(whole.hours), dtype=np.int64)
    factors = _valid(series[factor.id], len(whole.hours)) if factor else np.full(len(whole.hours), np.nan)
    values, flags = stored.values[window], stored.flags[window]
    reason = _reasons(values, flags, factors[window] if kind else None, mask, joint)
    return BuildingRows(
        side=side.name,
        building=cut.building,
        timezone=inventory.sites[cut.site].timezone,
        kind=meter_kind(side.query.measure),
        meters=whole.meters,
        at=at[window],
        meter=stored.meter[window],
        values=values,
        flags=flags,
        factor=factors[window],
        amounts=np.where(reason == 0, cut.hours, np.nan),
        reason=reason,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Stored:
    """Hours as the store has them: which of the meters decides, its value, its flag."""

    meter: NDArray[np.int64]
    values: Values
    flags: NDArray[np.uint8]


def _stored(series: Sequence[HourlySeries], n: int) -> _Stored:
    """Return `n` stored hours of successive meters.

    As in `tools.use`: from its first valid hour on, the later meter alone counts.
    """
    meter = np.full(n, 0 if series else -1, np.int64)
    values, flags = np.full(n, np.nan), np.full(n, int(Flag.ABSENT), np.uint8)
    for index, one in enumerate(series):
        valid = np.flatnonzero(np.isfinite(_valid(one, n)))
        begin = 0 if index == 0 else int(valid[0]) if len(valid) else n
        end = min(n, len(one.values))
        meter[begin:], values[begin:], flags[begin:] = index, np.nan, Flag.ABSENT
        values[begin:end], flags[begin:end] = one.values[begin:end], one.flags[begin:end]
    return _Stored(meter, values, flags)


def _valid(one: HourlySeries, n: int) -> Values:
    """Return the values that count, NaN elsewhere, as `n` hours."""
    values = np.full(n, np.nan)
    end = min(n, len(one.values))
    values[:end] = np.where(one.valid(), one.values, np.nan)[:end]
    return values


def _reasons(
    values: Values,
    flags: NDArray[np.uint8],
    factors: Values | None,
    mask: NDArray[np.bool_],
    joint: NDArray[np.bool_] | None,
) -> NDArray[np.int64]:
    """Return why each hour does not count, 0 where it does; what was not asked for outweighs what is wrong with it."""
    reason = np.zeros(len(values), np.int64)
    if joint is not None:
        reason[~joint] = CODES.index(NOT_JOINT)
    if factors is not None:
        reason[~np.isfinite(factors)] = CODES.index(NO_FACTOR)
    reason[~np.isfinite(values)] = CODES.index(NO_VALUE)
    for flag in Flag:
        if flag not in (Flag.OK, Flag.ZERO_GAS):
            reason[flags == flag] = CODES.index(flag.name.lower())
    reason[~mask] = CODES.index(NOT_ASKED)
    return reason
