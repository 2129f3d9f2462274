"""Units that files use, and how their readings become hours.

A quantity (kWh, m3) adds up over an hour; a rate (kW, degC, percent) is averaged. A mean of 1 kW over an hour is 1 kWh.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.readings import MeterKind

Floats = NDArray[np.float64]

KWH_PER_M3 = 11.19  # natural gas at 39.4 MJ/m3 and the volume correction 1.02264: the usual figure on British bills
M3_PER_FT3 = 0.028316846592
J_PER_BTU = 1055.05585262  # of the International Table
_J_PER_KWH = 3.6e6


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a file writes it. Stored is `(value - zero) * factor / divisor` in the unit `stored`."""

    name: str
    stored: str
    hourly: Literal["sum", "mean"]
    kinds: tuple[MeterKind, ...]
    factor: float = 1.0
    divisor: float = 1.0
    zero: float = 0.0


_ENERGY: tuple[MeterKind, ...] = ("electricity", "gas")

UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("kWh", "kWh", "sum", _ENERGY),
        Unit("Wh", "kWh", "sum", _ENERGY, divisor=1000.0),
        Unit("MWh", "kWh", "sum", _ENERGY, factor=1000.0),
        Unit("kW", "kWh", "mean", _ENERGY),
        Unit("W", "kWh", "mean", _ENERGY, divisor=1000.0),
        Unit("MW", "kWh", "mean", _ENERGY, factor=1000.0),
        Unit("m3", "kWh", "sum", ("gas",), factor=KWH_PER_M3),
        Unit("ft3", "kWh", "sum", ("gas",), factor=KWH_PER_M3 * M3_PER_FT3),
        Unit("CCF", "kWh", "sum", ("gas",), factor=KWH_PER_M3 * M3_PER_FT3 * 100.0),
        Unit("therm", "kWh", "sum", _ENERGY, factor=J_PER_BTU * 1e5 / _J_PER_KWH),
        Unit("Btu", "kWh", "sum", _ENERGY, factor=J_PER_BTU / _J_PER_KWH),
        Unit("kBtu", "kWh", "sum", _ENERGY, factor=J_PER_BTU * 1e3 / _J_PER_KWH),
        Unit("MMBtu", "kWh", "sum", _ENERGY, factor=J_PER_BTU * 1e6 / _J_PER_KWH),
        Unit("MJ", "kWh", "sum", _ENERGY, divisor=3.6),
        Unit("GJ", "kWh", "sum", _ENERGY, factor=1000.0, divisor=3.6),
        Unit("degC", "degC", "mean", ("temperature",)),
        Unit("degF", "degC", "mean", ("temperature",), factor=5.0, divisor=9.0, zero=32.0),
        Unit("percent", "percent", "mean", ("humidity",)),
        Unit("W_per_m2", "W_per_m2", "mean", ("irradiance",)),
        Unit("kgCO2e_per_kWh", "kgCO2e_per_kWh", "mean", ("carbon",)),
        Unit("gCO2e_per_kWh", "kgCO2e_per_kWh", "mean", ("carbon",), divisor=1000.0),
        *(Unit(f"{code}_per_kWh", f"{code}_per_kWh", "mean", ("price",)) for code in ("GBP", "EUR", "USD", "INR")),
    )
}

GAS_VOLUMES = ("m3", "ft3", "CCF")
"""Units of gas whose heat is assumed."""

DEFAULT_UNIT: dict[MeterKind, str] = {
    "electricity": "kWh",
    "gas": "kWh",
    "temperature": "degC",
    "humidity": "percent",
    "irradiance": "W_per_m2",
    "carbon": "kgCO2e_per_kWh",
    "price": "GBP_per_kWh",
}


def in_stored_unit(values: Floats, unit: str, interval_s: int) -> Floats:
    """Return readings of intervals in the unit that is stored; a rate of energy becomes its amount in the interval."""
    known = UNITS[unit]
    stored = (values - known.zero) * known.factor / known.divisor
    is_rate = known.hourly == "mean" and known.stored == "kWh"
    return stored * (interval_s / 3600.0) if is_rate else stored
