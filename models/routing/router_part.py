"""The document's `router`: how endpoints are weighed."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from config.settings import Strategy
from models.router.figures import MOST
from models.router.rules import WEIGHTS, Rules, Weights
from models.router.strategy_name import strategy_named
from models.routing.part import Part

Weight = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,16}(-[a-z0-9]+)*$")]


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
    regions: tuple[Region, ...] = Field(
        default=(),
        description="Where a cloud may work on what it is sent: `eu` holds `eu-west-1` too; anywhere if none is named.",
    )

    @field_validator("strategy", mode="before")
    @classmethod
    def _known(cls, given: object) -> object:
        return strategy_named(given) if isinstance(given, str) else given

    def rules(self, strategy: Strategy | None = None) -> Rules:
        """Return it as the router reads it, with another strategy if one is given."""
        weights = Weights(self.weights.quality, self.weights.cost, self.weights.latency, self.weights.load)
        return Rules(strategy or self.strategy, weights, self.regions)
