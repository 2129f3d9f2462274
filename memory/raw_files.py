"""Open a file of readings as what it is: delimited text, Parquet, or Green Button XML."""

import hashlib
from datetime import datetime
from pathlib import Path

from memory.columns import ColumnMapping
from memory.errors import BadFile
from memory.espi_mapping import ESPI
from memory.parquet_table import PARQUET
from memory.raw_rows import RawReadings


def raw_readings(path: Path, mapping: ColumnMapping, *, now: datetime | None = None) -> RawReadings:
    """Return the readings of a file under a mapping, not yet read. `now`: when readings begin to lie in the future."""
    if mapping.shape.encoding == PARQUET:
        from memory.parquet_rows import ParquetReadings

        return ParquetReadings(path, mapping, now=now)
    if mapping.shape.encoding == ESPI:
        from memory.espi_rows import EspiReadings

        return EspiReadings(path, mapping, now=now)
    from memory.fast_csv import FastCsvReadings

    return FastCsvReadings(path, mapping, now=now)


def expected_rows(path: Path) -> int:
    """Estimate the rows of a file from its first part."""
    with path.open("rb") as data:
        head = data.read(1 << 20)
    return path.stat().st_size * max(1, head.count(b"\n")) // max(1, len(head))


def sha256_of(path: Path) -> str:
    """Return the digest of a file. Raises `BadFile` where it cannot be read."""
    try:
        with path.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check the name") from error
