"""The load of a building through the day, the week and the year.

`day_types` are mean curves by type of day, `day_kinds` days that are alike whatever the calendar says, `load_duration`
the duration curve with load factor and baseload, `schedule` the hours at which the building runs, `waste` what it uses
while empty, and `peak_driver` what its highest hour went with.
"""

from tools.profiles.clusters import DayKind, DayKinds, day_kinds
from tools.profiles.day_grid import DAY_TYPES, DayGrid, day_grid
from tools.profiles.day_types import DayType, DayTypes, day_types
from tools.profiles.duration import LoadDuration, load_duration
from tools.profiles.opening import OpeningHours
from tools.profiles.peak import Part, PeakDriver, peak_driver
from tools.profiles.schedule import Operation, Schedule, schedule
from tools.profiles.waste import EmptyHours, Waste, waste

__all__ = [
    "DAY_TYPES",
    "DayGrid",
    "DayKind",
    "DayKinds",
    "DayType",
    "DayTypes",
    "EmptyHours",
    "LoadDuration",
    "OpeningHours",
    "Operation",
    "Part",
    "PeakDriver",
    "Schedule",
    "Waste",
    "day_grid",
    "day_kinds",
    "day_types",
    "load_duration",
    "peak_driver",
    "schedule",
    "waste",
]
