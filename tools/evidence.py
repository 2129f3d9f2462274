"""Evidence: one computed fact, with everything needed to check it."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from privacy.labels import Label
from tools.energy_query import EnergyQuery

LabelName = Annotated[Label, PlainSerializer(lambda label: Label(label).name, return_type=str, when_used="json")]


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone; evidence is in UTC")
    return at


def iso_z(at: datetime) -> str:
    """Write a UTC time as ISO 8601 with `Z`."""
    return at.isoformat().replace("+00:00", "Z")


Utc = Annotated[datetime, AfterValidator(_utc), PlainSerializer(iso_z, return_type=str, when_used="json")]


class Span(BaseModel):
    """A half-open period in UTC."""

    model_config = ConfigDict(frozen=True)

    start: Utc
    end: Utc


class Evidence(BaseModel):
    """One computed fact. Values are unrounded; `coverage` is the share of the period's hours that counted, 0 to 1.

    Units: kWh, kW (mean of the hour), m2, kWh_per_m2, kgCO2e, a currency code, percent (0 to 100) or ratio.
    `caveats` must be shown wherever the value is: an open fault, low coverage, a doubtful unit.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    value: float
    unit: str
    buildings: tuple[str, ...]
    period: Span
    method: str
    coverage: float = Field(ge=0.0, le=1.0)
    label: LabelName
    query: EnergyQuery
    caveats: tuple[str, ...] = ()
    group: str | None = Field(default=None, description="The part it stands for: '2019-03', '07:00', 'Monday'.")

    def as_json(self) -> dict[str, Any]:
        """Return the fact as plain JSON values."""
        return self.model_dump(mode="json")


def _asked(query: EnergyQuery) -> str:
    """Write a query without what changes only its presentation."""
    words: dict[str, Any] = {"unit": True, "picture": True, "period": {"words"}, "against_period": {"words"}}
    return query.model_dump_json(exclude=words if query.terms else {**words, "terms": True})


def evidence_id(query: EnergyQuery, name: str, buildings: tuple[str, ...], period: Span, data_version: int) -> str:
    """Return an id that is the same whenever the same fact is computed from the same data."""
    text = "|".join(
        [_asked(query), name, ",".join(buildings), iso_z(period.start), iso_z(period.end), str(data_version)]
    )
    return "e" + hashlib.sha256(text.encode()).hexdigest()[:10]
