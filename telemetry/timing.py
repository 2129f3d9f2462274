"""Time each step of a graph without a line about time in any step."""

import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

Update = TypeVar("Update", bound=dict[str, Any])


def timed(name: str, node: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return the node with `timings_ms: {name: milliseconds}` added to what it returns."""

    @wraps(node)
    async def step(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        update = await node(*args, **kwargs)
        return {**update, "timings_ms": {name: round(1000 * (time.perf_counter() - start), 3)}}

    return step
