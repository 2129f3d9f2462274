"""The JSON form of a tariff, as a site's settings keep it and people write it.

One tariff, or `{"tariffs": [...]}` for several that follow each other. `energy` is `{"price_per_kwh": 0.2}`, a table
`{"rates": [{"name": "day", "price_per_kwh": 0.24, "when": {"from_hour": 7, "to_hour": 22}}, ...]}`, or `"hourly"` for
the site's own series of prices. Only name, currency and energy must be there.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tools.errors import BadQuestion
from tools.figures import Values
from tools.money.demand import DemandCharge
from tools.money.rates import ALL_WEEK, ALL_YEAR, Energy, Flat, Hourly, Rate, TimeOfUse, When
from tools.money.tariff import Tariff

EXAMPLE = '{"name": "Flat", "currency": "GBP", "energy": {"price_per_kwh": 0.2}}'
Finite = Annotated[float, Field(allow_inf_nan=False)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WhenForm(_Form):
    """Hours of the week and year; what is left out is all of it."""

    from_hour: int = 0
    to_hour: int = 24
    weekdays: tuple[int, ...] = Field(default=ALL_WEEK, description="Monday is 0.")
    months: tuple[int, ...] = Field(default=ALL_YEAR, description="January is 1.")

    def made(self) -> When:
        """Return the hours. Raises `BadQuestion` for hours, weekdays or months that do not exist."""
        return When(self.from_hour, self.to_hour, self.weekdays, self.months)


class RateForm(_Form):
    """A price per kWh, and when it holds."""

    name: str
    price_per_kwh: Finite
    when: WhenForm = WhenForm()


class FlatForm(_Form):
    """One price for every kWh."""

    price_per_kwh: Finite


class TableForm(_Form):
    """Rates that cover every hour of the week and year once."""

    rates: tuple[RateForm, ...] = Field(min_length=1)


class DemandForm(_Form):
    """A price per kW of a month's billed demand."""

    name: str
    price_per_kw: Finite
    when: WhenForm = WhenForm()
    ratchet_percent: Finite = 0.0
    minimum_kw: Finite = 0.0

    def made(self) -> DemandCharge:
        """Return the charge."""
        return DemandCharge(self.name, self.price_per_kw, self.when.made(), self.ratchet_percent, self.minimum_kw)


class TariffForm(_Form):
    """A tariff, valid from a local date until the day before another."""

    name: str
    currency: str
    energy: FlatForm | TableForm | Literal["hourly"]
    demand: tuple[DemandForm, ...] = ()
    standing_per_day: Finite = 0.0
    export_per_kwh: Finite | None = None
    tax_percent: Finite = 0.0
    valid_from: date | None = None
    valid_to: date | None = None

    def made(self, hourly_price_per_kwh: Values | None) -> Tariff:
        """Return the tariff; "hourly" takes the site's prices."""
        return Tariff(
            self.name,
            self.currency,
            self._energy(hourly_price_per_kwh),
            tuple(d.made() for d in self.demand),
            self.standing_per_day,
            self.export_per_kwh,
            self.tax_percent,
            self.valid_from,
            self.valid_to,
        )

    def _energy(self, hourly_price_per_kwh: Values | None) -> Energy:
        if isinstance(self.energy, FlatForm):
            return Flat(self.energy.price_per_kwh)
        if isinstance(self.energy, TableForm):
            return TimeOfUse(tuple(Rate(r.name, r.price_per_kwh, r.when.made()) for r in self.energy.rates))
        if hourly_price_per_kwh is None:
            raise BadQuestion(f"the tariff {self.name!r} takes hourly prices, and the site has none; load them first")
        return Hourly(hourly_price_per_kwh)


def tariffs_from(form: Mapping[str, Any], hourly_price_per_kwh: Values | None = None) -> tuple[Tariff, ...]:
    """Return the tariffs of a JSON form; `hourly_price_per_kwh` is the site's own price of each hour of the load.

    Raises `BadQuestion` naming the field that is wrong, and `TariffGap` where a table leaves hours without a rate.
    """
    forms = form.get("tariffs", [form])
    if not isinstance(forms, list | tuple) or not forms:
        raise BadQuestion(f"a tariff without content; give one such as {EXAMPLE}")
    return tuple(_form(f).made(hourly_price_per_kwh) for f in forms)


def check_tariff(form: Mapping[str, Any]) -> None:
    """Raise as `tariffs_from` does where a form is no tariff; hourly prices need not be there yet."""
    import numpy as np

    tariffs_from(form, np.empty(0))


def _form(form: Any) -> TariffForm:
    try:
        return TariffForm.model_validate(form)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the tariff"
        raise BadQuestion(f"the tariff is not understood at {where}: {first['msg']}; write it as {EXAMPLE}") from wrong
