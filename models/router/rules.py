"""How the router weighs: the part of its inputs that people set."""

from dataclasses import dataclass

from config.settings import Strategy


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much where things are balanced; only their ratios matter, and one is above 0."""

    quality: float = 0.4
    cost: float = 0.3
    latency: float = 0.2
    load: float = 0.1


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Rules:
    """A strategy and its settings."""

    strategy: Strategy = "local_first"
    weights: Weights = WEIGHTS
    regions: tuple[str, ...] = ()
    """Where a cloud may work on what it is sent; anywhere if none is named."""
