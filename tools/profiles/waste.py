"""What a building uses while it is empty, beside what it uses while it is occupied.

Nobody is served by most of it, but not all can be saved: servers, frost protection, emergency light. So the avoidable
part is counted against a quiet level that is stated: by default the lowest tenth of the building's own empty hours, a
level it has shown that it can run at; or a share of the occupied level, where one is asked for.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.profiles.opening import OpeningHours

QUIET_PERCENTILE = 10.0
LEAST_HOURS = 48


@dataclass(frozen=True, slots=True)
class EmptyHours:
    """A kind of empty hours. `level_kw`: their median. `percent_of_occupied`: that over the occupied level.

    `kwh`: all that was used in them. `avoidable_kwh`: what lies above the quiet level. Percents of the occupied level
    are None where that is not above zero, or where no such hour is valid.
    """

    name: str
    hours: int
    level_kw: float
    percent_of_occupied: float | None
    kwh: float
    avoidable_kwh: float


@dataclass(frozen=True, slots=True)
class Waste:
    """Use while empty: nights of working days, and days without opening (weekends and holidays).

    `occupied_kw`: median of the open hours. `quiet_kw`: the level that counts as unavoidable. `empty_percent`: share of
    all use that falls into empty hours. `avoidable_percent`: share of all use that is avoidable; None where the use is
    not above zero. `assumption`: when it is empty, and what the quiet level is.
    """

    occupied_kw: float
    quiet_kw: float
    overnight: EmptyHours
    weekend: EmptyHours
    empty_percent: float | None
    avoidable_kwh: float
    avoidable_percent: float | None
    coverage: float
    assumption: str
    notes: tuple[str, ...]


def waste(
    hours: Values,
    clock: LocalClock,
    opening: OpeningHours | None = None,
    holidays: AbstractSet[date] = frozenset(),
    quiet_percent_of_occupied: float | None = None,
) -> Waste:
    """Return what is used overnight and at weekends against the occupied level.

    Raises `NoData` where fewer than 48 open or empty hours are valid, `BadQuestion` for a share outside 0 to 100.
    """
    opening = opening or OpeningHours.usual()
    is_open, valid = opening.mask(clock, holidays), np.isfinite(hours)
    for kind, mask in (("open", is_open), ("empty", ~is_open)):
        count = int((mask & valid).sum())
        if count < LEAST_HOURS:
            raise NoData(
                f"{count} valid {kind} hours are too few to compare; {LEAST_HOURS} are needed ({opening.words})"
            )
    occupied = float(np.median(hours[is_open & valid]))
    quiet, quiet_words = _quiet(hours[~is_open & valid], occupied, quiet_percent_of_occupied)
    closed_day = _closed_days(is_open, clock)
    night = _empty("overnight", hours, ~is_open & ~closed_day & valid, quiet, occupied)
    weekend = _empty("weekends and holidays", hours, closed_day & valid, quiet, occupied)
    total, avoidable = float(hours[valid].sum()), night.avoidable_kwh + weekend.avoidable_kwh
    return Waste(
        occupied_kw=occupied,
        quiet_kw=quiet,
        overnight=night,
        weekend=weekend,
        empty_percent=_percent(night.kwh + weekend.kwh, total),
        avoidable_kwh=avoidable,
        avoidable_percent=_percent(avoidable, total),
        coverage=float(valid.mean()),
        assumption=f"{opening.words}; {quiet_words}",
        notes=_notes(occupied, night, weekend),
    )


def _quiet(empty: Values, occupied: float, percent: float | None) -> tuple[float, str]:
    if percent is None:
        level = float(np.percentile(empty, QUIET_PERCENTILE))
        return level, f"unavoidable is up to {level:.4g} kW, the lowest tenth of the empty hours"
    if not 0 <= percent <= 100:
        raise BadQuestion(f"the quiet level is {percent:g} % of the occupied one; give 0 to 100")
    return percent / 100.0 * occupied, f"unavoidable is up to {percent:g} % of the occupied level, as asked"


def _closed_days(is_open: NDArray[np.bool_], clock: LocalClock) -> NDArray[np.bool_]:
    """Tell which hours belong to a local day without any open hour."""
    day = clock.keys("day")
    row = day - day[0]
    return np.asarray((np.bincount(row, weights=is_open) == 0)[row])


def _empty(name: str, hours: Values, mask: NDArray[np.bool_], quiet: float, occupied: float) -> EmptyHours:
    own = hours[mask]
    level = float(np.median(own)) if len(own) else float("nan")
    share = 100.0 * level / occupied if occupied > 0 and len(own) else None
    return EmptyHours(name, len(own), level, share, float(own.sum()), float(np.maximum(own - quiet, 0.0).sum()))


def _percent(part: float, whole: float) -> float | None:
    return 100.0 * part / whole if whole > 0 else None


def _notes(occupied: float, *kinds: EmptyHours) -> tuple[str, ...]:
    notes = [
        f"the {k.name} level is not below the occupied one: perhaps it is not empty then"
        for k in kinds
        if k.hours and k.level_kw >= occupied
    ]
    notes.append("heat that a building needs while empty counts as avoidable here; it is so only in part")
    return tuple(notes)
