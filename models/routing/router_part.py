"""The document's `router`: how endpoints are weighed."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from config.settings import Strategy
from models.router.rules import WEIGHTS, Rules, Weights
from models.routing.part import Part

Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class WeightsPart(Part):
    """What counts how much in `balanced`, and among clouds in `local_first`; only the ratios matter."""

    quality: Weight = Field(default=WEIGHTS.quality, description="A better model.")
    cost: Weight = Field(default=WEIGHTS.cost, description="A cheaper call.")
    latency: Weight = Field(default=WEIGHTS.latency, description="A sooner answer.")
    load: Weight = Field(default=WEIGHTS.load, description="An idler endpoint.")

    @model_validator(mode="after")
    def _weigh_something(self) -> Self:
        if self.quality + self.cost + self.latency + self.load == 0:
            raise ValueError("the weights sum to nothing; give at least one of quality, cost, latency and load")
        return self


class RouterPart(Part):
    """How endpoints are weighed."""

    strategy: Strategy = Field(default="local_first", description="What comes first; EAIO_STRATEGY names another.")
    weights: WeightsPart = WeightsPart()
    regions: tuple[str, ...] = Field(
        default=(), description="Where a cloud may work on what it is sent, as endpoints say it; anywhere if none."
    )

    def rules(self, strategy: Strategy | None = None) -> Rules:
        """Return it as the router reads it, with another strategy if one is given."""
        weights = Weights(self.weights.quality, self.weights.cost, self.weights.latency, self.weights.load)
        return Rules(strategy or self.strategy, weights, self.regions)
