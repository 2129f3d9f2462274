"""What the ledger of usage comes to over a period, as data: shown as table, JSON or page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gateway.dollars import NANO
from gateway.errors import BadUsage

if TYPE_CHECKING:
    from memory.usage_ledger import By, UsageSum

LOCAL_TARGET, CHEAPER_TARGET = 0.95, 0.60
"""What is aimed for: questions answered here, and what is saved of what GPT-4o would have cost for the same words."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both within; None where it has no end on that side."""

    since: date | None = None
    until: date | None = None

    def words(self, first: str = "", last: str = "") -> str:
        """Say it; `first` and `last` are the days in it that have something, for a side without an end."""
        start, end = (self.since and self.since.isoformat()) or first, (self.until and self.until.isoformat()) or last
        return f"{start} to {end}" if start != end else start


def period_of(since: str | None, until: str | None) -> Period:
    """Read the days that were given. Raises `BadUsage` for what is no day, or ends before it begins."""
    period = Period(_day("--since", since), _day("--until", until))
    if period.since and period.until and period.since > period.until:
        raise BadUsage(f"--since {since} is after --until {until}; give the earlier day first")
    return period


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadUsage(f"{name} {text}: give a day such as 2026-01-31") from None


@dataclass(frozen=True, slots=True)
class Budget:
    """One of the budgets that count for whoever asks."""

    scope: str
    left_nusd: int
    limit_nusd: int
    ends_at: datetime
    """When it begins anew."""
    low_below: float
    """Share of the limit under which all stays local."""

    @property
    def state(self) -> str:
        """Return `ample`; `low` where all stays local; `spent` where nothing is left."""
        if self.left_nusd <= 0:
            return "spent"
        return "low" if self.left_nusd < self.low_below * self.limit_nusd else "ample"


@dataclass(frozen=True, slots=True)
class UsageReport:
    """A period: its sums, and what is left to spend now."""

    period: Period
    timezone: str
    by: "By"
    totals: "UsageSum"
    days: "Sequence[UsageSum]"
    models: "Sequence[UsageSum]"
    tenants: "Sequence[UsageSum]"
    budgets: Sequence[Budget] = ()
    unsettled: bool = False
    """Whether calls ended that could not be counted yet."""

    @property
    def rows(self) -> "Sequence[UsageSum]":
        """Return the sums that were asked for."""
        return {"day": self.days, "model": self.models, "tenant": self.tenants}[self.by]

    @property
    def words(self) -> str:
        """Say which days these are."""
        names = [day.name for day in self.days]
        return self.period.words(names[0] if names else "", names[-1] if names else "")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was asked in these days."""
        return not self.totals.questions


def saved_share(of: "UsageSum") -> float | None:
    """Return what was saved of what GPT-4o would have cost; None where no words stood."""
    return of.saved_nusd / of.baseline_nusd if of.baseline_nusd else None


def without_gaps(days: "Sequence[UsageSum]", most: int) -> "list[tuple[date, UsageSum | None]]":
    """Return the newest days, at most so many, one after the other; None for a day on which nothing was asked."""
    found = {date.fromisoformat(day.name): day for day in days}
    if not found:
        return []
    first, last = min(found), max(found)
    first = max(first, last - timedelta(days=most - 1))
    count = (last - first).days + 1
    return [(day, found.get(day)) for day in (first + timedelta(days=n) for n in range(count))]


def as_json(report: UsageReport) -> dict[str, Any]:
    """Return the report as one object: money in US dollars and in the nano-dollars that are counted, shares 0 to 1."""
    period = report.period
    return {
        "status": "answered",
        "reason": "nothing was asked in this period" if report.is_empty else "",
        "since": period.since and period.since.isoformat(),
        "until": period.until and period.until.isoformat(),
        "timezone": report.timezone,
        "by": report.by,
        "rows": [sum_json(row) for row in report.rows],
        "totals": sum_json(report.totals),
        "budgets": [_budget_json(budget) for budget in report.budgets],
        "unsettled": report.unsettled,
    }


def sum_json(of: "UsageSum") -> dict[str, Any]:
    """Return one sum with what follows from it."""
    money = {f"{name}_usd": getattr(of, f"{name}_nusd") / NANO for name in ("cost", "saved", "baseline")}
    return asdict(of) | money | {"local_share": of.local_share, "saved_share": saved_share(of)}


def _budget_json(budget: Budget) -> dict[str, Any]:
    money = {"left_usd": budget.left_nusd / NANO, "limit_usd": budget.limit_nusd / NANO}
    return asdict(budget) | money | {"state": budget.state}
