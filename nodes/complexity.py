"""How much a question gives a model to explain, estimated from its typed queries, or from its words alone.

The features of queries are weighed by what became of the embedded model's sentences over the answer set; those of words
by RouteLLM's graded questions. Neither asks a model.
"""

from collections.abc import Iterable, Sequence
from math import log1p

from models.router.complexity import Complexity, complexity_of_text, estimate
from models.router.query_weights import QUERY_WEIGHTS
from tools.energy_query import EnergyQuery

QUERY_FEATURES = (
    "further queries",
    "comparison",
    "rank",
    "groups",
    "part of the day",
    "carbon or cost",
    "not a total",
)
"""All names, in the order in which they are listed."""


def estimate_of(queries: Sequence[EnergyQuery], question: str) -> Complexity:
    """Return the complexity of a question; without a query its words alone decide."""
    if not queries:
        return complexity_of_text(question)
    return estimate(query_features(queries), QUERY_WEIGHTS)


def query_features(queries: Sequence[EnergyQuery]) -> dict[str, float]:
    """Return the features of a question that has queries, by name.

    Buildings, years and the number of words told nothing of what the embedded model would fail at, and are left out.
    """
    return {
        "further queries": log1p(len(queries) - 1),
        "comparison": _any(q.against_period or q.against_buildings or q.against_hours for q in queries),
        "rank": _any(q.order for q in queries),
        "groups": _any(q.group != "none" for q in queries),
        "part of the day": _any(q.hours != "all" for q in queries),
        "carbon or cost": _any(q.measure in ("carbon", "cost") for q in queries),
        "not a total": _any(q.statistic != "total" for q in queries),
    }


def _any(found: Iterable[object]) -> float:
    return float(any(found))
