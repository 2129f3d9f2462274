"""When a building starts and stops, as facts inferred from its load."""

from dataclasses import dataclass
from statistics import median

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.site_terms import holidays_at, hours_told
from tools.analyses.timed_use import TimedUse, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart
from tools.clock import WEEKDAYS
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Hours
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME
from tools.figures import daily_shape
from tools.labelling import LABEL
from tools.picked_hours import PickedHours, days_words
from tools.profiles.schedule import Operation, Schedule
from tools.profiles.schedule import schedule as schedule_of
from tools.readings import Inventory, Readings
from tools.wording import clock_time, listed, named

METHOD = (
    "the load is nearer its near-peak than its near-base of the day (Price 2010, LBNL-3713E); median of the open days"
)
DAYS: dict[Hours, range] = {"all": range(5), "weekday": range(5), "weekend": range(5, 7)}
WORDS: dict[Hours, str] = {"all": "Monday to Friday", "weekday": "Monday to Friday", "weekend": "at weekends"}


@dataclass(frozen=True, slots=True)
class _Run:
    """Operation of a weekday that is open."""

    weekday: str
    start: float
    end: float
    sure: str

    @property
    def hours(self) -> float:
        """Return how long it is, h; an end that is not after the start is on the next day."""
        return self.end - self.start if self.end > self.start else self.end + 24 - self.start


async def schedule(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the local hour at which a building starts on working days, when it stops, and both for each weekday.

    `hours` weekend asks for Saturday and Sunday, picked weekdays for those alone. A rank is by the start, earliest
    first. Raises `BadQuestion` for a part of the day and for other measures, `NoData` where the load shows no
    schedule, and as `answered` does.
    """
    require_energy(query, "a schedule")
    _days(query.hours)
    method = Method(
        noun=f"start of operation {_when(query.hours)}",
        load=lambda q: timed_uses(q, readings, inventory, "record"),
        tell=lambda one: _told(query, one, inventory),
        lowest_first=True,
        most=1_000,
        extremes=("latest", "earliest"),
    )
    return await answered(query, inventory, method)


def _days(hours: Hours) -> list[str]:
    """Return the names of the days that are asked about. Raises `BadQuestion` for a part of a day."""
    if isinstance(hours, PickedHours) and hours.from_hour is None:
        return [day.capitalize() for day in hours.weekdays]
    if hours not in DAYS:
        raise BadQuestion(f"a schedule is of whole days, not of the {hours}; ask for weekdays or weekends")
    return [WEEKDAYS[d] for d in DAYS[hours]]


def _when(hours: Hours) -> str:
    return f"on {days_words(hours.weekdays)}" if isinstance(hours, PickedHours) else WORDS[hours]


def _told(query: EnergyQuery, one: TimedUse, inventory: Inventory) -> Told:
    found = schedule_of(one.use.hours, one.use.clock, holidays_at(inventory, one.use.site, one.use.clock))
    runs = [_run(op) for op in found.weekdays if op.is_open]
    wanted = _days(query.hours)
    own = [run for run in runs if run.weekday in wanted]
    who = named(one.building, inventory)
    if not own:
        raise NoData(f"by its load, {who} does not run {_when(query.hours)} {one.when}")
    findings = tuple(_findings(query, one, own, runs))
    notes = (*found.notes, *hours_told(inventory, one.use.site, one.building))
    return Told(findings, _words(query, one, own, found, who) + one.ends, one.when, _chart(one), notes)


def _run(op: Operation) -> _Run:
    return _Run(op.weekday, op.start_hour or 0.0, op.end_hour or 0.0, op.confidence)


def _start(own: list[_Run]) -> float:
    return median(run.start for run in own)


def _end(own: list[_Run]) -> float:
    """Return the median end as an hour of the day, 24 for midnight; ends past it count as later."""
    end = median(run.start + run.hours for run in own)
    return end if end <= 24 else end - 24


def _findings(query: EnergyQuery, one: TimedUse, own: list[_Run], runs: list[_Run]) -> list[Finding]:
    fuel = MEASURE_NAME[query.measure]

    def finding(name: str, value: float, unit: str, method: str, group: str | None = None) -> Finding:
        return one.finding(f"{fuel} {name}", value, unit, method, group=group)

    made = [
        finding("start of operation", _start(own), "hour_of_day", METHOD),
        finding("end of operation", _end(own), "hour_of_day", METHOD),
        finding("hours of operation a week", sum(run.hours for run in runs), "h", f"{METHOD}; sum of the weekdays"),
    ]
    for run in runs:
        method = f"{METHOD}; {run.sure} confidence"
        made.append(finding("start of operation", run.start, "hour_of_day", method, run.weekday))
        made.append(finding("end of operation", run.end, "hour_of_day", method, run.weekday))
    return made


def _words(query: EnergyQuery, one: TimedUse, own: list[_Run], found: Schedule, who: str) -> str:
    of = " by its gas load" if query.measure == "gas" else " by its load"
    text = (
        f"{who} starts at about {clock_time(_start(own))} and stops at about {clock_time(_end(own))} "
        f"{_when(query.hours)} {one.when}, local time, judged{of} (known to about an hour)."
    )
    closed = [op.weekday for op in found.weekdays if not op.is_open]
    unsure = [run.weekday for run in own if run.sure == "low"]
    text += f" It hardly runs on {listed(closed)}." if closed else ""
    return text + (f" The hours of {listed(unsure)} are unsure." if unsure else "")


def _chart(one: TimedUse) -> Chart | None:
    """Draw the mean working day."""
    hours = np.where(one.use.clock.weekday < 5, one.use.hours, np.nan)
    shape = daily_shape(hours, one.use.clock.hour)
    if not np.isfinite(shape).any():
        return None
    labels = tuple(f"{h:02d}:00" for h in range(24))
    title = f"mean day, Monday to Friday, of {one.building}, {one.when.split(' ', 1)[1]}"
    return Chart(title=title, unit="kW", labels=labels, values=tuple(map(float, shape)), kind="line", label=LABEL)
