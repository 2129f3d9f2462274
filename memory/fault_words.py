"""How a data-quality record is worded: when, how many hours, in the site's local days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from memory.treatment import HOUR_S, Ints
from tools.readings import Fault, Meter


def fault(meter: Meter, kind: str, at: Ints, note: str, *, is_open: bool, hours: int | None = None) -> Fault:
    """Return the record of what is wrong at some hours, ascending; without `hours` they are counted."""
    count = len(np.unique(at // HOUR_S)) if hours is None else hours
    return Fault(meter.id, kind, moment(int(at[0])), moment(int(at[-1]) + HOUR_S), count, note, open=is_open)


def moment(at: int) -> datetime:
    """Return seconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(at, UTC)


def local(zone: ZoneInfo, at: int) -> datetime:
    """Return seconds since 1970 as a local time."""
    return datetime.fromtimestamp(int(at), zone)


def day(zone: ZoneInfo, at: datetime) -> str:
    """Return the local day of a moment in words."""
    return words(at.astimezone(zone).date())


def words(one: date) -> str:
    """Return a day in words."""
    return f"{one.day} {one:%b %Y}"


def between(zone: ZoneInfo, at: Ints) -> str:
    """Return the local days that some moments span."""
    first, last = words(local(zone, at[0]).date()), words(local(zone, at[-1]).date())
    return f"on {first}" if first == last else f"from {first} to {last}"


def when(zone: ZoneInfo, at: Ints) -> str:
    """Say when, as a sentence of its own."""
    said = between(zone, at)
    return said[0].upper() + said[1:] + "."


def count(at: Ints, noun: str) -> str:
    """Return how many there are, with the noun in its number."""
    return f"1 {noun}" if len(at) == 1 else f"{len(at):,} {noun}s"
