"""Usage on a terminal: a line for each day, model or tenant, then what all of it comes to."""

from collections.abc import Sequence
from datetime import datetime
from math import floor
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gateway.dollars import nano_dollars
from gateway.grid import Grid, without_empty
from gateway.screen import Screen
from gateway.usage_figures import Budget, UsageReport, saved_share

if TYPE_CHECKING:
    from memory.usage_ledger import By, UsageSum

MOST_LINES = 31
ROUNDING = 1e-9
"""A share such as 0.95 is a little less in binary."""
COLUMNS = ("questions", "here", "calls", "to clouds", "tokens in", "out", "cached", "cost", "at GPT-4o", "saved")
HEADS: "dict[By, str]" = {"day": "day", "model": "answered by", "tenant": "tenant"}
SAVED = "Saved is what the words that stood would have cost at GPT-4o's price, less all that was paid, in vain too."
UNSETTLED = "Calls that the store could not count yet are not in here; the next question to a cloud counts them first."
HERE = "A question counts as answered here where no cloud has read anything of it."


def show(screen: Screen, report: UsageReport) -> None:
    """Print the period, or that nothing was asked in it."""
    if report.is_empty:
        screen.say(nothing(report))
        _show_budgets(screen, report)
        return
    rows = report.rows[-MOST_LINES:]
    screen.grid(usage_grid(report.by, rows, f"Usage by {report.by}, {report.words} (days of {report.timezone})"))
    if len(rows) < len(report.rows):
        hidden = len(report.rows) - len(rows)
        screen.say(f"{hidden} earlier lines are in the sums below; `--since` and `--json` show them.", "dim")
    screen.say()
    for line in in_words(report.totals):
        screen.say(line, "bold")
    screen.say(SAVED, "dim")
    _show_budgets(screen, report)


def _show_budgets(screen: Screen, report: UsageReport) -> None:
    if report.budgets:
        screen.say()
        screen.grid(budget_grid(report))
    if report.unsettled:
        screen.say(UNSETTLED, "yellow")


def nothing(report: UsageReport) -> str:
    """Say that there is nothing to show, and how there will be."""
    words = report.period.words("the beginning", "now")
    if report.period.since or report.period.until:
        return f"Nothing was asked from {words} (days of {report.timezone})."
    return "Nothing was asked yet; `eaio ask` writes the first line of this ledger."


def usage_grid(by: "By", rows: "Sequence[UsageSum]", title: str) -> Grid:
    """Return the table of some sums."""
    columns = (HEADS[by], *COLUMNS)
    cells = [usage_cells(row) for row in rows]
    return without_empty(Grid(columns, cells, title, frozenset(COLUMNS)), ("to clouds", "cached"))


def usage_cells(row: "UsageSum") -> tuple[str, ...]:
    """Return a line; what is 0 in a column that may be left out is empty."""
    return (
        *(row.name, f"{row.questions:,}", percent(row.local_share), f"{row.calls:,}"),
        *(f"{row.cloud_calls:,}" if row.cloud_calls else "", f"{row.tokens_in:,}", f"{row.tokens_out:,}"),
        *(f"{row.cached:,}" if row.cached else "", nano_dollars(row.cost_nusd), nano_dollars(row.baseline_nusd)),
        nano_dollars(row.saved_nusd),
    )


def in_words(totals: "UsageSum") -> list[str]:
    """Say what all of it comes to."""
    share = saved_share(totals)
    asked = "1 question" if totals.questions == 1 else f"{totals.questions:,} questions"
    of_all = f"{percent(totals.local_share)} of {asked} answered here"
    paid = f"clouds were paid {nano_dollars(totals.cost_nusd)}"
    if share is None:
        return [f"{of_all}; {paid}. No model's words stood, so there is nothing to compare with."]
    less = f"{percent(share)} less" if share >= 0 else f"{percent(-share)} more"
    return [f"{of_all}; {paid}, {less} than the {nano_dollars(totals.baseline_nusd)} of GPT-4o alone."]


def budget_grid(report: UsageReport) -> Grid:
    """Return the budgets of whoever asks, and when each begins anew."""
    rows = [(one.scope, _left(one), _local(one.ends_at, report.timezone)) for one in report.budgets]
    return Grid(("budget", "left", "begins anew"), rows)


def _left(budget: Budget) -> str:
    stays = {"low": ", so all stays local", "spent": ", so all stays local"}.get(budget.state, "")
    return f"{nano_dollars(budget.left_nusd)} of {nano_dollars(budget.limit_nusd)}{stays}"


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"


def percent(share: float | None) -> str:
    """Write a share, cut and not rounded: one that misses an aim by a little does not read as if it were met."""
    return "-" if share is None else f"{floor(1000 * share + ROUNDING) / 10:.1f} %"
