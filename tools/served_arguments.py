"""What the served tools may be told in common, and how that becomes a query; `served_analyses` has the rest."""

from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tools.energy_query import Group, Hours, Measure, OfHours, Order, Per, Statistic, Terms

Fuel = Literal["electricity", "gas"]


class Asked(BaseModel):
    """What every tool takes. Days are local to the buildings' site."""

    model_config = ConfigDict(extra="forbid")

    statistic_of: ClassVar[Statistic] = "total"
    terms_of: ClassVar[tuple[str, ...]] = ()

    buildings: tuple[str, ...] = Field(default=(), description="Ids of buildings; empty for all of the sites.")
    sites: tuple[str, ...] = Field(default=(), description="Ids of sites; empty for every site with data.")
    start: date | None = Field(default=None, description="First day; leave it out for the tool's usual time.")
    end: date | None = Field(default=None, description="Last day, included.")
    order: Order | None = Field(default=None, description="Puts buildings in order instead of adding them up.")
    limit: int | None = Field(default=None, ge=1, le=1000, description="How many of a rank.")

    @model_validator(mode="after")
    def _whole_period(self) -> Self:
        for first, last in self._spans().values():
            if (first is None) != (last is None):
                raise ValueError("give both the first and the last day of a period, or neither")
        return self

    def _spans(self) -> dict[str, tuple[date | None, date | None]]:
        return {"period": (self.start, self.end)}

    def query_fields(self) -> dict[str, Any]:
        """Return the fields of the query; a period as its first and last day."""
        own = self.model_dump(exclude={"start", "end", "against_start", "against_end", *type(self).terms_of})
        fields = {k: v for k, v in own.items() if v is not None}
        fields |= {name: span for name, span in self._spans().items() if span[0]}
        fields.setdefault("statistic", type(self).statistic_of)
        if self.order and fields.get("group", "none") == "none":
            fields["group"] = "building"
        terms = {k: v for k, v in self._terms().items() if v not in (None, False, ())}
        return {**fields, "terms": Terms(**terms)} if terms else fields

    def _terms(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in type(self).terms_of}


class Compared(Asked):
    """With a second period to set against the first."""

    against_start: date | None = Field(default=None, description="First day of the period to compare with.")
    against_end: date | None = Field(default=None, description="Last day of it, included.")

    def _spans(self) -> dict[str, tuple[date | None, date | None]]:
        return {**super()._spans(), "against_period": (self.against_start, self.against_end)}


class Figure(Compared):
    """Compute a plain figure of energy, carbon or cost: total, mean, peak, baseload, intensity, share, coverage."""

    measure: Measure = Field(default="electricity", description="Carbon and cost are those of electricity.")
    statistic: OfHours = Field(default="total", description="Baseload is the 5th percentile of the valid hours.")
    hours: Hours = Field(default="all", description="Night is 22:00 to 06:00; or weekdays and a clock span.")
    group: Group = Field(default="none", description="One figure for each of these.")
    per: Per | None = Field(default=None, description="Of a mean: kWh a day.")


class OfFuel(Asked):
    """Of electricity or gas."""

    measure: Fuel = Field(default="electricity", description="Gas is as labelled.")


class ComparedFuel(Compared, OfFuel):
    """Of electricity or gas, with a second period."""
