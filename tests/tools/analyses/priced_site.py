"""A made site that also has hourly prices and carbon factors, and an office whose weekends take 4 kW."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from tests.made_site import HOUR, MadeSite, local_clock
from tools.figures import Values
from tools.readings import Meter

START = datetime(2019, 1, 1, tzinfo=UTC)
UNITS = {"price": "GBP_per_kWh", "carbon": "kgCO2e_per_kWh"}


def office(days: int = 365) -> Values:
    """Return 10 kW from 08:00 to 18:00 on working days, 4 kW at weekends, 2 kW else, from 1 January 2019 on."""
    local = local_clock(days)
    busy = (local.weekday < 5) & (local.hour >= 8) & (local.hour < 18)
    return np.where(busy, 10.0, np.where(local.weekday >= 5, 4.0, 2.0))


def priced(
    loads: dict[str, Values], *, price: Values | float | None = None, carbon: Values | float | None = None, **more: Any
) -> MadeSite:
    """Return a site with loads, and with hourly prices and carbon factors where given."""
    site = MadeSite(loads, **more)
    n = len(next(iter(loads.values())))
    for kind, given in (("price", price), ("carbon", carbon)):
        if given is not None:
            meter, values = f"town/{kind}", np.broadcast_to(np.asarray(given, dtype=np.float64), (n,))
            site._series[meter] = values
            site.names.meters[meter] = Meter(meter, "town", kind, UNITS[kind], START, START + n * HOUR)  # type: ignore[arg-type]
    return site
