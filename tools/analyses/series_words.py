"""How the values of a site's own series are shown: in which unit, scaled from the one they are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.data_asked import SiteSeries
from tools.wording import number

NOUN: Mapping[SiteSeries, str] = {
    "temperature": "outdoor temperature",
    "humidity": "outdoor relative humidity",
    "irradiance": "solar irradiance",
    "carbon": "carbon intensity of the grid",
    "price": "electricity price",
}
WORDS = {
    "degC": "°C",
    "degF": "°F",
    "percent": "%",
    "W_per_m2": "W/m2",
    "gCO2e_per_kWh": "gCO2e/kWh",
    "kgCO2e_per_kWh": "kgCO2e/kWh",
    "pence_per_kWh": "p/kWh",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit, and how a kept value becomes one of it: times `scale`, plus `offset`."""

    unit: str
    scale: float = 1.0
    offset: float = 0.0

    def of(self, value: float) -> float:
        """Return a kept value in this unit."""
        return value * self.scale + self.offset

    def of_gap(self, value: float, figure: str) -> float:
        """Return a figure in this unit; a spread of values has no offset."""
        return value * self.scale if figure == "standard_deviation" else self.of(value)

    def words(self, value: float) -> str:
        """Write a value of this unit."""
        decimals = 4 if "per_kWh" in self.unit and abs(value) < 1 else 1
        return f"{number(value, decimals)} {WORDS.get(self.unit, self.unit.replace('_per_', '/'))}"


def shown_as(series: SiteSeries, asked: str | None, currency: str | None) -> Shown:
    """Return how a series is shown: Celsius unless Fahrenheit is asked for, grams and pence unless kg or pounds are."""
    if series == "temperature":
        return Shown("degF", 1.8, 32.0) if asked == "degF" else Shown("degC")
    if series == "carbon":
        return Shown("kgCO2e_per_kWh") if asked == "kgCO2e_per_kWh" else Shown("gCO2e_per_kWh", 1_000.0)
    if series == "price":
        pence = currency == "GBP" and asked != "GBP_per_kWh"
        return Shown("pence_per_kWh", 100.0) if pence else Shown(f"{currency or 'money'}_per_kWh")
    return Shown({"humidity": "percent", "irradiance": "W_per_m2"}[series])
