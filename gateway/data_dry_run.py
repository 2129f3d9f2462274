"""What `eaio data load --dry-run` prints: each meter's hours, treatments, first rows, and what would be refused."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gateway.grid import Grid
from gateway.screen import Screen

if TYPE_CHECKING:
    from memory.dry_run import DryRun

MOST_METERS = 40


def show_dry_run(screen: Screen, found: "DryRun") -> None:
    """Print it."""
    part = "" if found.whole else ", the first part of the file"
    hours = sum(series.hours for series in found.series)
    would = f"{hours:,} hours of {len(found.series):,} meters would be loaded"
    screen.say(f"{found.rows:,} rows read{part}; {would}", "bold")
    screen.grid(_first_rows(found))
    screen.grid(_meters(found))
    if len(found.series) > MOST_METERS:
        screen.say(f"and {len(found.series) - MOST_METERS:,} more meters")
    rows = list(_treatments(found))
    if rows:
        columns = ("treatment", "hours", "meters", "for one of them")
        wide = frozenset({"for one of them"})
        screen.grid(Grid(columns, rows, "what would be recorded", frozenset({"hours", "meters"}), wide=wide))
    if found.rejected:
        rows = [(f"{count:,}", reason, *_example(found, reason)) for reason, count in found.rejected.items()]
        columns = ("refused", "why", "line", "such as")
        wide = frozenset({"why", "such as"})
        screen.grid(Grid(columns, rows, "what would be refused, and kept", frozenset({"refused", "line"}), wide=wide))


def _first_rows(found: "DryRun") -> Grid:
    rows = [(f"{at:%Y-%m-%d %H:%M:%S}", meter, f"{value:.12g}") for at, meter, value in found.first_rows]
    return Grid(("time, UTC", "meter", "as read"), rows, "first readings", frozenset({"as read"}))


def _meters(found: "DryRun") -> Grid:
    rows = [
        (
            f"{series.name.building or 'the site'}",
            series.name.kind,
            f"{series.first:%Y-%m-%d %H:%M}",
            f"{series.last_end:%Y-%m-%d %H:%M}",
            f"{series.readings:,}",
            f"{series.hours:,}",
            f"{series.valid_hours:,}",
        )
        for series in found.series[:MOST_METERS]
    ]
    columns = ("of", "kind", "from, UTC", "to, UTC", "readings", "hours", "valid")
    return Grid(columns, rows, "meters", frozenset({"readings", "hours", "valid"}), wide=frozenset({"of"}))


def _treatments(found: "DryRun") -> Iterator[tuple[str, str, str, str]]:
    """Yield one row a kind of record, with the note of its first meter."""
    faults = [fault for series in found.series for fault in series.faults]
    for kind in dict.fromkeys(fault.kind for fault in faults):
        alike = [fault for fault in faults if fault.kind == kind]
        hours, meters = sum(fault.hours for fault in alike), len({fault.meter for fault in alike})
        yield kind.replace("_", " "), f"{hours:,}", f"{meters:,}", f"{alike[0].meter}: {alike[0].note}"


def _example(found: "DryRun", reason: str) -> tuple[str, str]:
    example = next((e for e in found.examples if e.reason == reason), None)
    return (str(example.line), example.raw[:80]) if example else ("", "")
