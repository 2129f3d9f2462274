"""How sensitive a computed fact is: by how finely it shows when a building is in use."""

from datetime import datetime, timedelta

from privacy.labels import Label
from tools.energy_query import EnergyQuery

MONTH = timedelta(days=28)
SHOWS_HOURS = ("peak", "minimum")


def label_of(query: EnergyQuery, start: datetime, end: datetime) -> Label:
    """Return the label of a figure over [start, end).

    A load by the hour or the day, an hour of its own, or a daily pattern shows when people come and go: RESTRICTED.
    Amounts over a month or more are INTERNAL. Nothing computed from a meter is public without `declassify`.
    """
    if query.group in ("hour", "weekday", "day") or query.statistic in SHOWS_HOURS or end - start < MONTH:
        return Label.RESTRICTED
    return Label.INTERNAL
