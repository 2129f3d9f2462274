"""What is left to spend, as the router sees it at one moment."""

from dataclasses import dataclass
from typing import Literal

from models.router.figures import require_figure

BudgetState = Literal["ample", "low", "spent", "down", "none"]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The tightest of the budgets that a question counts against."""

    state: BudgetState
    """`low` under the share below which all stays local, `down` where the store does not answer, `none` where there
    is no budget at all: only `ample` pays for a cloud."""
    left_usd: float = 0.0
    limit_usd: float = 0.0
    question_usd: float = 0.0
    """The most that this question may cost."""
    scope: str = ""
    """Whose budget it is, in words: `tenant local, day 2026-11-22`."""
    reason: str = ""
    """Why the state is not `ample`, in words, with the remedy."""

    def __post_init__(self) -> None:
        for name in ("left_usd", "limit_usd", "question_usd"):
            require_figure(f"the budget {self.scope}".rstrip(), name, getattr(self, name))


NO_BUDGET = BudgetView("none", reason="no budget is known here")
