"""Changes of level with their date and size, and what explains a change between two periods."""

from tools.change.detect import Changes, LevelChange, level_changes
from tools.change.explain import Cause, CauseKind, Explanation, PeriodUse, explain

__all__ = ["Cause", "CauseKind", "Changes", "Explanation", "LevelChange", "PeriodUse", "explain", "level_changes"]
