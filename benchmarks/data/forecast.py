"""How good forecasts are, beside last week's same hour and gradient boosting: `python -m benchmarks.data.forecast`.

The electricity of twelve Cambridge buildings, 2019 and 2020, the closures of spring 2020 among them. Every 56 days, on
another day in each building, a week is forecast from what precedes it; no weather forecast is given but where it says
so, where the measured weather stands for a perfect one. MASE is in units of the seasonal naive's error within the
history. Boosting is trained anew at every second origin.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.data.boosting import Boosting
from benchmarks.data.cambridge import BUILDINGS, HOLIDAYS, HOURS, clock_of, electricity, load
from benchmarks.lines import Lines
from tools.figures import Values
from tools.forecast import Forecast, forecast

DAY, WEEK = 24, 168
FIRST, STEP, TRAINED = 365 * DAY, 56 * DAY, 2
LEAST_VALID = 0.9


@dataclass
class Sums:
    """Errors and hits, one entry for each origin."""

    mase: dict[str, list[float]] = field(default_factory=dict)
    covered: dict[str, list[float]] = field(default_factory=dict)
    peaks: list[tuple[bool, bool, float, float]] = field(default_factory=list)
    beats: list[bool] = field(default_factory=list)

    def add(self, what: str, forecast_kwh: Values, actual_kwh: Values, scale: float) -> None:
        """Add the errors of one forecast."""
        left = np.abs(forecast_kwh - actual_kwh)
        self.mase.setdefault(what, []).append(float(left[np.isfinite(left)].mean()) / scale)

    def cover(self, what: str, found: Forecast, actual_kwh: Values) -> None:
        """Add the share of hours inside their interval."""
        n = len(actual_kwh)
        inside = (actual_kwh >= found.low_kwh[:n]) & (actual_kwh <= found.high_kwh[:n])
        self.covered.setdefault(what, []).append(float(inside[np.isfinite(actual_kwh)].mean()))


def origins(kwh: Values, number: int) -> Iterator[int]:
    """Yield the local midnights to forecast from, where past and future have readings enough."""
    midnights = np.flatnonzero(clock_of(0, HOURS).hour == 0)
    for at in range(FIRST + number * 3 * DAY, HOURS - WEEK - DAY, STEP):
        origin = int(midnights[np.searchsorted(midnights, at)])
        known = np.isfinite(kwh)
        if known[origin : origin + WEEK].mean() > LEAST_VALID and known[origin - WEEK : origin].mean() > LEAST_VALID:
            yield origin


def building(kwh: Values, degc: Values, number: int, into: Sums) -> None:
    """Forecast one building from all its origins."""
    trained: Boosting | None = None
    for count, at in enumerate(origins(kwh, number)):
        past, actual = kwh[:at], kwh[at : at + WEEK]
        apart = np.abs(past[WEEK:] - past[:-WEEK])
        scale = float(apart[np.isfinite(apart)].mean())
        week = forecast(past, clock_of(0, at + WEEK), degc[:at], holidays=HOLIDAYS)
        warm = forecast(past, clock_of(0, at + DAY), degc[: at + DAY], holidays=HOLIDAYS)
        if trained is None or count % TRAINED == 0:
            trained = Boosting(kwh, degc, at)
        boosted, naive = trained.forecast(kwh, degc, at), kwh[at - WEEK : at]
        for name, n in (("day", DAY), ("week", WEEK)):
            for who, said in (("ours", week.kwh), ("naive", naive), ("boosting", boosted)):
                into.add(f"{name} {who}", said[:n], actual[:n], scale)
            into.cover(name, week, actual[:n])
        into.add("day ours, weather given", warm.kwh, actual[:DAY], scale)
        into.cover("day, weather given", warm, actual[:DAY])
        _peak(warm, actual[:DAY], naive[:DAY], into)
        if week.skill:
            into.beats.append(week.skill.beats_naive)


def _peak(found: Forecast, actual: Values, naive: Values, into: Sums) -> None:
    """Add how the peak of the day was met: interval, hour, and relative errors of ours and of last week's."""
    if not (np.isfinite(actual).all() and np.isfinite(naive).all()):
        return
    top, spread = float(actual.max()), found.peak.kw
    near = abs(int(actual.argmax()) - found.peak.at) <= 1
    ours, last_week = (abs(value - top) / top for value in (spread.value, float(naive.max())))
    into.peaks.append((spread.low <= top <= spread.high, near, ours, last_week))


def main() -> int:
    """Print all figures; return 1 where one misses its line."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    meters, sums = load(), Sums()
    with threadpool_limits(1):  # where others use the cores, threads that wait for each other take five times as long
        for number, name in enumerate(BUILDINGS):
            building(electricity(meters[f"{name}/electricity"]).kwh, meters["cambridge/temperature"], number, sums)
    return report(sums)


def report(sums: Sums) -> int:
    """Print the figures beside their lines."""
    naive, boosting = Lines("naive"), Lines("boosting")
    mase = {what: float(np.mean(values)) for what, values in sums.mase.items()}
    covered = {what: 100.0 * float(np.mean(values)) for what, values in sums.covered.items()}
    print(f"{len(sums.mase['day ours'])} weeks of {len(BUILDINGS)} buildings")
    for name in ("day", "week"):
        ours = mase[f"{name} ours"]
        naive.line(f"{name} ahead: MASE", ours, mase[f"{name} naive"], most=mase[f"{name} naive"])
        boosting.line(f"{name} ahead: MASE", ours, mase[f"{name} boosting"], most=mase[f"{name} boosting"])
        naive.line(f"{name} ahead: hours inside the 90 % interval, %", covered[name], least=87.0, most=93.0)
    given = mase["day ours, weather given"]
    naive.line("day ahead, weather given: MASE", given, mase["day naive"], most=mase["day ours"])
    naive.line("  hours inside the 90 % interval, %", covered["day, weather given"], least=87.0, most=93.0)
    inside, near, error, error_naive = (float(v) for v in np.mean(np.array(sums.peaks, dtype=np.float64), axis=0))
    naive.line("peak of the day: error, %", 100.0 * error, 100.0 * error_naive, most=100.0 * error_naive)
    naive.line("  inside its 90 % interval, %", 100.0 * inside, least=84.0, most=96.0)
    naive.line("  within an hour of the hour named, %", 100.0 * near)
    naive.line("forecasts that say they beat the naive, %", 100.0 * float(np.mean(sums.beats)))
    naive.missed += boosting.missed
    return naive.end()


if __name__ == "__main__":
    sys.exit(main())
