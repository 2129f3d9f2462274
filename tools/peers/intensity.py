"""Energy use intensity: a year's site and source energy over the gross floor area.

ISO 12655, ASHRAE 105 and EPA's Portfolio Manager define it so. It belongs to twelve full months and to all carriers of
the building: a part of a year is never scaled up here, but said; and what only some carriers give is said too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.peers.source_factors import EPA_US, Carrier, SourceFactors

KBTU_PER_KWH = 3.412141633  # of the International Table Btu, 1,055.056 J; Portfolio Manager rounds to 3.412
FT2_PER_M2 = 1.0 / 0.09290304
SHORTEST_YEAR_H, LONGEST_YEAR_H = 364 * 24, 367 * 24
SAY_COVERAGE_BELOW = 0.95


def kbtu_per_ft2(kwh_per_m2: float) -> float:
    """Return an intensity in kBtu/ft2."""
    return kwh_per_m2 * KBTU_PER_KWH / FT2_PER_M2


def kwh_per_m2(kbtu_ft2: float) -> float:
    """Return an intensity in kWh/m2."""
    return kbtu_ft2 * FT2_PER_M2 / KBTU_PER_KWH


@dataclass(frozen=True, slots=True)
class Intensity:
    """Energy per floor area over a period.

    `site_kwh_per_m2`, `source_kwh_per_m2`: of the hours that count. `filled_site_kwh_per_m2`, `filled_source_...`: the
    same as if the missing hours of each carrier were like its valid ones; equal where none is missing. `coverage`: of
    the carrier that has least, 0 to 1. `is_annual`: whether the period is a year.
    """

    site_kwh_per_m2: float
    source_kwh_per_m2: float
    filled_site_kwh_per_m2: float
    filled_source_kwh_per_m2: float
    area_m2: float
    carriers: tuple[Carrier, ...]
    coverage: float
    is_annual: bool
    notes: tuple[str, ...]

    @property
    def site_kbtu_per_ft2(self) -> float:
        """Return the site intensity in kBtu/ft2."""
        return kbtu_per_ft2(self.site_kwh_per_m2)

    @property
    def source_kbtu_per_ft2(self) -> float:
        """Return the source intensity in kBtu/ft2."""
        return kbtu_per_ft2(self.source_kwh_per_m2)


def intensity(
    hours_kwh: Mapping[Carrier, Values],
    area_m2: float | None,
    factors: SourceFactors = EPA_US,
    building: str = "the building",
) -> Intensity:
    """Return the intensity of a building from the hourly use (kWh) of each carrier, arrays of equal length.

    Raises `NoData` without a floor area, without a valid hour of a carrier, or without its source factor; `BadQuestion`
    where the area is not above zero or the arrays differ in length.
    """
    area = checked_area(area_m2, building)
    carriers = tuple(hours_kwh)
    length = _common_length(hours_kwh)
    coverages = {c: _coverage(c, hours, building) for c, hours in hours_kwh.items()}
    measured = {c: float(np.nansum(hours)) / area for c, hours in hours_kwh.items()}
    filled = {c: kwh / coverages[c] for c, kwh in measured.items()}
    is_annual = SHORTEST_YEAR_H <= length <= LONGEST_YEAR_H
    return Intensity(
        site_kwh_per_m2=sum(measured.values()),
        source_kwh_per_m2=_source(measured, factors),
        filled_site_kwh_per_m2=sum(filled.values()),
        filled_source_kwh_per_m2=_source(filled, factors),
        area_m2=area,
        carriers=carriers,
        coverage=min(coverages.values()),
        is_annual=is_annual,
        notes=_notes(carriers, coverages, length, is_annual, factors, sum(measured.values())),
    )


def intensity_of_year(
    kwh: Mapping[Carrier, float],
    area_m2: float | None,
    factors: SourceFactors = EPA_US,
    building: str = "the building",
    *,
    coverage: float = 1.0,
    note: str = "",
) -> Intensity:
    """Return the intensity of a year's energy by carrier, such as use put into a typical year's weather.

    `note` says what the energy is ("in the weather of a typical year"). Raises as `intensity` does.
    """
    if not kwh:
        raise NoData("no energy of any carrier, so there is no intensity")
    area, carriers = checked_area(area_m2, building), tuple(kwh)
    per_m2 = {c: amount / area for c, amount in kwh.items()}
    site, source = sum(per_m2.values()), _source(per_m2, factors)
    said = _notes(carriers, dict.fromkeys(carriers, coverage), 365 * 24, True, factors, site)
    notes = (note, *said) if note else said
    return Intensity(site, source, site, source, area, carriers, coverage, True, notes)


def checked_area(area_m2: float | None, building: str) -> float:
    """Return a floor area that can be divided by. Raises `NoData` where nobody gave one, `BadQuestion` where absurd."""
    if area_m2 is None or np.isnan(area_m2):
        raise NoData(
            f"the floor area of {building} is not known, so there is no intensity; "
            f"give it with `eaio building set {building} --area M2`"
        )
    if area_m2 <= 0:
        raise BadQuestion(f"the floor area of {building} is {area_m2:g} m2; correct it to one above zero")
    return float(area_m2)


def _common_length(hours_kwh: Mapping[Carrier, Values]) -> int:
    lengths = {c: len(hours) for c, hours in hours_kwh.items()}
    if not lengths:
        raise NoData("no meter of any energy carrier, so there is no intensity; load one with `eaio data load`")
    if len(set(lengths.values())) > 1:
        raise BadQuestion(f"the carriers must span the same hours; they have {lengths}")
    return next(iter(lengths.values()))


def _coverage(carrier: Carrier, hours: Values, building: str) -> float:
    valid = int(np.isfinite(hours).sum())
    if not valid:
        raise NoData(f"{building} has no valid hour of {carrier.replace('_', ' ')} in this period")
    return valid / len(hours)


def _source(site: Mapping[Carrier, float], factors: SourceFactors) -> float:
    return sum(kwh * factors.factor(c) for c, kwh in site.items())


def _notes(
    carriers: tuple[Carrier, ...],
    coverages: Mapping[Carrier, float],
    length: int,
    is_annual: bool,
    factors: SourceFactors,
    site: float,
) -> tuple[str, ...]:
    notes = [factors.words(carriers)]
    if not is_annual:
        notes.append(
            f"the period is {length / 24:.4g} days, and an intensity is a year's; do not compare it with peers"
        )
    for carrier, coverage in coverages.items():
        if coverage < SAY_COVERAGE_BELOW:
            name = cast("str", carrier).replace("_", " ")
            notes.append(f"{100 * coverage:.1f} % of the hours of {name} are valid; the intensity is that much too low")
    if len(carriers) == 1:
        notes.append(f"only {carriers[0].replace('_', ' ')} counts here; peers' figures include every fuel")
    if site < 0:
        notes.append("the building fed in more than it took, so its site energy is below zero")
    return tuple(notes)
