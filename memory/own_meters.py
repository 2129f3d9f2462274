"""The series of a file, gathered by the meter that they belong to."""

from dataclasses import dataclass, field

from memory.catalog import Source
from memory.errors import BadMapping
from memory.meter_readings import Part
from memory.places import ensure_meter
from memory.postgres import Connection
from memory.raw_rows import RawReadings, Reject
from memory.replaced_meters import before, ensure_export, ensure_sub_meter, ensure_successor, in_succession
from memory.staging import RawSeries, Staging, joined
from memory.treatment import Ints

REPLACED = "a reading of a meter whose successor had begun"


@dataclass(slots=True)
class OwnMeter:
    """One meter of a file: its key and source, and the series that are its own.

    `until`: the meters that came after it, whose first reading ends it.
    """

    key: int
    source: Source
    series: list[int] = field(default_factory=list)
    until: list[list[int]] = field(default_factory=list)


async def own_meters(connection: Connection, site: str, readings: RawReadings, staging: Staging) -> list[OwnMeter]:
    """Return the meters that a file names, added where they are not there yet; two spellings of a name are one meter.

    Raises `BadMapping` where two columns give one meter in different units, or two meters measure the same at once.
    """
    empty: set[int] = set()
    found: dict[int, tuple[Source, dict[str, list[int]]]] = {}
    for number, name in enumerate(readings.names):
        key, source = await ensure_meter(connection, site, name)
        if name.direction == "export":
            empty.add(key)
            key, source = await ensure_export(connection, source)
        elif name.sub_meter:
            empty.add(key)
            key, source = await ensure_sub_meter(connection, source, name.sub_meter)
        meters = found.setdefault(key, (source, {}))[1]
        meters.setdefault(name.meter, []).append(number)
        _check_columns(readings, source, [n for series in meters.values() for n in series])
    result: list[OwnMeter] = []
    for key, (source, meters) in found.items():
        result += await _successive(connection, key, source, meters, staging)
    await _forget(connection, empty - {meter.key for meter in result})
    return sorted(result, key=lambda meter: staging.order(meter.series[0]))


async def _forget(connection: Connection, keys: set[int]) -> None:
    """Take meters away again that were only added to find their building."""
    gone = "DELETE FROM meters WHERE meter_id = ANY(%s) AND first_at IS NULL"
    await connection.execute(gone, (list(keys),))


def _check_columns(readings: RawReadings, source: Source, series: list[int]) -> None:
    """Refuse two columns of one meter in different units; rows and cells may say their own."""
    names: dict[str, str] = {}
    for number in series:
        names.setdefault(readings.columns[number], readings.names[number].unit)
    if len(set(names.values())) > 1:
        both = " and in ".join(names.values())
        raise BadMapping(f"the file gives {source.id} in {both}; leave one column out")


async def _successive(
    connection: Connection, key: int, source: Source, meters: dict[str, list[int]], staging: Staging
) -> list[OwnMeter]:
    if len(meters) == 1:
        return [OwnMeter(key, source, next(iter(meters.values())))]
    times: dict[str, Ints] = {meter: _raw(staging, series).at for meter, series in meters.items()}
    ordered = in_succession(source.id, times)
    result: list[OwnMeter] = []
    for n, meter in enumerate(ordered):
        own_key, own_source = (key, source) if n == 0 else await ensure_successor(connection, source, meter)
        result.append(OwnMeter(own_key, own_source, meters[meter], [meters[later] for later in ordered[n + 1 :]]))
    return result


def _raw(staging: Staging, series: list[int]) -> RawSeries:
    return joined([staging.readings(number) for number in series])


def parts_of(meter: OwnMeter, readings: RawReadings, staging: Staging) -> tuple[list[Part], list[Reject]]:
    """Return the readings of a meter by series, and those that are refused since its successor had begun."""
    parts, rejects = [], []
    successors = [_raw(staging, series).at for series in meter.until]
    for number in meter.series:
        raw, name = staging.readings(number), readings.names[number]
        kept = before(raw.at, successors)
        gone = range(len(kept), len(raw.at))
        rejects += [Reject(int(raw.lines[n]), f"{meter.source.id}: {raw.values[n]:g}", REPLACED) for n in gone]
        raw = RawSeries(raw.at[kept], raw.values[kept], raw.lines[kept])
        parts.append(Part(name, raw, readings.interval_s(number)))
    return parts, rejects
