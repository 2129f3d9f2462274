"""Which column of a file is what: guessed from its first rows, shown to a person, and confirmed or overridden."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from memory.csv_table import TableShape, find_shape, is_missing, looks_numeric, sample_of
from memory.csv_times import guess_format, parse_times
from memory.errors import BadFile, BadMapping
from memory.header_words import kind_named, read_header, unit_named
from memory.local_time import zone_of
from memory.treatment import HOUR_S
from memory.units import DEFAULT_UNIT, UNITS
from tools.readings import MeterKind

_SITE_KINDS = ("temperature", "humidity", "irradiance", "carbon", "price")
_WHOSE = re.compile(r"building|meter|site|asset|name|point|facility|location|(^|_)id$", re.IGNORECASE)
_KIND = re.compile(r"kind|type|fuel|commodity|utility|resource|measure", re.IGNORECASE)
_UNIT = re.compile(r"^(units?|uom)$", re.IGNORECASE)
_SUM = re.compile(r"^(grand )?(total|sum|all)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of readings. `building` is the name as written; None where it belongs to the site (weather, price)."""

    column: str
    building: str | None
    kind: MeterKind
    unit: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a file is read.

    `layout` wide: one column a meter, all in `values`. Long: one value column in `values`, whose building, kind and
    unit each row may say in `building_column`, `kind_column`, `unit_column`. `interval_s`: seconds between readings.
    `stamps`: whether a time stamp marks the start or the end of its interval. `doubts`: what a person should check.
    """

    shape: TableShape
    time_columns: tuple[str, ...]
    time_format: str
    timezone: str
    interval_s: int
    layout: Literal["wide", "long"]
    values: tuple[ValueColumn, ...]
    decimal: Literal[".", ","] = "."
    stamps: Literal["start", "end"] = "start"
    building_column: str | None = None
    kind_column: str | None = None
    unit_column: str | None = None
    doubts: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the mapping as lines to show: what each column is taken for, then the doubts."""
        every = f"every {self.interval_s // 60} min, stamps mark the {self.stamps}"
        taken = [f"time: {' + '.join(self.time_columns)} ({self.time_format}, {self.timezone}, {every})"]
        for role, column in (("building", self.building_column), ("kind", self.kind_column), ("unit", self.unit_column)):
            taken += [f"{role}: {column}"] if column else []
        for v in self.values:
            whose = self.building_column or v.building or "the site"
            taken.append(f"{v.column}: {v.kind} of {whose}, in {v.unit}")
        return taken + [f"check: {doubt}" for doubt in self.doubts]


def guess_mapping(path: Path, *, timezone: str) -> ColumnMapping:
    """Return how a file is probably read. `timezone`: of stamps that do not say their own offset.

    Raises `BadFile` where no time or value column is found or readings are further apart than an hour, and
    `BadMapping` for an unknown time zone.
    """
    zone_of(timezone)
    shape = find_shape(path)
    table = dict(zip(shape.columns, zip(*sample_of(path, shape), strict=True), strict=True))
    time_columns, time_format, doubts = _time_columns(path, table)
    rest = {name: cells for name, cells in table.items() if name not in time_columns}
    numeric = [name for name, cells in rest.items() if _is_numeric(cells)]
    texts = [name for name in rest if name not in numeric and not all(map(is_missing, rest[name]))]
    building = next((name for name in (*texts, *numeric[:-1]) if _WHOSE.search(name) and read_header(name).unit is None), None)
    others = [name for name in numeric if name != building]
    if not others:
        raise BadFile(f"{path.name} has no column of numbers beside the time ({', '.join(rest) or 'nothing'})")
    mapping = ColumnMapping(
        shape, time_columns, time_format, timezone, HOUR_S, "wide", (),
        decimal=_decimal([cell for name in others for cell in rest[name]], shape.delimiter), doubts=doubts,
    )  # fmt: skip
    if building is None:
        mapping = _wide(mapping, others, path.stem)
    else:
        mapping = _long(mapping, building, others, [name for name in texts if name != building])
    return replace(mapping, interval_s=_interval_s(path, mapping, table))


def override(
    mapping: ColumnMapping,
    *,
    unit: str | None = None,
    kind: str | None = None,
    building: str | None = None,
    time_format: str | None = None,
    stamps: Literal["start", "end"] | None = None,
    leave_out: Sequence[str] = (),
) -> ColumnMapping:
    """Return the mapping as a person corrected it: unit, kind and building for all its value columns, or fewer columns.

    Raises `BadMapping` for a unit, kind or column that is not known.
    """
    if unknown := [column for column in leave_out if column not in mapping.shape.columns]:
        raise BadMapping(f"there is no column {unknown[0]!r}; the file has {', '.join(mapping.shape.columns)}")
    values = tuple(_overridden(v, unit, kind, building) for v in mapping.values if v.column not in leave_out)
    if not values:
        raise BadMapping("no value column is left; leave out fewer")
    return replace(
        mapping,
        values=values,
        time_format=time_format or mapping.time_format,
        stamps=stamps or mapping.stamps,
        doubts=() if unit else mapping.doubts,
    )


def known_kind(text: str) -> MeterKind:
    """Return the kind of meter that a text names, or raise `BadMapping`."""
    kind = kind_named(text)
    if kind is None:
        raise BadMapping(f"{text!r} is no kind of meter; known are {', '.join(DEFAULT_UNIT)}")
    return kind


def known_unit(text: str, kind: MeterKind) -> str:
    """Return the unit that a text spells, or raise `BadMapping` where it is unknown or does not measure that kind."""
    unit = unit_named(text)
    if unit is None or kind not in UNITS[unit].kinds:
        fitting = ", ".join(name for name, u in UNITS.items() if kind in u.kinds)
        raise BadMapping(f"{kind} is not measured in {text!r}; known are {fitting}")
    return unit
