"""The catalog of shipped data: which sites, buildings and meters there are, and what is known of their faults."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from memory.units import DEFAULT_UNIT, UNITS
from tools.readings import Building, Direction, Fault, Meter, MeterKind, Site, SiteSettings

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Source:
    """A meter as the catalog names it, before its readings are seen. `unit` is what the file writes."""

    id: str
    site: str
    building: str | None
    kind: MeterKind
    unit: str
    direction: Direction = "import"

    def meter(self, first: datetime, last_end: datetime) -> Meter:
        """Return the meter once its readings are known to lie in [first, last_end), UTC."""
        unit = UNITS[self.unit].stored
        return Meter(self.id, self.site, self.kind, unit, first, last_end, self.building, self.direction)


@dataclass(frozen=True, slots=True)
class Catalog:
    """What `catalog.yaml` says. `files` maps a site to its Parquet file."""

    sites: tuple[Site, ...]
    buildings: tuple[Building, ...]
    sources: tuple[Source, ...]
    files: Mapping[str, Path]
    faults: tuple[Mapping[str, Any], ...]

    def faults_of(self, meter: Meter) -> list[Fault]:
        """Return the written faults of a meter; a span or count that is not written is the meter's own."""
        return [_fault(meter, entry) for entry in self.faults if meter.id in entry["meters"]]


def read_catalog(folder: Path = DATA) -> Catalog:
    """Read `catalog.yaml` of a data folder."""
    import yaml  # type: ignore[import-untyped]

    document = yaml.safe_load((folder / "catalog.yaml").read_text(encoding="utf-8"))
    sites = document["sites"]
    return Catalog(
        sites=tuple(_site(key, entry) for key, entry in sites.items()),
        buildings=tuple(_building(b, site, entry) for site, s in sites.items() for b, entry in s["buildings"].items()),
        sources=tuple(source for site, entry in sites.items() for source in _sources(site, entry)),
        files={site: folder / entry["readings"] for site, entry in sites.items()},
        faults=tuple(document["faults"]),
    )


def _site(key: str, entry: Mapping[str, Any]) -> Site:
    settings = SiteSettings(**entry.get("settings", {}))
    return Site(key, entry["name"], entry["timezone"], entry.get("currency"), tuple(entry["aliases"]), settings)


def _building(key: str, site: str, entry: Mapping[str, Any]) -> Building:
    about = {field: entry.get(field) for field in ("use", "area_m2", "floors", "year_built")}
    return Building(key, entry["name"], site, tuple(entry["aliases"]), **about)


def _sources(site: str, entry: Mapping[str, Any]) -> Iterator[Source]:
    for key, unit in entry["series"].items():
        yield Source(f"{site}/{key}", site, None, _kind(key), unit)
    for building, about in entry["buildings"].items():
        for key, unit in about.get("meters", {}).items():
            yield Source(f"{building}/{key}", site, building, _kind(key), unit)


def _kind(key: str) -> MeterKind:
    kind = key.partition("/")[0]
    if kind not in DEFAULT_UNIT:
        raise ValueError(f"the catalog has a meter of kind {kind!r}; known are {', '.join(DEFAULT_UNIT)}")
    return kind


def _fault(meter: Meter, entry: Mapping[str, Any]) -> Fault:
    start, end = entry.get("start", meter.first), entry.get("end", meter.last_end)
    hours = entry.get("hours", math.ceil((end - start).total_seconds() / 3600))
    return Fault(meter.id, entry["kind"], start, end, hours, entry["note"], entry["open"])
