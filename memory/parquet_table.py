"""A Parquet file as a table: its columns, and its first rows as text, so that columns are guessed as for any file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from memory.csv_table import SAMPLE_ROWS, TableShape
from memory.errors import BadFile

PARQUET = "parquet"
"""The `encoding` of a `TableShape` that is a Parquet file; its rows are shown with commas."""


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a Parquet file. Raises `BadFile` where it is broken, also while it is read."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as parquet  # type: ignore[import-untyped]

    try:
        with parquet.ParquetFile(path) as file:
            yield file
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, EOFError, OSError) as error:
        what = f"a truncated or broken Parquet file ({' '.join(str(error).split())[:200]})"
        raise BadFile(f"{path.name} is {what}; copy or export it again") from error


def parquet_shape(path: Path) -> TableShape:
    """Return the columns of a file. Raises `BadFile` where it has none, or one name twice."""
    with opened(path) as file:
        names = tuple(file.schema_arrow.names)
        rows = file.metadata.num_rows
    if not names or not rows:
        raise BadFile(f"{path.name} is empty; give a file with a column of times, one of numbers, and rows")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile(f"{path.name} has two columns called {twice!r}; rename one")
    return TableShape(PARQUET, ",", -1, names)


def parquet_sample(path: Path, shape: TableShape, size: int = SAMPLE_ROWS) -> list[list[str]]:
    """Return the first rows as text. Raises `BadFile` where the file is broken."""
    with opened(path) as file:
        for batch in file.iter_batches(batch_size=size):
            columns = [[cell_text(cell) for cell in batch.column(name).to_pylist()] for name in shape.columns]
            return [list(row) for row in zip(*columns, strict=True)]
    raise BadFile(f"{path.name} has no rows")


def cell_text(cell: object) -> str:
    """Return a cell as a text file would have it; an empty one is empty."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def row_text(batch: Any, shape: TableShape, row: int) -> Sequence[str]:
    """Return one row of a batch as text; a column that was not read is empty."""
    names = batch.schema.names
    return [cell_text(batch.column(name)[row].as_py()) if name in names else "" for name in shape.columns]
