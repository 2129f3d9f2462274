"""What may be asked of the data themselves: a figure of a series, a fact of the catalogue, days of a kind of weather.

These stand in the terms of a query, beside its buildings and its period.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SiteSeries = Literal["temperature", "humidity", "irradiance", "carbon", "price"]
SeriesFigure = Literal[
    "mean",
    "highest",
    "lowest",
    "median",
    "percentile",
    "standard_deviation",
    "above",
    "below",
    "zeros",
    "missing",
    "rise",
    "fall",
    "top",
    "baseload_share",
    "crest",
]
CatalogueFact = Literal["area", "year_built", "use", "floors", "meters", "buildings", "record"]
Fuel = Literal["electricity", "gas"]


class DayBand(BaseModel):
    """Local days: those whose mean outdoor temperature lies in [low, high), or which are (no) public holidays."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low_degc: float | None = Field(default=None, description="Mean outdoor temperature of the day, at least.")
    high_degc: float | None = Field(default=None, description="Mean outdoor temperature of the day, less than.")
    extreme: Literal["coldest", "warmest"] | None = Field(default=None, description="The one such day of the period.")
    holidays: Literal["without", "only"] | None = Field(default=None, description="Public holidays of the site.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low_degc is not None and self.high_degc is not None and self.low_degc >= self.high_degc:
            raise ValueError(
                f"a band of temperature runs from low to high, not from {self.low_degc} to {self.high_degc}"
            )
        return self


class DataAsked(BaseModel):
    """One figure of a series, one fact of the catalogue, or the days that count; what is None was not asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    series: SiteSeries | None = Field(default=None, description="A series of the site's own, not of a building.")
    figure: SeriesFigure | None = None
    level: float | None = Field(default=None, description="A percentile (0 to 100), or a threshold in the base unit.")
    fact: CatalogueFact | None = None
    use: str | None = Field(default=None, description="Only buildings of this use.")
    fuel: Fuel | None = Field(default=None, description="Only buildings with (or without) a meter of it.")
    lacking: bool = Field(default=False, description="Those without the meter, instead of those with it.")
    days: DayBand | None = None
    against_days: DayBand | None = None
