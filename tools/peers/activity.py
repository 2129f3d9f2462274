"""What a building is used for: what a score adjusts for, in metric units."""

from dataclasses import dataclass

import numpy as np

from tools.figures import Values
from tools.peers.intensity import FT2_PER_M2

DEGF_PER_K = 1.8
COUNTS = ("hours_per_week", "workers", "computers", "rooms", "seats", "refrigerators")
PERCENTS = ("heated_percent", "cooled_percent", "cold_storage_percent")
YES_OR_NO = ("cooking", "food_preparation", "open_weekends")


@dataclass(frozen=True, slots=True)
class Activity:
    """A building's activity; None is not known.

    `workers`: on the main shift. `refrigerators`: commercial units, walk-in, open and closed. Percents are of the floor
    area. `heating_k_days`, `cooling_k_days`: a year's degree days (K d) to the base of 18.3 degC (65 degF).
    """

    area_m2: float | None = None
    hours_per_week: float | None = None
    workers: float | None = None
    computers: float | None = None
    heated_percent: float | None = None
    cooled_percent: float | None = None
    cold_storage_percent: float | None = None
    heating_k_days: float | None = None
    cooling_k_days: float | None = None
    rooms: float | None = None
    seats: float | None = None
    refrigerators: float | None = None
    cooking: bool | None = None
    food_preparation: bool | None = None
    open_weekends: bool | None = None
    high_school: bool | None = None

    def survey_columns(self, pbaplus: tuple[int, ...]) -> dict[str, Values]:
        """Return what is known as columns of one row in the survey's units; `pbaplus` are the codes of the use."""
        known = {name: getattr(self, name) for name in (*COUNTS, *PERCENTS, *YES_OR_NO)}
        known["area_ft2"] = None if self.area_m2 is None else self.area_m2 * FT2_PER_M2
        known["hdd65_f"] = None if self.heating_k_days is None else self.heating_k_days * DEGF_PER_K
        known["cdd65_f"] = None if self.cooling_k_days is None else self.cooling_k_days * DEGF_PER_K
        known["pbaplus"] = self._kind(pbaplus)
        return {name: np.array([float(value)]) for name, value in known.items() if value is not None}

    def _kind(self, pbaplus: tuple[int, ...]) -> int | None:
        """Return the code of the building: the first of its use, but for schools only where it is said which."""
        if pbaplus == (28, 29):
            return None if self.high_school is None else pbaplus[int(self.high_school)]
        return pbaplus[0] if pbaplus else None
