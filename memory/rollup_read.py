"""Read what meters add up to from the daily and monthly sums."""

from collections.abc import Sequence
from datetime import date
from typing import LiteralString

import numpy as np

from memory.binary import elements, from_timestamptz
from memory.local_days import months_of, years_of
from memory.postgres import Pool, fetch
from memory.rollup_rows import DAYS_TO_2000
from memory.rollup_sums import NEVER, summed
from memory.treatment import Ints
from tools.readings import By, Totals

_MONTHS: LiteralString = "SELECT * FROM readings_monthly WHERE meter_id = ANY({}) AND part >= {} AND part < {}"
_DAYS: LiteralString = "SELECT * FROM readings_daily WHERE meter_id = ANY({}) AND part >= {} AND part < {}"
_ARRAYS: LiteralString = (
    "SELECT array_send(array_agg(meter_id)), array_send(array_agg(part)), array_send(array_agg(total)),"
    " array_send(array_agg(valid_hours)), array_send(array_agg(hours)), array_send(array_agg(peak)),"
    " array_send(array_agg(peak_at)), array_send(array_agg(low)), array_send(array_agg(low_at)) FROM ({}) AS found"
)


def _query(*parts: tuple[LiteralString, LiteralString, LiteralString]) -> LiteralString:
    """Return the statement over parts of tables: a table, and between which parameters."""
    found = [table.format("%(keys)s::int[]", f"%({start})s", f"%({end})s") for table, start, end in parts]
    return _ARRAYS.format(" UNION ALL ".join(found))


def _in_one(query: LiteralString) -> LiteralString:
    """Return a statement whose rows are added up by meter in the database: of thousands, a third of the time.

    Of pairs (peak, time before now) the largest has the first time of the largest peak.
    """
    together: LiteralString = (
        "FROM (SELECT meter_id, min(part) AS part, sum(total) AS total, sum(valid_hours)::int AS valid_hours,"
        " sum(hours)::int AS hours, max(peak) AS peak, min(low) AS low,"
        " to_timestamp(-(max(ARRAY[peak, -date_part('epoch', peak_at)]))[2]) AS peak_at,"
        " to_timestamp((min(ARRAY[low, date_part('epoch', low_at)]))[2]) AS low_at FROM ("
    )
    return query.replace("FROM (", together, 1).replace(") AS found", ") AS each GROUP BY meter_id) AS found", 1)


_OF_DAYS = _query((_DAYS, "start", "end"))
_OF_MONTHS = _query((_MONTHS, "first", "last"))
_OF_BOTH = _query((_DAYS, "start", "first"), (_MONTHS, "first", "last"), (_DAYS, "last", "end"))


_CODES = (">i4", ">i4", ">f8", ">i2", ">i2", ">f8", ">i8", ">f8", ">i8")
_CODES_IN_ONE = (">i4", ">i4", ">f8", ">i4", ">i4", ">f8", ">i8", ">f8", ">i8")


async def read_totals(pool: Pool, keys: Sequence[int], start: date, end: date, by: By) -> Totals:
    """Return what meters add up to over local days [start, end); see `tools.readings.Readings.totals`."""
    first, last = _whole_months(start, end)
    text = f"{{{','.join(map(str, keys))}}}"  # written at once: a list is dumped number by number
    span = {"keys": text, "start": start, "end": end, "first": first, "last": last}
    query = _OF_DAYS if by == "day" or first > last else _OF_MONTHS if (start, end) == (first, last) else _OF_BOTH
    in_one = by == "none"
    (row,) = await fetch(pool, _in_one(query) if in_one else query, span, binary=True)
    found = _arrays(keys, row, _CODES_IN_ONE if in_one else _CODES)
    return summed(found, _parts(found.part, by))


def _whole_months(start: date, end: date) -> tuple[date, date]:
    """Return the first day of the first whole month in a span, and the first day after the last one.

    The second is before the first where the span lies within a month.
    """
    first = start if start.day == 1 else date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return first, end.replace(day=1)


def _parts(days: Ints, by: By) -> Ints:
    if by == "none":
        return np.zeros(len(days), np.int64)
    return days if by == "day" else months_of(days) if by == "month" else years_of(days)


def _arrays(keys: Sequence[int], row: Sequence[bytes | None], codes: Sequence[str]) -> Totals:
    if row[0] is None:
        row = [_NONE] * 9
    meter, part, total, valid, hours, peak, peak_at, low, low_at = (
        elements(column or _NONE, code) for column, code in zip(row, codes, strict=True)
    )
    order = np.argsort(keys)
    return Totals(
        meter=order[np.searchsorted(np.asarray(keys)[order], meter.astype(np.int64))],
        part=part.astype(np.int64) + DAYS_TO_2000,
        total=total.astype(np.float64),
        valid_hours=valid.astype(np.int64),
        hours=hours.astype(np.int64),
        peak=peak.astype(np.float64),
        peak_at=_seconds(peak_at.astype(np.int64)),
        low=low.astype(np.float64),
        low_at=_seconds(low_at.astype(np.int64)),
    )


_NONE = bytes(20)


def _seconds(at: Ints) -> Ints:
    return np.where(at == NEVER, NEVER, from_timestamptz(at))
