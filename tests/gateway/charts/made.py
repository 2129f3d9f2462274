"""Charts of every kind, small and of known values, with the gaps that readings have."""

import math
from datetime import datetime, timedelta

from privacy.labels import Label
from tools.chart import Chart, Series

NAN = math.nan
HOSTILE = (
    '</script><script>document.title="run"</script><img src=http://127.0.0.1:9/x onerror=alert(1)>\x1b[2J\u202e$a$'
)
HOURS = tuple(f"{h:02d}:00" for h in range(24))
DAYS = tuple(str((datetime(2019, 3, 25) + timedelta(days=d)).date()) for d in range(14))
AHEAD = tuple(f"{datetime(2020, 10, 24) + timedelta(hours=h):%Y-%m-%d %H:%M}" for h in range(48))


def wave(n: int, low: float = 10.0, high: float = 30.0) -> tuple[float, ...]:
    """Return n values that rise and fall once a day."""
    return tuple(low + (high - low) * (1 - math.cos(2 * math.pi * (k % 24) / 24)) / 2 for k in range(n))


def ranking(name: str = "b4") -> Chart:
    """Return bars of buildings, one of them without a value and one below zero."""
    labels = ("b105", name, "b8", "b22")
    return Chart("electricity use by building, 2019", "kWh", labels, (7.4e6, 132e3, NAN, -5e5), "bar", Label.INTERNAL)


def months() -> Chart:
    """Return standing bars of a year with a second row beside them and an interval."""
    labels = tuple(f"2019-{m:02d}" for m in range(1, 13))
    values = tuple(600.0 + 40 * m for m in range(12))
    before = Series("2018", tuple(v * 1.2 for v in values))
    band = Series("90 % interval", tuple(v - 50 for v in values), tuple(v + 50 for v in values))
    return Chart("electricity use by month, b4", "kWh", labels, values, "bar", Label.INTERNAL, (before, band))


def day() -> Chart:
    """Return the mean day of a building."""
    return Chart("mean day of b4, 2019", "kW", HOURS, wave(24), "line", Label.RESTRICTED)


def day_types() -> Chart:
    """Return mean days by their type, as several lines."""
    series = (Series("Saturday", wave(24, 8, 14)), Series("Sunday", wave(24, 7, 9)), Series("holiday", (NAN,) * 24))
    return Chart("working day, b4", "kW", HOURS, wave(24), "line", Label.RESTRICTED, series)


def found_days() -> Chart:
    """Return days with two that stand out, as dots among gaps."""
    odd = tuple(40.0 if n in (3, 9) else NAN for n in range(14))
    values = tuple(NAN if n == 6 else 20.0 + n for n in range(14))
    return Chart("daily use of b4", "kWh", DAYS, values, "line", Label.RESTRICTED, (Series("unusual day", odd),))


def duration() -> Chart:
    """Return a falling line over the share of time."""
    labels = tuple(str(p) for p in range(101))
    values = tuple(100 - 0.8 * p for p in range(101))
    return Chart("load duration of b4, 2019", "kW", labels, values, "duration", Label.RESTRICTED)


def heat(days: int = 14) -> Chart:
    """Return hours by days, with one day that is not known and an hour that spring skips."""
    labels = tuple(str((datetime(2019, 3, 25) + timedelta(days=d)).date()) for d in range(days))
    rows = tuple(
        Series(name, tuple(NAN if d == 3 or (d == 6 and h == 1) else 10.0 + h + d % 7 for d in range(days)))
        for h, name in enumerate(HOURS)
    )
    return Chart("b4, hour by day", "kW", labels, (20.0,) * days, "heat", Label.RESTRICTED, rows)


def fan() -> Chart:
    """Return a day that was measured and the next as a forecast; the clock strikes one of its hours twice."""
    labels = (*AHEAD[:25], AHEAD[25], AHEAD[25], *AHEAD[26:47])
    past, ahead = wave(24), wave(24, 11, 31)
    gap = (NAN,) * 24
    band = Series("90 % interval", gap + tuple(v - 4 for v in ahead), gap + tuple(v + 5 for v in ahead))
    series = (band, Series("measured", past + gap), Series("seasonal naive", gap + past))
    return Chart("forecast of b4", "kW", labels, gap + ahead, "fan", Label.RESTRICTED, series)


def baseline() -> Chart:
    """Return metered days beside their baseline, with a gap, below it first and above it then."""
    expected = tuple(100.0 + n for n in range(14))
    metered = tuple(NAN if n == 5 else e + (10 if n > 8 else -15) for n, e in enumerate(expected))
    band = Series("90 % interval", tuple(e - 5 for e in expected), tuple(e + 5 for e in expected))
    return Chart(
        "b4, baseline and use", "kWh", DAYS, metered, "baseline", Label.RESTRICTED, (Series("baseline", expected), band)
    )


EVERY = {
    "ranking": ranking(),
    "months": months(),
    "day": day(),
    "day types": day_types(),
    "found days": found_days(),
    "duration": duration(),
    "heat": heat(),
    "fan": fan(),
    "baseline": baseline(),
}
