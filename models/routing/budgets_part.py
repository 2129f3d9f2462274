"""The document's `budgets`: what clouds may cost."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from models.routing.part import Part

Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class LimitsPart(Part):
    """What may be spent in a day and in a month, US dollars; 0 lets nothing be spent."""

    daily_usd: Dollars = Field(description="In a calendar day.")
    monthly_usd: Dollars = Field(description="In a calendar month.")


class BudgetsPart(Part):
    """What clouds may cost. A question counts against its tenant and against the key that it was asked with."""

    daily_usd: Dollars = Field(default=1.0, description="In a calendar day, for each tenant and key not named below.")
    monthly_usd: Dollars = Field(default=10.0, description="In a calendar month, likewise.")
    question_share: Share = Field(default=0.05, description="Of what is left, the most that one question may cost.")
    local_only_below: Share = Field(default=0.10, description="Share of a budget under which all stays local.")
    timezone: str = Field(default="UTC", description="Whose midnights end a day and a month.")
    lease_s: float = Field(
        default=120.0,
        gt=0,
        allow_inf_nan=False,
        description="After so long, money that was set aside and not spent is free again.",
    )
    tenants: dict[str, LimitsPart] = Field(default={}, description="Budgets of tenants by name.")
    keys: dict[str, LimitsPart] = Field(default={}, description="Budgets of keys by their id.")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
            raise ValueError(f"{name!r} is no time zone; give one such as Europe/Berlin or UTC") from fault
        return name
