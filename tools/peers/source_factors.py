"""What turns site energy into source energy: the fuel burned for each unit that reaches the building.

Source factors belong to a country and a standard. EPA uses national averages, so that no building gains or loses by the
plant that happens to supply it; they must not be used to judge a building elsewhere without saying so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tools.errors import NoData

Carrier = Literal[
    "electricity",
    "onsite_renewable",
    "gas",
    "fuel_oil",
    "propane",
    "steam",
    "hot_water",
    "chilled_water",
    "wood",
    "coal",
]


@dataclass(frozen=True, slots=True)
class SourceFactors:
    """Units of source energy per unit of site energy, by carrier; `where` is the country they are the average of."""

    standard: str
    where: str
    of: Mapping[Carrier, float]

    def factor(self, carrier: Carrier) -> float:
        """Return the factor of a carrier. Raises `NoData` where the standard has none."""
        if carrier not in self.of:
            known = ", ".join(self.of)
            raise NoData(f"{self.standard} has no source factor for {carrier} (it has {known}); give one of your own")
        return self.of[carrier]

    def words(self, carriers: tuple[Carrier, ...]) -> str:
        """Say which factors were used, by which standard."""
        used = ", ".join(f"{c.replace('_', ' ')} {self.of[c]:.2f}" for c in carriers)
        return f"source energy by {self.standard}, average of {self.where}: {used}"


EPA_US = SourceFactors(
    "EPA ENERGY STAR Portfolio Manager, Technical Reference: Source Energy (August 2023), figure 1",
    "the United States",
    MappingProxyType(
        {
            "electricity": 2.80,
            "onsite_renewable": 1.00,
            "gas": 1.05,
            "fuel_oil": 1.01,
            "propane": 1.01,
            "steam": 1.20,
            "hot_water": 1.20,
            "chilled_water": 0.91,
            "wood": 1.00,
            "coal": 1.00,
        }
    ),
)
EPA_CANADA = SourceFactors(
    "EPA ENERGY STAR Portfolio Manager, Technical Reference: Source Energy (August 2023), figure 1",
    "Canada",
    MappingProxyType({"electricity": 1.83, "onsite_renewable": 1.00, "gas": 1.06}),
)
