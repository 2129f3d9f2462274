"""The typed question. Whatever a person wrote, or a model filled in, becomes one `EnergyQuery` or an error.

Calendar words ("2019", "March", "at night") mean the site's own time, and one question may touch sites in several
zones, so a query keeps its periods as local calendar times; they become UTC only for a given site.
"""

from datetime import UTC, datetime
from typing import Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tools.data_asked import DataAsked
from tools.picked_hours import PickedHours

Measure = Literal["electricity", "gas", "total", "carbon", "cost"]
OfHours = Literal["total", "mean", "peak", "minimum", "baseload", "load_factor", "intensity", "share", "quality"]
Analysis = Literal[
    "peer_rank",
    "waste",
    "day_types",
    "day_kinds",
    "schedule",
    "load_duration",
    "peak_driver",
    "degree_days",
    "baseline",
    "savings",
    "anomalies",
    "level_changes",
    "causes",
    "forecast",
    "what_if",
    "payback",
    "emissions",
    "tariff_cost",
    "alike",
    "site_series",
    "catalogue",
    "hours_figure",
    "fuel_share",
    "picked_days",
    "trend",
    "unit_rate",
    "peer_median",
]
Statistic = Literal[OfHours, Analysis]
ANALYSES = frozenset(get_args(Analysis))
NamedHours = Literal["all", "day", "night", "weekday", "weekend"]
Hours = NamedHours | PickedHours
Group = Literal["none", "building", "year", "quarter", "month", "day", "weekday", "hour"]
Order = Literal["highest", "lowest", "furthest"]
Per = Literal["hour", "day", "week", "month", "year"]


class Period(BaseModel):
    """A half-open span of local calendar time, with the words it was asked in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime = Field(description="Local calendar time, no zone.")
    end: datetime = Field(description="Local calendar time, no zone, excluded.")
    words: str = Field(description="As a person would say it: 'March 2019'.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("a period is in local calendar time, without a zone")
        if self.end <= self.start:
            raise ValueError(f"the period ends ({self.end:%Y-%m-%d}) before it starts ({self.start:%Y-%m-%d})")
        return self

    def utc(self, timezone: str) -> tuple[datetime, datetime]:
        """Return [start, end) in UTC for a site in `timezone`."""
        zone = ZoneInfo(timezone)
        return self.start.replace(tzinfo=zone).astimezone(UTC), self.end.replace(tzinfo=zone).astimezone(UTC)


class Change(BaseModel):
    """A change that was not made: a set-back by K, a shift by hours, a baseload cut in percent, closed weekends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["set_back", "shift", "close_weekends", "cut_baseload", "cut_use"]
    amount: float | None = Field(default=None, description="K, hours (negative: earlier) or percent; none to close.")


class Terms(BaseModel):
    """What an analysis needs beyond buildings and periods; each field is None where the question leaves it open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: datetime | None = Field(default=None, description="Local day from which a measure was in force.")
    basis: Literal["site", "source"] | None = Field(default=None, description="Energy at the meter or at its source.")
    weather_normalised: bool = False
    peers: Literal["cbecs", "energy_star", "seattle", "own"] | None = None
    change: Change | None = None
    investment: float | None = Field(default=None, ge=0, description="In the site's currency.")
    saving_a_year: float | None = Field(default=None, description="In the site's currency, where one is stated.")
    price_per_kwh: float | None = Field(default=None, description="In the site's currency, where one is stated.")
    scope2: Literal["location", "market", "marginal"] | None = None
    factor_kgco2e_per_kwh: float | None = Field(default=None, ge=0, description="Of a supply contract, where stated.")
    base_degc: float | None = Field(default=None, description="Of degree days.")
    cooling: bool = Field(default=False, description="Degree days, or the weather's share, of cooling.")
    horizon: Literal["day", "week"] | None = Field(default=None, description="How far a forecast looks.")
    kinds: tuple[str, ...] = Field(default=(), description="Kinds of anomalies; empty for all.")
    model: Literal["daily", "hourly"] | None = Field(default=None, description="Whose own fit is asked for.")
    data: DataAsked | None = Field(default=None, description="Of series, catalogue and days of a kind.")


class EnergyQuery(BaseModel):
    """What is asked, of what, when, and against what.

    `buildings` empty means every building of `sites`; `sites` empty means every site with data in the period;
    `period` None means the whole record. At most one of the three `against_*` is set: the same figure is then
    computed for the reference and the answer is the difference, in percent too. `order` turns the groups into a
    rank: `furthest` is by the size of a change, whatever its direction. `per` divides a mean: kWh a day. A measure
    `total` is electricity, with gas beside it as it is labelled; the two are never added.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: Measure = "electricity"
    statistic: Statistic = "total"
    buildings: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    period: Period | None = None
    hours: Hours = "all"
    group: Group = "none"
    against_period: Period | None = None
    against_buildings: tuple[str, ...] = ()
    against_hours: Hours | None = None
    order: Order | None = None
    limit: int | None = Field(default=None, ge=1, le=1000)
    per: Per | None = None
    terms: Terms | None = Field(default=None, description="What an analysis needs beyond this.")
    unit: str | None = Field(default=None, description="The unit the headline shows, where one was asked for.")
    picture: Literal["heat"] | None = Field(default=None, description="The picture asked for: hour by day, as heat.")

    @model_validator(mode="after")
    def _one_reference(self) -> Self:
        given = [bool(self.against_period), bool(self.against_buildings), bool(self.against_hours)]
        if sum(given) > 1:
            raise ValueError("compare with one thing at a time: a period, buildings, or hours")
        return self
