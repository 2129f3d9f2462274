"""What a filter and a condition on namespaces mean: what LangGraph's `InMemoryStore` makes of them.

It alone ends a search with an error at the first item that has no number where an order is asked for; here that item
does not fit.
Filters are applied here and not by Milvus, whose filters know neither nested objects nor a missing field.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from langgraph.store.base import MatchCondition

_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "$gt": operator.gt, "$gte": operator.ge, "$lt": operator.lt, "$lte": operator.le,
}  # fmt: skip
_EQUALS: dict[str, Callable[[Any, Any], Any]] = {"$eq": operator.eq, "$ne": operator.ne}


def fits(value: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> bool:
    """Tell whether a value has what a filter wants. Raises `ValueError` for an operator that there is not."""
    return all(_is_like(value.get(name), want) for name, want in (wanted or {}).items())


def _is_like(have: Any, want: Any) -> bool:
    if isinstance(want, dict):
        if any(str(name).startswith("$") for name in want):
            return all(_holds(have, name, operand) for name, operand in want.items())
        return isinstance(have, dict) and all(_is_like(have.get(name), inner) for name, inner in want.items())
    if isinstance(want, list | tuple):
        if not isinstance(have, list | tuple) or len(have) != len(want):
            return False
        return all(_is_like(h, w) for h, w in zip(have, want, strict=True))
    return bool(have == want)


def _holds(have: Any, name: str, operand: Any) -> bool:
    if name in _EQUALS:
        return bool(_EQUALS[name](have, operand))
    if name not in _ORDERS:
        known = ", ".join([*_EQUALS, *_ORDERS])
        raise ValueError(f"Unsupported operator: {name}; those of a filter are {known}")
    bound = float(operand)
    try:
        return bool(_ORDERS[name](float(have), bound))
    except (TypeError, ValueError):  # a search goes over items of all kinds; one without a number there does not fit
        return False


def matches(namespace: Sequence[str], conditions: Iterable[MatchCondition] | None) -> bool:
    """Tell whether a namespace begins and ends as the conditions want; `*` stands for any one label."""
    return all(_matches_one(namespace, condition) for condition in conditions or ())


def _matches_one(namespace: Sequence[str], condition: MatchCondition) -> bool:
    path = condition.path
    if condition.match_type not in ("prefix", "suffix"):
        raise ValueError(f"Unsupported match type: {condition.match_type}; there are prefix and suffix")
    if len(namespace) < len(path):
        return False
    part = namespace[: len(path)] if condition.match_type == "prefix" else namespace[len(namespace) - len(path) :]
    return all(want in ("*", have) for have, want in zip(part, path, strict=True))


def plain_prefix(conditions: Iterable[MatchCondition] | None) -> tuple[str, ...]:
    """Return the labels before the first `*` of the first condition on a beginning, which Milvus can look for."""
    path = next((c.path for c in conditions or () if c.match_type == "prefix"), ())
    stars = [n for n, label in enumerate(path) if label == "*"]
    return tuple(path[: stars[0]] if stars else path)
