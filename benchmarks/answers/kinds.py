"""Types of questions, sorted as AssetOpsBench sorts its own: by what somebody needs, not by how it is computed."""

from typing import Final

TYPES: Final[dict[str, tuple[str, ...]]] = {
    "data query": (
        *("total", "several", "site", "gas", "mean", "daily", "average-month", "peak", "minimum", "load-factor"),
        *("baseload", "monthly", "profile", "month", "day", "night", "weekend", "carbon", "cost", "two", "unit"),
        *("weekday", "language", "injection"),
    ),
    "data quality": ("coverage", "quality"),
    "comparison": ("change", "compare", "share", "largest-change"),
    "ranking": ("rank",),
    "operation": ("waste", "schedule", "day-types", "day-kinds", "duration", "peak-driver", "alike"),
    "benchmarking": ("intensity", "peers"),
    "weather and baseline": ("degree-days", "baseline"),
    "verification": ("savings",),
    "anomaly and change": ("anomalies", "level"),
    "explanation": ("causes",),
    "forecast": ("forecast",),
    "decision": ("what-if", "payback"),
    "reporting": ("emissions", "tariff"),
    "conversation": ("follow-up",),
    "no answer": ("unanswerable", "no-data", "bad-input", "off-topic", "set-point"),
}
TYPE_OF: Final = {kind: name for name, kinds in TYPES.items() for kind in kinds}
