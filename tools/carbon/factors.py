"""Emission factors of a year, by region and carrier, each with its source.

The shipped table, `data/benchmarks/carbon_factors.csv`, has what public bodies give for reporting: the generation of
electricity (without losses of the grid, which are scope 3) and the burning of gas by its gross calorific value. A year
or region that it lacks is an error and not the nearest one: grids change by a tenth and more from year to year.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tools.errors import NoData

TABLE = Path(__file__).resolve().parents[2] / "data" / "benchmarks" / "carbon_factors.csv"


@dataclass(frozen=True, slots=True)
class AnnualFactors:
    """Factors in kg per kWh and their sources, by calendar year. `gases`: CO2e, or CO2 where the source has only it."""

    region: str
    carrier: str
    kg_per_kwh: Mapping[int, float]
    sources: Mapping[int, str]
    gases: str = "CO2e"

    def of(self, year: int) -> float:
        """Return the factor of a year. Raises `NoData` naming the years that there are."""
        if year not in self.kg_per_kwh:
            years = ", ".join(str(y) for y in sorted(self.kg_per_kwh))
            raise NoData(
                f"there is no {self.carrier} factor of {self.region} for {year} (there are {years}); give one with its "
                "source"
            )
        return self.kg_per_kwh[year]


def stated(kg_per_kwh: Mapping[int, float], region: str, carrier: str, source: str) -> AnnualFactors:
    """Return factors that a person gives, with where they are from."""
    return AnnualFactors(region, carrier, dict(kg_per_kwh), dict.fromkeys(kg_per_kwh, source))


def shipped_factors(region: str, carrier: str) -> AnnualFactors:
    """Return the shipped factors of a region (GB, US) and carrier (electricity, gas). Raises `NoData` without any."""
    found = _shipped().get((region, carrier))
    if found is None:
        there = "; ".join(f"{kind} of {place}" for place, kind in _shipped())
        raise NoData(
            f"there are no shipped {carrier} factors of {region} (there are {there}); give some with their source"
        )
    return found


@lru_cache(maxsize=1)
def _shipped() -> dict[tuple[str, str], AnnualFactors]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    keys = dict.fromkeys((row["region"], row["carrier"]) for row in rows)
    return {key: _of(key, [row for row in rows if (row["region"], row["carrier"]) == key]) for key in keys}


def _of(key: tuple[str, str], rows: list[dict[str, str]]) -> AnnualFactors:
    factors = {int(row["year"]): float(row["kg_per_kwh"]) for row in rows}
    return AnnualFactors(*key, factors, {int(row["year"]): row["source"] for row in rows}, rows[0]["gases"])
