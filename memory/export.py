"""Readings taken elsewhere: a person's own file, with what each value is and whether it counts."""

import csv
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import numpy as np

from memory.binary import elements, from_timestamptz
from memory.errors import BadFile
from memory.postgres import Pool, fetch
from memory.treatment import Flags, Floats, Ints
from tools.readings import Flag, Meter

FORMATS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows of a meter by time; `at`: seconds since 1970 UTC, start of the hour. Values are as they are kept."""

    meter: Meter
    timezone: str
    at: Ints
    values: Floats
    flags: Flags


async def export(pool: Pool, meter: Meter, timezone: str, start: datetime, end: datetime) -> Exported:
    """Return every row that a meter has in [start, end). Raises `DataUnavailable`."""
    (row,) = await fetch(
        pool,
        "SELECT array_send(array_agg(at)), array_send(array_agg(value)), array_send(array_agg(flag)) FROM ("
        "SELECT at, value, flag FROM readings r JOIN meters m USING (meter_id) WHERE m.id = %s AND at >= %s AND at < %s"
        " ORDER BY at) AS ordered",
        (meter.id, start, end),
        binary=True,
    )
    if row[0] is None:
        return Exported(meter, timezone, np.empty(0, np.int64), np.empty(0), np.empty(0, np.uint8))
    at, values, flags = (elements(column, code) for column, code in zip(row, (">i8", ">f8", ">i2"), strict=True))
    return Exported(meter, timezone, from_timestamptz(at), values.astype(np.float64), flags.astype(np.uint8))


def write_file(path: Path, form: str, exported: Sequence[Exported], *, replace: bool = False) -> int:
    """Write rows to a file that only its owner can read; return how many.

    Readings by the hour show when people come and go, so they go to a person's own file and nowhere else. Raises
    `BadFile` where the file is there already, unless it may be replaced, or cannot be written.
    """
    with _own_file(path, replace=replace) as out:
        if form == "parquet":
            _write_parquet(out, exported)
        else:
            _write_csv(out, exported)
    return sum(len(one.at) for one in exported)


@contextmanager
def _own_file(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """Open a new file; nothing is left of one that could not be finished, and one that is replaced goes last."""
    if path.exists() and not replace:
        raise BadFile(f"{path} is there already; name another file with -o, or replace it with --replace")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
        unfinished.replace(path)
    except OSError as why:
        raise BadFile(f"{path} cannot be written ({why.strerror}); name another file with -o") from why
    finally:
        unfinished.unlink(missing_ok=True)


def _write_csv(out: IO[bytes], exported: Sequence[Exported]) -> None:
    import io

    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(_header(exported))
    for one in exported:
        zone = ZoneInfo(one.timezone)
        for at, value, flag in zip(one.at.tolist(), one.values.tolist(), one.flags.tolist(), strict=True):
            local = datetime.fromtimestamp(at, UTC).astimezone(zone)
            shown = "" if math.isnan(value) else repr(value)
            rows.writerow((local.isoformat(), one.meter.id, one.meter.unit, shown, Flag(flag).name.lower()))
    text.detach()


def _header(exported: Sequence[Exported]) -> tuple[str, ...]:
    zones, units = (_listed(names) for names in ([e.timezone for e in exported], [e.meter.unit for e in exported]))
    return f"start of hour [{zones}]", "meter", "unit", f"value [{units}]", "flag"


def _listed(names: list[str]) -> str:
    return " or ".join(dict.fromkeys(names))


def _write_parquet(out: IO[bytes], exported: Sequence[Exported]) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as parquet  # type: ignore[import-untyped]

    def column(of: Any) -> Any:
        return np.concatenate([of(one) for one in exported])

    names = np.array([flag.name.lower() for flag in Flag])
    zone = exported[0].timezone
    time, _, _, value, _ = _header(exported)
    table = pa.table(
        {
            "at": pa.array(column(lambda e: e.at).astype("M8[s]"), pa.timestamp("s", zone)),
            "meter": pa.array(column(lambda e: np.full(len(e.at), e.meter.id))).dictionary_encode(),
            "unit": pa.array(column(lambda e: np.full(len(e.at), e.meter.unit))).dictionary_encode(),
            "value": pa.array(column(lambda e: e.values), pa.float64()),
            "flag": pa.array(names[column(lambda e: e.flags)]).dictionary_encode(),
        }
    ).replace_schema_metadata({"at": time, "value": value})
    parquet.write_table(table, out)
