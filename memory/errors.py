"""What can go wrong where data is kept.

tools.errors.DataUnavailable
├── StoreDown            PostgreSQL cannot be reached, or took too long
│   ├── ConnectionLost   a connection broke; another one may work
│   └── Contended        another transaction was in the way; the same one tried again may pass
└── SchemaMismatch       the database was made by another version, or a migration was edited after it was applied

DataError                what a person gave cannot be taken as it stands
├── BadFile              a file that cannot be read as meter readings
├── BadMapping           columns, units or a time zone that do not fit the file
└── BadChange            a change to a building that cannot be

MemoryDown               agent memory or the response cache gives nothing now; an answer does without it
├── MemoryFull           it has no room for more, and may not drop anything
└── MemoryLate           it took too long, and asked again would take as long
"""

from tools.errors import DataUnavailable


class StoreDown(DataUnavailable):
    """PostgreSQL cannot be reached, or took too long."""

    def __init__(self, cause: object) -> None:
        words = " ".join(str(cause).split()) or type(cause).__name__
        super().__init__(
            f"the building data does not answer ({words});"
            " `eaio up` starts PostgreSQL, `eaio doctor` finds what is wrong"
        )


class ConnectionLost(StoreDown):
    """A connection broke; another one may work."""


class Contended(StoreDown):
    """Another transaction was in the way: a deadlock, or two that cannot be put one after the other."""


class SchemaMismatch(DataUnavailable):
    """The tables in the database are not those that this version knows."""


class DataError(Exception):
    """What a person gave cannot be taken as it stands."""


class BadFile(DataError):
    """A file that cannot be read as meter readings."""


class BadMapping(DataError):
    """Columns, units or a time zone that do not fit the file."""


class BadChange(DataError):
    """A change to a building that cannot be."""


class MemoryDown(Exception):
    """Agent memory or the response cache gives nothing now; an answer does without it."""

    def __init__(self, part: str, cause: object) -> None:
        self.part = part
        words = " ".join(str(cause).split())[:200] or type(cause).__name__
        super().__init__(f"{part} does not answer ({words}); `eaio up` starts it, `eaio doctor` finds what is wrong")


class MemoryFull(MemoryDown):
    """It has no room for more, and may not drop anything."""


class MemoryLate(MemoryDown):
    """It took too long, and asked again would take as long."""
