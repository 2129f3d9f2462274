"""What can go wrong where data is kept.

tools.errors.DataUnavailable
├── StoreDown            PostgreSQL cannot be reached, or took too long
│   └── ConnectionLost   a connection broke; another one may work
└── SchemaMismatch       the database was made by another version, or a migration was edited after it was applied

DataError                what a person gave cannot be taken as it stands
├── BadFile              a file that cannot be read as meter readings
├── BadMapping           columns, units or a time zone that do not fit the file
└── BadChange            a change to a building that cannot be
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
