"""What a budget says of itself: to the router as a view, to a reader in words with the remedy."""

from zoneinfo import ZoneInfo

from memory.budget_rows import Left, Standing
from models.budget import Planned, usd_of
from models.errors import BudgetLow, BudgetRefused, BudgetSpent
from models.router.budget_view import BudgetView
from models.routing.budgets_part import BudgetsPart

WHERE = "`budgets` in llm_routing.yaml sets it"


def view_of(standing: Standing, part: BudgetsPart) -> BudgetView:
    """Return a standing as the router reads it."""
    return BudgetView(
        standing.state,
        usd_of(max(0, standing.left_nusd)),
        usd_of(standing.limit_nusd),
        usd_of(max(0, standing.question_nusd)),
        scope_of(standing),
        reason_of(standing, part),
    )


def scope_of(left: Left) -> str:
    """Return whose budget it is, and of when: `tenant local, day 2026-11-22`."""
    when = f"{left.today:%Y-%m-%d}" if left.span == "day" else f"{left.today:%Y-%m}"
    return f"{left.kind} {left.name}, {left.span} {when}"


def reason_of(standing: Standing, part: BudgetsPart) -> str:
    """Say why nothing is paid, when that ends and who can change it; nothing where something is."""
    if standing.state == "ample":
        return ""
    limit, remaining = usd_of(standing.limit_nusd), usd_of(standing.left_nusd)
    again = f"{standing.ends_at.astimezone(ZoneInfo(part.timezone)):%Y-%m-%d %H:%M %Z}"
    if standing.limit_nusd == 0:
        return f"{scope_of(standing)}: its budget is 0 USD, so nothing is paid; {WHERE}"
    if standing.state == "spent":
        return f"{scope_of(standing)}: {remaining:.4f} USD is left of {limit:g}; it begins anew {again}, {WHERE}"
    return (
        f"{scope_of(standing)}: {remaining:.4f} USD is left of {limit:g}, under {part.local_only_below:.0%}, so all"
        f" stays local; it begins anew {again}, {WHERE}"
    )


def refusal(standing: Standing, planned: Planned, part: BudgetsPart) -> BudgetRefused:
    """Return the error of a call that the budgets do not pay."""
    if standing.state != "ample":
        kind = BudgetLow if standing.state == "low" else BudgetSpent
        return kind(planned.endpoint, reason_of(standing, part))
    return BudgetSpent(
        planned.endpoint,
        f"the call costs up to {usd_of(planned.most_nusd):.4f} USD and this question may still cost"
        f" {usd_of(max(0, standing.question_nusd)):.4f}, {part.question_share:.0%} of what is left"
        f" ({scope_of(standing)}: {usd_of(standing.left_nusd):.4f} USD of {usd_of(standing.limit_nusd):g}); {WHERE}",
    )
