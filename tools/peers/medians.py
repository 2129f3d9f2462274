"""ENERGY STAR's national medians: what half of the buildings of a type stay under."""

from dataclasses import dataclass

from tools.peers.intensity import kbtu_per_ft2


@dataclass(frozen=True, slots=True)
class EnergyStarMedian:
    """The median intensity of a property type in the United States, kWh/m2.

    Source: EPA, Technical Reference: U.S. Energy Use Intensity by Property Type, August 2018, mostly from CBECS 2012.
    Source energy is with EPA's factors. `has_score`: whether EPA gives the type a score from 1 to 100.
    """

    property_type: str
    site_kwh_per_m2: float
    source_kwh_per_m2: float
    has_score: bool

    @property
    def site_kbtu_per_ft2(self) -> float:
        """Return the site median in kBtu/ft2, as EPA prints it."""
        return kbtu_per_ft2(self.site_kwh_per_m2)

    @property
    def source_kbtu_per_ft2(self) -> float:
        """Return the source median in kBtu/ft2, as EPA prints it."""
        return kbtu_per_ft2(self.source_kwh_per_m2)
