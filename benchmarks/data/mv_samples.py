"""The sample meters of eemeter (Apache-2.0), whose balance points and savings are known because they were simulated.

`mv_meters.json` says where they come from. The year before the work and the year after are those of the sample's own
blackout dates; every reading after the work is nine tenths of what it would have been.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from tools.baseline import DateSpan
from tools.clock import LocalClock, clock
from tools.figures import Values

HERE = Path(__file__).parent
TIMEZONE = "America/Chicago"
SAVED = 0.1
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One meter: hourly use (kWh, or therm for gas), outdoor temperature, and what is true of it."""

    name: str
    start: datetime
    hours: Values
    temperature_degc: Values
    clock: LocalClock
    baseline: DateSpan
    reporting: DateSpan
    heating_balance_degf: float | None
    cooling_balance_degf: float | None

    @property
    def is_gas(self) -> bool:
        """Tell whether it burns gas."""
        return self.name.startswith("gas")


def samples() -> list[Sample]:
    """Return the four meters: heating and cooling, cooling alone, heating alone, neither."""
    table = pq.read_table(HERE / "mv_meters.parquet")
    known = json.loads((HERE / "mv_meters.json").read_text())["meters"]
    start, degc = table.column("at")[0].as_py(), (_column(table, "temperature_degf") - 32.0) / 1.8
    return [_sample(name, start, _column(table, name), degc, about) for name, about in known.items()]


def _column(table: "pq.Table", name: str) -> Values:
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)


def _sample(name: str, start: datetime, hours: Values, degc: Values, about: dict[str, str | float]) -> Sample:
    blackout, last = (date.fromisoformat(str(about[f"blackout_{at}_date"])) for at in ("start", "end"))
    first = last + timedelta(days=1)
    heating, cooling = (about.get(f"baseline_{kind}_balance_point") for kind in ("heating", "cooling"))
    return Sample(
        name=name,
        start=start,
        hours=hours,
        temperature_degc=degc,
        clock=clock(TIMEZONE, start, len(degc)),
        baseline=DateSpan(blackout - YEAR, blackout),
        reporting=DateSpan(first, first + YEAR),
        heating_balance_degf=None if heating is None else float(heating),
        cooling_balance_degf=None if cooling is None else float(cooling),
    )
