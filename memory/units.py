"""Units that files use, and how their readings become hours.

A quantity (kWh, m3) adds up over an hour; a rate (kW, degC, percent) is averaged. A mean of 1 kW over an hour is 1 kWh.
"""

from dataclasses import dataclass
from typing import Literal

from tools.readings import MeterKind

KWH_PER_M3 = 11.19  # natural gas at 39.4 MJ/m3 and the volume correction 1.02264: the usual figure on British bills


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
        Unit("degC", "degC", "mean", ("temperature",)),
        Unit("degF", "degC", "mean", ("temperature",), factor=5.0, divisor=9.0, zero=32.0),
        Unit("percent", "percent", "mean", ("humidity",)),
        Unit("W_per_m2", "W_per_m2", "mean", ("irradiance",)),
        Unit("kgCO2e_per_kWh", "kgCO2e_per_kWh", "mean", ("carbon",)),
        Unit("gCO2e_per_kWh", "kgCO2e_per_kWh", "mean", ("carbon",), divisor=1000.0),
        *(Unit(f"{code}_per_kWh", f"{code}_per_kWh", "mean", ("price",)) for code in ("GBP", "EUR", "USD", "INR")),
    )
}

DEFAULT_UNIT: dict[MeterKind, str] = {
    "electricity": "kWh",
    "gas": "kWh",
    "temperature": "degC",
    "humidity": "percent",
    "irradiance": "W_per_m2",
    "carbon": "kgCO2e_per_kWh",
    "price": "GBP_per_kWh",
}
