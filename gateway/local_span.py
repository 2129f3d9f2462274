"""Spans of time as people type them at a command: days or hours of the site's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.errors import BadUsage

DAY = timedelta(days=1)


def moment(words: str, timezone: str, *, ends: bool = False) -> datetime:
    """Return a local day or time as UTC: '2019-03-05', '2019-03-05 14:00'.

    A day that `ends` a span belongs to it whole; a time does not. Raises `BadUsage` for anything else.
    """
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError as why:
        raise BadUsage(f"{words!r} is no day or time; write 2019-03-05 or '2019-03-05 14:00'") from why
    if ends and at.time() == time() and len(words.strip()) <= len("2019-03-05"):
        at += DAY
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)


def spelled(start: datetime, end: datetime, timezone: str) -> str:
    """Write a span, in UTC, in a site's own time."""
    zone = ZoneInfo(timezone)
    first, last = (at.astimezone(zone) for at in (start, end))
    return f"from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} ({timezone})"
