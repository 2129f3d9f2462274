"""The shipped readings, treated: from Parquet files to hours with their faults. Touches no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from memory.catalog import Catalog, Source
from memory.quality import Origin, find_faults, loading_faults, successive_fault
from memory.treatment import Floats, Hours, Ints, grid_offset_s, treat
from tools.readings import Fault, Flag, Meter


@dataclass(frozen=True, slots=True)
class TreatedMeter:
    """A meter with its hours and what is known of their faults, by origin: `computed`, `loaded`, `catalog`."""

    source: Source
    meter: Meter
    hours: Hours
    faults: Mapping[Origin, list[Fault]]


def treated_meters(catalog: Catalog) -> list[TreatedMeter]:
    """Return every meter of the catalog, treated by the rules of the house."""
    raw = {meter: readings for path in catalog.files.values() for meter, readings in _read(path)}
    return [
        treated
        for _, sources in groupby(catalog.sources, key=lambda s: (s.building or s.site, s.kind))
        for treated in _treat_successive(catalog, list(sources), raw)
    ]


def _read(path: Path) -> Iterator[tuple[str, tuple[Ints, Floats]]]:
    """Yield each meter of a Parquet file with its times, seconds since 1970 UTC, and values."""
    import pyarrow.parquet as parquet  # type: ignore[import-untyped]

    table = parquet.read_table(path).combine_chunks()
    meter = table["meter"].chunk(0)
    codes = meter.indices.to_numpy()
    at = table["at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    values = table["value"].to_numpy()
    bounds = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
    for first, end in pairwise(bounds):
        yield meter.dictionary[int(codes[first])].as_py(), (at[first:end], values[first:end])


def _treat_successive(
    catalog: Catalog, sources: list[Source], raw: Mapping[str, tuple[Ints, Floats]]
) -> Iterator[TreatedMeter]:
    """Treat the meters of one kind in one building, first to last."""
    timezone = next(site.timezone for site in catalog.sites if site.id == sources[0].site)
    name = next((b.name for b in catalog.buildings if b.id == sources[0].building), sources[0].site)
    sources.sort(key=lambda s: int(raw[s.id][0][0]))
    earlier: Meter | None = None
    for source, following in zip(sources, [*sources[1:], None], strict=True):
        at, values = raw[source.id]
        hours = treat(source.kind, source.unit, at, values, offset_s=grid_offset_s(int(at[0])))
        if following is not None:
            hours = retire(hours, int(raw[following.id][0][0]))
        meter = source.meter(hours.first, hours.last_end)
        computed = find_faults(meter, timezone, hours)
        if earlier is not None:
            computed.append(successive_fault(name, timezone, earlier, meter))
        faults: dict[Origin, list[Fault]] = {
            "computed": computed,
            "loaded": loading_faults(meter, timezone, hours, at),
            "catalog": catalog.faults_of(meter),
        }
        yield TreatedMeter(source, meter, hours, faults)
        earlier = meter


def retire(hours: Hours, successor_at: int) -> Hours:
    """Keep out the hours of a meter from the start of its successor on: where both have rows, the later one decides."""
    return replace(hours, flags=np.where(hours.at >= successor_at, np.uint8(Flag.DUPLICATE), hours.flags))
