"""What is read of a file of any kind: rows with their cells parsed, and the readings and rejects made of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from memory.csv_times import Times
from memory.treatment import Floats, Ints, Mask
from tools.readings import MeterKind

Group = tuple[str, str, str, str]
"""What a row says of itself: building, kind, unit, meter; empty where it has no such column."""


class SeriesName(NamedTuple):
    """Whose readings, as the file says it. `building` None: the site's.

    `meter`: what the file calls the meter, where it names buildings and meters. `register`: the readings are those of
    a counter that only rises. `sub_meter`: its name where the building's own meter counts the same amounts.
    """

    building: str | None
    kind: MeterKind
    unit: str
    meter: str = ""
    register: bool = False
    direction: Literal["import", "export"] = "import"
    sub_meter: str = ""


class Reject(NamedTuple):
    """A row, or a cell of it, that was refused. `line`: its line in the file; `raw`: see `cell_raw`."""

    line: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a file; arrays of equal length, each series in file order.

    `series` indexes the names of the file; `at`: start of the interval, seconds since 1970 UTC; `values`: NaN where
    the file has none. `rows`: rows read, refused ones included.
    """

    series: Ints
    at: Ints
    values: Floats
    lines: Ints
    rejects: list[Reject]
    rows: int


class RawReadings(Protocol):
    """The readings of one file, read once from first to last; what can be asked of it grows as blocks are read."""

    @property
    def names(self) -> Sequence[SeriesName]:
        """The series met so far; a `Block` refers to them by index."""
        ...

    @property
    def columns(self) -> Sequence[str]:
        """The column in which each series was met first."""
        ...

    @property
    def doubled(self) -> set[int]:
        """Moments whose local time exists twice, seconds since 1970 UTC."""
        ...

    def interval_s(self, series: int) -> int:
        """Return how far the readings of a series are apart, in seconds."""
        ...

    def blocks(self) -> Iterator[Block]:
        """Yield the file in blocks. Raises `BadFile` where it cannot be read and `BadMapping` where it does not fit."""
        ...


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """The numbers of one column, and which cells are neither a number nor an empty one."""

    values: Floats
    bad: Mask


@dataclass(frozen=True, slots=True)
class ParsedRows:
    """Rows whose width is right; arrays of one length n, `columns` in the order of the mapping's values.

    A column that these rows do not have is None.

    `groups`: what `Assembly.group` returned for each. `cells(n)` returns the cells of row n, as text.
    """

    lines: Ints
    times: Times
    groups: Ints
    columns: Sequence[ParsedColumn | None]
    cells: Callable[[int], Sequence[str]]
