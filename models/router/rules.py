"""How the router weighs: the part of its inputs that people set, and what was fitted for them."""

from dataclasses import dataclass

from config.settings import Strategy
from models.router import chance_weights
from models.router.errors import BadRequest
from models.router.figures import require_figure


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much where things are balanced; only their ratios matter, and one is above 0."""

    quality: float = 0.4
    cost: float = 0.3
    latency: float = 0.2
    load: float = 0.1

    def __post_init__(self) -> None:
        for name in ("quality", "cost", "latency", "load"):
            require_figure("the weights", name, getattr(self, name))
        if self.quality + self.cost + self.latency + self.load == 0:
            raise BadRequest("the weights sum to nothing; give at least one of quality, cost, latency and load")


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Curve:
    """The fitted curve of the chance of a right answer; see `models.router.chance`."""

    base: float = chance_weights.BASE
    quality: float = chance_weights.QUALITY
    complexity: float = chance_weights.COMPLEXITY


CURVE = Curve()


@dataclass(frozen=True, slots=True)
class Rules:
    """A strategy and its settings."""

    strategy: Strategy = "local_first"
    weights: Weights = WEIGHTS
    regions: tuple[str, ...] = ()
    """Where a cloud may work on what it is sent; anywhere if none is named."""
    curve: Curve = CURVE
    """As it was when the decision was made: another fit does not change what an old record comes to."""
