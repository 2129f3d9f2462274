"""Which column of a file is what: a mapping that is guessed, shown to a person, and confirmed or overridden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from memory.csv_table import TableShape
from memory.csv_times import FORMATS
from memory.errors import BadMapping
from memory.header_words import kind_named, unit_named
from memory.names import clean_name, slug
from memory.units import DEFAULT_UNIT, UNITS
from tools.readings import MeterKind

ONLY_RISES = "only rises"
SITE_KINDS: tuple[MeterKind, ...] = ("temperature", "humidity", "irradiance", "carbon", "price")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of readings. `building` is the name as written; None where it belongs to the site (weather, price).

    `register`: a counter that only rises, whose differences are the amounts. `direction`: export is energy sent to the
    grid. `sub_meter`: the name of a meter whose amounts the building's own meter counts too.
    """

    column: str
    building: str | None
    kind: MeterKind
    unit: str
    register: bool = False
    direction: Literal["import", "export"] = "import"
    sub_meter: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a file is read.

    `layout` wide: one column a meter, all in `values`. Long: each row says its building in `building_column`, and
    may say kind, unit and meter in `kind_column`, `unit_column` and `meter_column`. `interval_s`: seconds between
    readings. `stamps`: whether a time stamp marks the start or the end of its interval. `doubts`: what a person should
    check.
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
    meter_column: str | None = None
    doubts: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the mapping as lines to show: what each column is taken for, then the doubts."""
        every = f"every {self.interval_s // 60} min, a stamp marks the {self.stamps} of its interval"
        taken = [f"time: {' + '.join(self.time_columns)} ({self.time_format}, {self.timezone}, {every})"]
        roles = (
            ("building", self.building_column),
            ("kind", self.kind_column),
            ("unit", self.unit_column),
            ("meter", self.meter_column),
        )
        taken += [f"{role}: {column}" for role, column in roles if column]
        taken += [f"{v.column}: {v.kind} of {self._whose(v)}, in {v.unit}{_as_register(v)}" for v in self.values]
        return taken + [f"check: {doubt}" for doubt in self.doubts]

    def _whose(self, value: ValueColumn) -> str:
        if value.kind in SITE_KINDS:
            return "the site"
        return f"the building in {self.building_column!r}" if self.building_column else f"building {value.building!r}"

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values, to be kept with the load."""
        from dataclasses import asdict

        return asdict(self)


def override(
    mapping: ColumnMapping,
    *,
    unit: str | None = None,
    kind: str | None = None,
    building: str | None = None,
    time_format: str | None = None,
    stamps: Literal["start", "end"] | None = None,
    leave_out: Sequence[str] = (),
    register: bool | None = None,
    building_from: str | None = None,
    decimal: Literal[".", ","] | None = None,
    sub_meter: str | None = None,
) -> ColumnMapping:
    """Return the mapping as a person corrected it: unit, kind or building of its value columns, or fewer of them.

    `register`: whether they are counters that only rise. `building_from`: the column that says whose a reading is.
    `decimal`: the sign before the decimals. `sub_meter`: the readings are those of a sub-meter of this name.
    Raises `BadMapping` for a unit, kind, column or time format that is not known.
    """
    if building_from is not None:
        mapping = _by_column(mapping, building_from)
    if unknown := [column for column in leave_out if column not in mapping.shape.columns]:
        raise BadMapping(f"there is no column {unknown[0]!r}; the file has {', '.join(mapping.shape.columns)}")
    if time_format is not None and time_format not in FORMATS:
        raise BadMapping(f"there is no time format {time_format!r}; known are {', '.join(FORMATS)}")
    values = tuple(_overridden(v, unit, kind, building, register) for v in mapping.values if v.column not in leave_out)
    if sub_meter is not None:
        values = tuple(_as_sub_meter(v, clean_name(sub_meter)) for v in values)
    if not values:
        raise BadMapping("no column of readings is left; leave out fewer")
    return replace(
        mapping,
        values=values,
        time_format=time_format or mapping.time_format,
        stamps=stamps or mapping.stamps,
        decimal=decimal or mapping.decimal,
        doubts=_left(mapping.doubts, unit or kind, register),
    )


def _left(doubts: Sequence[str], unit_or_kind: str | None, register: bool | None) -> tuple[str, ...]:
    """Return the doubts that a person has not settled."""
    if unit_or_kind:
        return ()
    return tuple(doubt for doubt in doubts if register is None or ONLY_RISES not in doubt)


def _by_column(mapping: ColumnMapping, column: str) -> ColumnMapping:
    """Return the mapping of a long file whose rows say in `column` whose they are."""
    if column not in mapping.shape.columns:
        raise BadMapping(f"there is no column {column!r}; the file has {', '.join(mapping.shape.columns)}")
    values = tuple(replace(v, building=None) for v in mapping.values if v.column != column)
    meter = None if mapping.meter_column == column else mapping.meter_column
    doubts = tuple(doubt for doubt in mapping.doubts if doubt != f"{column} is not read")
    return replace(mapping, layout="long", building_column=column, meter_column=meter, values=values, doubts=doubts)


def _as_register(value: ValueColumn) -> str:
    return ", a register" if value.register else ""


def _overridden(
    value: ValueColumn, unit: str | None, kind: str | None, building: str | None, register: bool | None
) -> ValueColumn:
    new_kind = known_kind(kind) if kind else value.kind
    new_unit = known_unit(unit or (value.unit if new_kind == value.kind else DEFAULT_UNIT[new_kind]), new_kind)
    whose = None if new_kind in SITE_KINDS else building or value.building or value.column
    if register and UNITS[new_unit].hourly != "sum":
        raise BadMapping(f"{value.column} is in {new_unit}, which no register counts; give the unit with --unit")
    counts = UNITS[new_unit].hourly == "sum" and (value.register if register is None else register)
    return ValueColumn(value.column, whose, new_kind, new_unit, counts, value.direction)


def _as_sub_meter(value: ValueColumn, name: str) -> ValueColumn:
    if value.kind in SITE_KINDS:
        raise BadMapping(f"{value.column} is {value.kind}, which no building's meter counts; leave --sub-meter out")
    if not slug(name):
        raise BadMapping(f"the sub-meter {name!r} makes no id; use at least one of the letters a to z or a digit")
    return replace(value, sub_meter=name)


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
