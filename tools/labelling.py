"""What a computed figure can show of a building: the grounds on which its label may be lowered.

Every figure is made from readings and begins RESTRICTED, as they are. Which rule lowers it, if any, is for
`privacy.declassify` and the policy; here is only said what such a rule looks at.
"""

from zoneinfo import ZoneInfo

import numpy as np

from privacy.declassify import Grounds
from privacy.labels import Label
from tools.energy_query import EnergyQuery
from tools.picked_hours import PickedHours
from tools.readings import Inventory
from tools.slices import Slice
from tools.tariffs import tells_tariff
from tools.use import Use

SOURCE = "tool.energy"
LABEL = Label.RESTRICTED
"""The label of a figure until a rule lowers it."""
SHOWS_HOURS = ("peak", "minimum")


def grounds_of(query: EnergyQuery, one: Slice, other: Slice | None, inventory: Inventory) -> Grounds:
    """Return the grounds of a figure over a slice, and of the one that it was compared with.

    A load by the hour or the day, of some weekdays or hours, an hour of its own, or a daily pattern shows when people
    come and go; a cost under a tariff shows what was agreed.
    """
    sides = [one, other] if other else [one]
    parts = _parts(query, one) if not other else np.empty(0)
    shortest = min(sides, key=lambda s: s.end - s.start)
    return Grounds(
        source=SOURCE,
        start=shortest.start,
        end=shortest.end,
        buildings=tuple(dict.fromkeys(b for s in sides for b in s.buildings)),
        whole_months=all(_covers_months(use, inventory) for side in sides for use in side.uses),
        shows_hours=query.group in ("hour", "weekday", "day")
        or query.statistic in SHOWS_HOURS
        or any(isinstance(hours, PickedHours) for hours in (query.hours, query.against_hours))
        or tells_tariff(query, [u for side in sides for u in side.uses], inventory),
        contributors=int(np.count_nonzero(parts)),
        largest_share=float(parts.max() / parts.sum()) if parts.sum() > 0 else 1.0,
    )


def _covers_months(use: Use, inventory: Inventory) -> bool:
    """Tell whether a use begins and ends with a month where its building stands."""
    zone = ZoneInfo(inventory.sites[use.site].timezone)
    borders = (at.astimezone(zone) for at in (use.start, use.end))
    return all((at.day, at.hour, at.minute) == (1, 0, 0) for at in borders)


def _parts(query: EnergyQuery, one: Slice) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what each building has in a sum, kWh or the like; nothing where the figure is no sum."""
    if query.statistic != "total":
        return np.empty(0)
    return np.array([np.nansum(np.maximum(hours, 0.0)) for hours in one.series()])
