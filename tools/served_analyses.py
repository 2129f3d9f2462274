"""The arguments of each served analysis; what a class says of itself is the description of its tool."""

from datetime import date, datetime, time
from typing import Any, Literal

from pydantic import Field

from tools.energy_query import Change, Hours
from tools.served_arguments import Asked, Compared, ComparedFuel, OfFuel
from tools.served_data import OF_DATA


class PeerRank(OfFuel):
    """Rank a building's energy intensity among peers of its use, as a percentile."""

    statistic_of = "peer_rank"
    terms_of = ("peers", "basis")
    peers: Literal["cbecs", "energy_star", "seattle", "own"] | None = Field(default=None, description="By use if none.")
    basis: Literal["site", "source"] | None = Field(default=None, description="Energy at the meter or its source.")


class Waste(OfFuel):
    """Measure what is used while nobody is there, beyond the building's own quiet level."""

    statistic_of = "waste"
    hours: Literal["all", "night", "weekend"] = Field(default="all", description="Nights of working days, closed days.")


class DayTypes(OfFuel):
    """Tell how working days, Saturdays, Sundays and holidays differ."""

    statistic_of = "day_types"


class DayKinds(OfFuel):
    """Group days by the shape of their load."""

    statistic_of = "day_kinds"


class Schedule(OfFuel):
    """Infer when a building starts and stops from its load."""

    statistic_of = "schedule"


class LoadDuration(OfFuel):
    """Describe the load-duration curve and the hours near the peak."""

    statistic_of = "load_duration"


class PeakDriver(OfFuel):
    """Tell what the highest hour went with: the hour, the type of day, the weather."""

    statistic_of = "peak_driver"


class DegreeDays(Compared):
    """Count heating or cooling degree days of a site."""

    statistic_of = "degree_days"
    terms_of = ("base_degc", "cooling")
    base_degc: float | None = Field(default=None, ge=-20, le=40, description="The site's usual one if none.")
    cooling: bool = Field(default=False, description="Cooling degree days instead of heating.")


class Baseline(ComparedFuel):
    """Fit a weather baseline and tell how far the use was above or below it. `against_*` is the time to fit to."""

    statistic_of = "baseline"


class Savings(ComparedFuel):
    """Measure what a retrofit saved against its weather baseline (IPMVP Option C)."""

    statistic_of = "savings"
    terms_of = ("since",)
    since: date | None = Field(default=None, description="Day from which a measure was in force.")

    def _terms(self) -> dict[str, Any]:
        return {"since": datetime.combine(self.since, time()) if self.since else None}


class Anomalies(OfFuel):
    """Find what is unusual: spikes, stuck values, gaps, level shifts, odd days."""

    statistic_of = "anomalies"
    terms_of = ("kinds",)
    kinds: tuple[
        Literal["level_shift", "spike", "stuck", "zero_run", "missing", "schedule_drift", "unusual_day"], ...
    ] = Field(default=(), description="Empty for all.")


class LevelChanges(OfFuel):
    """Find the days on which a building's level of use changed for good."""

    statistic_of = "level_changes"


class Causes(ComparedFuel):
    """Share out a difference between two periods: weather, hours, data, level. `against_*` is the other time."""

    statistic_of = "causes"


class Forecast(OfFuel):
    """Forecast the day or week after the record, with intervals."""

    statistic_of = "forecast"
    terms_of = ("horizon",)
    horizon: Literal["day", "week"] = Field(default="day", description="From the end of the record.")


class Priced(OfFuel):
    """At a price."""

    price_per_kwh: float | None = Field(default=None, description="The site's tariff or hourly prices if none.")


class Changing(Priced):
    """What would change."""

    change: Literal["set_back", "shift", "close_weekends", "cut_baseload", "cut_use"] | None = Field(
        default=None,
        description="A set-back in K, a shift in hours, closed weekends, a cut of baseload or use in percent.",
    )
    amount: float | None = Field(default=None, description="K, whole hours (negative: earlier) or percent.")
    cooling: bool = Field(default=False, description="A set-back of cooling: warmer rooms.")

    def _terms(self) -> dict[str, Any]:
        change = Change(kind=self.change, amount=self.amount) if self.change else None
        others = {n: getattr(self, n) for n in type(self).terms_of if n not in ("change", "amount")}
        return {"change": change, **others}


class WhatIf(Changing):
    """Work out what a change would have saved: set-back, shift, closed weekends, baseload."""

    statistic_of = "what_if"
    terms_of = ("change", "amount", "cooling", "price_per_kwh")
    hours: Hours = Field(default="all", description="Of a set-back or a smaller baseload.")


class Payback(Changing):
    """Tell when an investment pays back, and what it is worth."""

    statistic_of = "payback"
    terms_of = ("change", "amount", "cooling", "price_per_kwh", "investment", "saving_a_year")
    investment: float = Field(ge=0, description="In the site's currency.")
    saving_a_year: float | None = Field(default=None, description="In the site's currency, where it is known.")


class Emissions(ComparedFuel):
    """Account for greenhouse gases: location-based, market-based, marginal, or of gas."""

    statistic_of = "emissions"
    terms_of = ("scope2", "factor_kgco2e_per_kwh")
    scope2: Literal["location", "market", "marginal"] | None = Field(default=None, description="Location if none.")
    factor_kgco2e_per_kwh: float | None = Field(default=None, ge=0, description="Of a supply contract.")
    group: Literal["none", "building", "month", "year"] = Field(default="none", description="One for each of these.")


class TariffCost(Compared, Priced):
    """Write the bill under the site's tariff, line by line."""

    statistic_of = "tariff_cost"
    terms_of = ("price_per_kwh",)
    group: Literal["none", "building", "month", "year"] = Field(default="none", description="One for each of these.")


class Alike(OfFuel):
    """Find buildings whose load behaves like one's, or days (weeks) like the period; `furthest`: the least alike."""

    statistic_of = "alike"
    hours: Hours = Field(default="all", description="Of which buildings are compared; days are compared whole.")
    group: Literal["building", "day"] = "building"
    order: Literal["furthest"] | None = None


SERVED: tuple[type[Asked], ...] = (
    PeerRank,
    Waste,
    DayTypes,
    DayKinds,
    Schedule,
    LoadDuration,
    PeakDriver,
    DegreeDays,
    Baseline,
    Savings,
    Anomalies,
    LevelChanges,
    Causes,
    Forecast,
    WhatIf,
    Payback,
    Emissions,
    TariffCost,
    Alike,
    *OF_DATA,
)
