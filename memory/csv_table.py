"""A delimited text file as a table: its encoding, delimiter and header, found from its first lines."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from memory.csv_times import guess_format
from memory.errors import BadFile

SAMPLE_ROWS = 2_000
_DELIMITERS = (";", "\t", "|", ",")  # a comma last: it is also a decimal sign
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--", "missing", "#n/a"})
_NUMBER = re.compile(r"[-+]?(\d+([ '\u00a0]\d{3})*|\d{1,3}([.,]\d{3})*)([.,]\d*)?([eE][-+]?\d+)?$|[-+]?[.,]\d+$")


@dataclass(frozen=True, slots=True)
class TableShape:
    """How to read a file. `header_line`: lines before the header, -1 where there is none."""

    encoding: str
    delimiter: str
    header_line: int
    columns: tuple[str, ...]


def is_missing(cell: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return cell.strip().lower() in _MISSING


def looks_numeric(cell: str) -> bool:
    """Tell whether a cell reads as a number, with either decimal sign."""
    return _NUMBER.match(cell.strip()) is not None


def find_shape(path: Path) -> TableShape:
    """Return how to read a file. Raises `BadFile` where it holds no table."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as text:
        lines = [line for line in islice(text, 60) if line.strip("\r\n")]
    if not lines:
        raise BadFile(f"{path.name} is empty; give a file with a header line and one reading a line")
    delimiter = max(_DELIMITERS, key=lambda d: (_evenness(lines, d), -_DELIMITERS.index(d)))
    if not _evenness(lines, delimiter):
        raise BadFile(f"{path.name} has no columns; separate them with a comma, a semicolon or a tab")
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    header = _header_line(path, rows)
    names = rows[header] if header >= 0 else [f"column {n}" for n in range(1, len(rows[0]) + 1)]
    return TableShape(encoding, delimiter, header, _distinct(names))


def rows_of(path: Path, shape: TableShape) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header with their line numbers, empty lines left out.

    Raises `BadFile` where the text cannot be decoded or parsed, naming the line.
    """
    with path.open(encoding=shape.encoding, errors="replace", newline="") as text:
        reader = csv.reader((line.replace("\x00", "") for line in text), delimiter=shape.delimiter)
        try:
            full = (row for row in reader if any(row))
            for _ in islice(full, shape.header_line + 1):
                pass
            yield from ((reader.line_num, row) for row in full)
        except csv.Error as error:
            where = f"{path.name}, line {reader.line_num}"
            raise BadFile(f"{where}: {error}; is a quotation mark left open there?") from error


def sample_of(path: Path, shape: TableShape, size: int = SAMPLE_ROWS) -> list[list[str]]:
    """Return the first full rows. Raises `BadFile` where there is none."""
    width = len(shape.columns)
    sample = [row[:width] for _, row in islice(rows_of(path, shape), size) if len(row) >= width]
    if not sample:
        raise BadFile(f"{path.name} has no rows below its header")
    return sample


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as data:
            head = data.read(65_536)
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check the name") from error
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head[:1_000] or head.startswith((b"PK\x03\x04", b"PAR1", b"\x1f\x8b", b"%PDF")):
        raise BadFile(f"{path.name} is not a text file; export it as CSV")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    """Return the share of lines that have the usual number of columns under a delimiter; 0 where that is one."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) / len(widths) if usual >= 2 else 0.0


def _header_line(path: Path, rows: Sequence[list[str]]) -> int:
    """Return the line just above the first row that has a time and a number; -1 where that is the first line."""
    for number, row in enumerate(rows):
        if _has_time(row) and any(looks_numeric(cell) or is_missing(cell) for cell in row):
            return number - 1
    shown = ", ".join(rows[min(1, len(rows) - 1)][:6])[:200]
    raise BadFile(f"{path.name} has no time column (a row is: {shown}); write times as 2024-03-31 14:00")


def _has_time(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if any(sign in cell for sign in ":-/.")]
    return any(guess_format([cell]) is not None for cell in cells if not _plain_number(cell))


def _plain_number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?\d*[.,]?\d*([eE][-+]?\d+)?", cell) is not None


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name of its own: one without a name is called by its number, a second one gets it added."""
    result: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = name.strip() or f"column {number}"
        result.append(plain if plain not in result else f"{plain} ({number})")
    return tuple(result)
