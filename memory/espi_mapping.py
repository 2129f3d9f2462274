"""Which meter is which in a Green Button file: its entries tied together, and shown as a mapping to confirm."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from memory.columns import ColumnMapping, ValueColumn
from memory.csv_table import TableShape
from memory.errors import BadFile
from memory.espi_feed import Entry, entries
from memory.local_time import zone_of
from memory.names import clean_name
from tools.readings import MeterKind

ESPI = "espi"
"""The `encoding` of a `TableShape` that is a Green Button file."""
UTC_SECONDS = "seconds since 1970 UTC"
EXPORTED = "19"  # flowDirection: reverse, from the premises to the grid
_REGISTERS = frozenset(("1", "3", "9"))  # accumulationBehaviour: bulk quantity, cumulative, summation
_UNITS: dict[str, tuple[str, float]] = {
    "72": ("Wh", 1.0),
    "38": ("W", 1.0),
    "31": ("MJ", 1e-6),
    "42": ("m3", 1.0),
    "119": ("ft3", 1.0),
    "132": ("Btu", 1.0),
    "169": ("therm", 1.0),
}
_COMMODITIES: dict[str, MeterKind] = {"1": "electricity", "2": "electricity", "7": "gas"}
_SERVICES: dict[str, MeterKind] = {"0": "electricity", "1": "gas"}


@dataclass(slots=True)
class EspiMeter:
    """One MeterReading. `factor` makes a written value one of `unit`; `refused` says why it cannot be read, if so."""

    href: str
    related: tuple[str, ...]
    title: str = ""
    kind: MeterKind = "electricity"
    unit: str = "Wh"
    factor: float = 1.0
    interval_s: int = 3600
    register: bool = False
    exported: bool = False
    refused: str = ""


@dataclass(slots=True)
class EspiFeed:
    """The meters of a file, by the link that an IntervalBlock names them with."""

    meters: list[EspiMeter] = field(default_factory=list)
    offset_s: int | None = None
    """How far the file's own local standard time is from UTC, where it says so."""

    def meter_of(self, block: Entry) -> int | None:
        """Return the index of the meter that a block of readings belongs to, or None where nothing says it."""
        hrefs = [href for relation in ("up", "self") for href in block.links.get(relation, [])]
        for number, meter in enumerate(self.meters):
            if any(_is_below(href, meter.href) or href in meter.related for href in hrefs):
                return number
        return 0 if len(self.meters) == 1 else None


def read_feed(path: Path) -> EspiFeed:
    """Return the meters of a file. Raises `BadFile` where it has no readings, or is no Green Button file."""
    points: dict[str, Entry] = {}
    types: dict[str, Entry] = {}
    readings: list[Entry] = []
    blocks, offset = 0, ""
    for entry in entries(path):
        key = next(iter(entry.links.get("self", [])), "")
        if entry.kind == "UsagePoint":
            points[key] = entry
        elif entry.kind == "ReadingType":
            types[key] = entry
        elif entry.kind == "MeterReading":
            readings.append(entry)
        elif entry.kind == "LocalTimeParameters":
            offset = entry.said.get("tzOffset", offset)
        blocks += entry.kind == "IntervalBlock"
    if not blocks:
        raise BadFile(f"{path.name} has no IntervalBlock; ask for Green Button interval data, or for a CSV")
    readings = readings or [Entry("MeterReading")]
    meters = [_meter(entry, points, types, alone=len(readings) == 1) for entry in readings]
    return EspiFeed(meters, _integer(offset, 0) if offset else None)


def _meter(entry: Entry, points: dict[str, Entry], types: dict[str, Entry], *, alone: bool) -> EspiMeter:
    href = next(iter(entry.links.get("self", [])), "")
    related = tuple(entry.links.get("related", []))
    point = next((p for key, p in points.items() if _is_below(href, key)), None)
    kind_of = next((types[key] for key in related if key in types), None)
    kind_of = kind_of or next((t for key, t in types.items() if _is_below(key, href)), None)
    if kind_of is None and alone and len(types) == 1:
        kind_of = next(iter(types.values()))
    if point is None and len(points) == 1:
        point = next(iter(points.values()))
    title = (point.said.get("title") if point else None) or entry.said.get("title") or ""
    meter = EspiMeter(href, related, clean_name(title))
    service = point.said.get("kind", "0") if point else "0"
    return _described(meter, kind_of.said if kind_of else {}, service)


def _described(meter: EspiMeter, said: dict[str, str], service: str) -> EspiMeter:
    """Fill in what the reading type says; a missing one is Wh an hour, as the plainest files have it."""
    uom = said.get("uom", "72")
    unit, factor = _UNITS.get(uom, ("", 1.0))
    kind = _COMMODITIES.get(said.get("commodity", "")) or _SERVICES.get(service)
    meter.interval_s = _integer(said.get("intervalLength"), 3600)
    meter.factor = factor * 10.0 ** max(-18, min(18, _integer(said.get("powerOfTenMultiplier"), 0)))
    meter.register = said.get("accumulationBehaviour") in _REGISTERS
    meter.exported = said.get("flowDirection") == EXPORTED
    meter.unit, meter.kind = unit or "Wh", kind or "electricity"
    if kind is None:
        meter.refused = "neither electricity nor gas"
    elif not unit:
        meter.refused = f"unit of measure {uom} of ESPI, which is no energy"
    elif unit in ("m3", "ft3") and kind != "gas":
        meter.refused = WRONG_FLUID
    return meter


WRONG_FLUID = "a volume of something other than gas"


def espi_mapping(path: Path, timezone: str) -> ColumnMapping:
    """Return how a Green Button file is read: one column a meter. `timezone` is the site's; moments are in UTC."""
    feed = read_feed(path)
    columns = column_names(feed, path.stem)
    taken = [(column, meter) for column, meter in zip(columns, feed.meters, strict=True) if not meter.refused]
    refused = [f"{c} is not read: {m.refused}" for c, m in zip(columns, feed.meters, strict=True) if m.refused]
    if not taken:
        raise BadFile(f"{path.name} has no meter that can be read; {'; '.join(refused)}")
    values = tuple(
        ValueColumn(
            column,
            meter.title or path.stem,
            meter.kind,
            meter.unit,
            meter.register,
            "export" if meter.exported else "import",
        )
        for column, meter in taken
    )
    return ColumnMapping(
        shape=TableShape(ESPI, ",", -1, ("start", "duration", *columns)),
        time_columns=("start",),
        time_format=UTC_SECONDS,
        timezone=timezone,
        interval_s=min(meter.interval_s for _, meter in taken),
        layout="wide",
        values=values,
        doubts=(*refused, *_zone_doubt(feed.offset_s, timezone)),
    )


def _zone_doubt(offset_s: int | None, timezone: str) -> tuple[str, ...]:
    """Return a doubt where the file's own standard time is not that of the site: its moments are in UTC either way."""
    standard = datetime(2023, 1, 1, tzinfo=zone_of(timezone)), datetime(2023, 7, 1, tzinfo=zone_of(timezone))
    if offset_s is None or offset_s in {_seconds(at.utcoffset()) for at in standard}:
        return ()
    return (f"the file is from a place at UTC{offset_s / 3600:+g} h, the site is in {timezone}; moments are in UTC",)


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0


def column_names(feed: EspiFeed, stem: str) -> list[str]:
    """Return a name for each meter of a file, each its own."""
    names: list[str] = []
    for number, meter in enumerate(feed.meters, start=1):
        name = " ".join((meter.title or stem, meter.kind, *(["sent to the grid"] if meter.exported else [])))
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _is_below(href: str, above: str) -> bool:
    """Tell whether a link is that of something, or of a part of it."""
    return bool(above) and (href == above or href.startswith(above.rstrip("/") + "/"))


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise


def blocks_of(path: Path, feed: EspiFeed) -> Iterator[tuple[int | None, Entry]]:
    """Yield the blocks of readings of a file, each with the meter it belongs to."""
    for entry in entries(path):
        if entry.readings:
            yield feed.meter_of(entry), entry
