"""What loading a file would do, without a database: read, treated, and told."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from memory.catalog import Source
from memory.columns import ColumnMapping
from memory.meter_readings import Part, arrival_faults, treated
from memory.names import slug
from memory.own_data import DUPLICATE, REPEATED
from memory.quality import find_faults
from memory.raw_files import raw_readings
from memory.raw_rows import RawReadings, Reject, SeriesName
from memory.staging import Staging
from memory.treatment import grid_offset_s
from tools.readings import Fault

MOST_READINGS = 5_000_000
EXAMPLES = 3
FIRST_ROWS = 5


@dataclass(frozen=True, slots=True)
class DrySeries:
    """What a meter of the file would get. `first`, `last_end`: of its hours, UTC; `faults`: to be recorded."""

    name: SeriesName
    readings: int
    hours: int
    valid_hours: int
    first: datetime
    last_end: datetime
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a load would do. `rejected` by reason, with a few `examples`; `first_rows`: moment, meter and value.

    `whole`: whether all of the file was read; of a huge one it is the first part.
    """

    rows: int
    whole: bool
    rejected: dict[str, int]
    examples: tuple[Reject, ...]
    series: tuple[DrySeries, ...]
    first_rows: tuple[tuple[datetime, str, float], ...]


def dry_run(
    path: Path, mapping: ColumnMapping, *, now: datetime | None = None, most_readings: int = MOST_READINGS
) -> DryRun:
    """Read a file as a load would, up to `most_readings`, and write nothing. Raises `BadFile` and `BadMapping`."""
    readings = raw_readings(path, mapping, now=now)
    rejected: Counter[str] = Counter()
    examples: list[Reject] = []
    first: list[tuple[datetime, str, float]] = []
    rows = kept = 0
    whole = True
    with Staging() as staging:
        for block in readings.blocks():
            staging.add(block)
            rows, kept = rows + block.rows, kept + len(block.at)
            for reject in block.rejects:
                rejected[reject.reason] += 1
                examples += [reject] * (rejected[reject.reason] <= EXAMPLES)
            for n in range(min(FIRST_ROWS - len(first), len(block.at))):
                at = datetime.fromtimestamp(int(block.at[n]), UTC)
                first.append((at, _meter_id(readings.names[int(block.series[n])]), float(block.values[n])))
            if kept >= most_readings:
                whole = False
                break
        series = _series(readings, staging, mapping.timezone, rejected)
    return DryRun(rows, whole, dict(rejected.most_common()), tuple(examples), series, tuple(first))


def _series(readings: RawReadings, staging: Staging, timezone: str, rejected: Counter[str]) -> tuple[DrySeries, ...]:
    """Return what each meter would get; second readings for a moment are counted among the rejects."""
    of_meter: dict[tuple[str, str], list[int]] = {}
    for number, name in enumerate(readings.names):
        of_meter.setdefault((_meter_id(name), name.meter), []).append(number)
    found = []
    for (key, _), numbers in of_meter.items():
        parts = [Part(readings.names[n], staging.readings(n), readings.interval_s(n)) for n in numbers]
        parts = [part for part in parts if len(part.raw.at)]
        if not parts:
            continue
        result = treated(parts, offset_s=_offset(int(parts[0].raw.at[0]), timezone))
        rejected.update(REPEATED if one.same else DUPLICATE for one in result.again)
        if not len(result.hours.at):
            continue
        name = parts[0].name
        meter = Source(key, "", name.building, name.kind, name.unit).meter(result.hours.first, result.hours.last_end)
        faults = arrival_faults(meter, timezone, result) + find_faults(meter, timezone, result.hours)
        hours, valid = len(result.hours.at), int(result.hours.valid().sum())
        count = sum(len(part.raw.at) for part in parts)
        found.append(DrySeries(name, count, hours, valid, meter.first, meter.last_end, tuple(faults)))
    return tuple(found)


def _meter_id(name: SeriesName) -> str:
    return f"{slug(name.building or '') or name.building or 'site'}/{name.kind}"


def _offset(at: int, timezone: str) -> int:
    offset = datetime.fromtimestamp(at, ZoneInfo(timezone)).utcoffset() or timedelta()
    return grid_offset_s(-int(offset.total_seconds()))
