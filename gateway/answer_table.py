"""The facts of an answer as a table: what, where, when, how much, how complete, under which id."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gateway.grid import Grid, without_constant, without_empty
from gateway.load_shape import bar
from tools.caveats import coverage_caveat
from tools.readings import Inventory
from tools.wording import amount, place, timezone_of

Fact = Mapping[str, Any]

MOST_ROWS = 15
BAR_WIDTH = 16
MARK = "*"
COLUMNS = ("fact", "where", "part", "when", "value", "", "coverage", "id")
CALENDAR = ("year", "month", "day")


def facts_grid(facts: Sequence[Fact], inventory: Inventory, bars: Mapping[str, float] | None = None) -> Grid:
    """Return the first facts as rows. `bars`: values by group or building, drawn beside the rows they belong to.

    A column that says the same in every row stands above the table instead. A marked value has a caveat.
    """
    shown = facts[:MOST_ROWS]
    largest = max(map(abs, bars.values()), default=0.0) if bars else 0.0
    rows = [[*_row(fact, inventory), _bar(fact, shown[0], bars or {}, largest), *_proof(fact)] for fact in shown]
    grid = Grid(COLUMNS, rows, right=frozenset({"value", "coverage"}), wide=frozenset({"fact", "where"}))
    return without_constant(without_empty(grid, ("part", "")), ("fact", "where", "when"))


def more_rows(facts: Sequence[Fact]) -> str:
    """Say how many rows the table leaves out; nothing where it has all."""
    left = len(facts) - MOST_ROWS
    return f"… {left} more; `eaio ask --json` has all" if left > 0 else ""


def caveats(facts: Sequence[Fact], headline: str, most: int = MOST_ROWS) -> list[str]:
    """Return what must be said of the first `most` facts and is not in the headline yet, each once.

    How complete each fact is stands in its row, so that is said once for all.
    """
    shown = facts[:most]
    poor = [fact for fact in shown if set(fact["caveats"]) & set(coverage_caveat(fact["coverage"]))]
    said = dict.fromkeys(c for fact in shown for c in fact["caveats"] if c not in coverage_caveat(fact["coverage"]))
    left = [caveat for caveat in said if caveat.rstrip(".").lower() not in headline.lower()]
    if len(shown) > 1 and poor:
        left.append(f"{len(poor)} of these rest on part of their hours (see coverage); the missing ones are left out")
    return left


def span_words(start: datetime, end: datetime, timezone: str) -> str:
    """Write a span in a site's own time: 2019, 2019-03, 2019-03-05, 2019-03-05 14:00, 2019-03-01 to 2019-03-14."""
    zone = ZoneInfo(timezone)
    first, last = start.astimezone(zone), end.astimezone(zone)
    if end - start == timedelta(hours=1):
        return f"{first:%Y-%m-%d %H:%M}"
    if (first.hour, first.minute, last.hour, last.minute) != (0, 0, 0, 0):
        return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}"
    if (first.month, first.day) == (1, 1) and (last.year, last.month, last.day) == (first.year + 1, 1, 1):
        return f"{first:%Y}"
    if first.day == last.day == 1 and (last.year - first.year) * 12 + last.month - first.month == 1:
        return f"{first:%Y-%m}"
    until = last - timedelta(days=1)
    return f"{first:%Y-%m-%d}" if until.date() == first.date() else f"{first:%Y-%m-%d} to {until:%Y-%m-%d}"


def local_zone(buildings: Sequence[str], inventory: Inventory) -> str:
    """Return the zone of a fact's buildings; UTC where they are not known."""
    known = tuple(b for b in buildings if b in inventory.buildings)
    return timezone_of(known, inventory) if known else "UTC"


def moment(text: str) -> datetime:
    """Read a time of an evidence object."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _row(fact: Fact, inventory: Inventory) -> list[str]:
    buildings = tuple(dict.fromkeys(fact["buildings"]))
    start, end = moment(fact["period"]["start"]), moment(fact["period"]["end"])
    part = "" if fact["query"]["group"] in CALENDAR else fact["group"] or ""
    mark = MARK if fact["caveats"] else ""
    return [
        _name_of_kind(fact),
        place(buildings, inventory),
        part,
        span_words(start, end, local_zone(buildings, inventory)),
        amount(fact["value"], fact["unit"], fact["query"].get("unit")) + mark,
    ]


def _proof(fact: Fact) -> list[str]:
    return [f"{100 * fact['coverage']:.1f} %", fact["id"]]


def _bar(fact: Fact, lead: Fact, bars: Mapping[str, float], largest: float) -> str:
    """Draw a fact of the same kind as the first one; the others (operands, hours of peaks) have no bar."""
    key = fact["group"] or "".join(fact["buildings"][:1])
    alike = fact["unit"] == lead["unit"] and _name_of_kind(fact) == _name_of_kind(lead)
    return bar(fact["value"], largest, width=BAR_WIDTH) if alike and key in bars else ""


def _name_of_kind(fact: Fact) -> str:
    return str(fact["name"]).removesuffix(f", {fact['group']}")
