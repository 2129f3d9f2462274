"""The strategies by their names."""

from typing import get_args

from config.settings import Strategy
from models.router.errors import UnknownStrategy

STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)


def strategy_named(word: str) -> Strategy:
    """Return the strategy of a name. Raises `UnknownStrategy`, which suggests the near one."""
    for strategy in STRATEGIES:
        if word == strategy:
            return strategy
    raise UnknownStrategy(word, STRATEGIES)
