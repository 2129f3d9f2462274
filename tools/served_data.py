"""The arguments of the served analyses of the data themselves: series, catalogue, figures of hours, days of a kind."""

from typing import ClassVar, Literal

from pydantic import Field

from tools.data_asked import DataAsked
from tools.energy_query import Hours
from tools.served_arguments import Asked, Compared, ComparedFuel, OfFuel


class OfData(Asked):
    """With what is asked of the data themselves."""

    terms_of: ClassVar[tuple[str, ...]] = ("data",)
    data: DataAsked = Field(description="Which series, figure, fact, use or days.")


class SiteSeries(Compared, OfData):
    """Tell outdoor temperature, humidity, irradiance, grid carbon (g/kWh) or price: mean, extremes, best hours."""

    statistic_of = "site_series"
    group: Literal["none", "hour", "weekday", "day", "month", "year"] = Field(default="none", description="Means.")


class Catalogue(OfData):
    """Tell floor area, year, use, floors, meters and number of buildings, as the catalogue has them."""

    statistic_of = "catalogue"


class HoursFigure(ComparedFuel, OfData):
    """Compute a percentile, spread, hours above a threshold, zeros, gaps, steps or the top hours of a load."""

    statistic_of = "hours_figure"
    hours: Hours = Field(default="all", description="Night is 22:00 to 06:00, the weekend Saturday and Sunday.")


class FuelShare(ComparedFuel):
    """Tell how much of a building's energy is gas, or electricity."""

    statistic_of = "fuel_share"


class PickedDays(OfFuel, OfData):
    """Tell the use on the coldest day, on days in a band of temperature, or with (or without) public holidays."""

    statistic_of = "picked_days"


class Trend(OfFuel):
    """Tell whether a building gets better or worse over the years."""

    statistic_of = "trend"


class UnitRate(Compared):
    """Tell what a kWh that a building used cost, or emitted, on average, weighted by its load."""

    statistic_of = "unit_rate"
    measure: Literal["carbon", "cost"] = Field(description="Which rate.")


class PeerMedian(OfData):
    """Tell the median energy intensity of a use among CBECS, Seattle or ENERGY STAR buildings."""

    statistic_of = "peer_median"
    terms_of = ("data", "peers", "basis")
    peers: Literal["cbecs", "energy_star", "seattle"] | None = Field(default=None, description="ENERGY STAR if none.")
    basis: Literal["site", "source"] | None = Field(default=None, description="Site energy if none.")


OF_DATA: tuple[type[Asked], ...] = (
    SiteSeries,
    Catalogue,
    HoursFigure,
    FuelShare,
    PickedDays,
    Trend,
    UnitRate,
    PeerMedian,
)
