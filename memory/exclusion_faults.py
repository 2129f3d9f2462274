"""An exclusion as a data-quality record: it travels with every fact that it touches."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tools.readings import Exclusion, Fault


def fault_of(exclusion: Exclusion, timezone: str) -> Fault:
    """Return the open fault of an exclusion.

    It does not repeat the person's reason: a note goes wherever its fact goes, to a model or a cloud too, and a reason
    may name people. `eaio data check` shows it.
    """
    zone = ZoneInfo(timezone)
    first, last = exclusion.start.astimezone(zone), (exclusion.end - timedelta(hours=1)).astimezone(zone)
    days = f"on {_day(first)}" if first.date() == last.date() else f"from {_day(first)} to {_day(last)}"
    count = "1 hour" if exclusion.hours == 1 else f"{exclusion.hours:,} hours"
    note = f"Left out because a person said so: {count} {days} (exclusion {exclusion.id})."
    return Fault(exclusion.meter, "excluded", exclusion.start, exclusion.end, exclusion.hours, note, open=True)


def _day(at: object) -> str:
    return f"{at:%-d %b %Y}"
