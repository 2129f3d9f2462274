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
from memory.header_words import read_header, unit_named

SAMPLE_ROWS = 2_000
_DELIMITERS = (";", "\t", "|", ",")  # a comma last: it is also a decimal sign
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--", "missing", "#n/a"})
_NUMBER = re.compile(r"[-+]?(\d+([ '\u00a0]\d{3})*|\d{1,3}([.,]\d{3})*)([.,]\d*)?([eE][-+]?\d+)?$|[-+]?[.,]\d+$")
_TAIL = re.compile(r"^[-+]?[\d.,' ]*\d\s*([^\d\s].*)$")
_ZIP = b"PK\x03\x04"
_WORKBOOK = "an Excel workbook, not a text file; save the sheet as CSV"
_NOT_READINGS = (
    (_ZIP, "a ZIP archive, not a text file; unpack it and load what is inside"),
    (b"\x1f\x8b", "compressed with gzip, not a text file; unpack it first"),
    (b"%PDF", "a PDF, not a text file; ask for the readings as CSV or Green Button XML"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, not a text file; save the sheet as CSV"),
)


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
    names = _names(rows, header) if header >= 0 else [f"column {n}" for n in range(1, len(rows[0]) + 1)]
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


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file. Raises `BadFile` where it cannot be read, or is no file of readings."""
    try:
        with path.open("rb") as data:
            head = data.read(65_536)
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check the name") from error
    for magic, what in _NOT_READINGS:
        if head.startswith(magic):
            workbook = b"[Content_Types].xml" in head or b"xl/" in head
            raise BadFile(f"{path.name} is {_WORKBOOK if magic == _ZIP and workbook else what}")
    return head


def _encoding(path: Path) -> str:
    head = head_of(path)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head[:1_000] or head.startswith(b"PAR1"):
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
        if _has_time(row) and any(_is_reading(cell) for cell in row):
            return number - 1
    shown = ", ".join(rows[min(1, len(rows) - 1)][:6])[:200]
    raise BadFile(f"{path.name} has no time column (a row is: {shown}); write times as 2024-03-31 14:00")


def _names(rows: Sequence[list[str]], header: int) -> list[str]:
    """Return the names of the columns.

    Of two header rows, one with names and one with units or kinds, each name is both together.
    """
    names = rows[header]
    above = rows[header - 1] if header > 0 else []
    if len(above) != len(names) or sum(map(bool, above)) < 2:
        return names
    if _says_what(names):
        return [_joined(upper, lower) for upper, lower in zip(_spread(above), names, strict=True)]
    if _says_what(above):
        return [_joined(lower, upper) for upper, lower in zip(above, names, strict=True)]
    return names


def _says_what(cells: Sequence[str]) -> bool:
    """Tell whether cells, the first apart, say only units or kinds, and some do."""
    said = [cell.strip().strip("[]()") for cell in cells[1:] if cell.strip()]
    return bool(said) and all(unit_named(cell) is not None or _is_kind(cell) for cell in said)


def _is_kind(cell: str) -> bool:
    """Tell whether a cell is the name of a kind of meter and nothing more."""
    words = read_header(cell)
    return words.kind is not None and not words.building


def _spread(cells: Sequence[str]) -> list[str]:
    """Return cells, each empty one filled with the one before it: a name that was written over several columns."""
    result: list[str] = []
    for cell in cells:
        result.append(cell.strip() or (result[-1] if len(result) > 1 else ""))
    return result


def _joined(name: str, what: str) -> str:
    """Return a name with a unit or kind behind it."""
    plain = what.strip().strip("[]()")
    return f"{name.strip()} [{plain}]" if unit_named(plain) is not None else f"{name} {what}".strip()


def _is_reading(cell: str) -> bool:
    """Tell whether a cell is a number, one with its unit, or says that there is none."""
    tail = _TAIL.search(cell.strip())
    return looks_numeric(cell) or is_missing(cell) or (tail is not None and unit_named(tail[1]) is not None)


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
