"""What a load emits, by the factor of each hour or of each year.

An average factor shares out all that a grid emits, and is for accounting: what was emitted for this building (GHG
Protocol, scope 2, location-based). A marginal factor says what the plants emit that answer a change, and is for
deciding: what a saving avoids (GHG Protocol, Guidelines for Grid-Connected Electricity Projects). The two must not be
mixed.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.carbon.factors import AnnualFactors
from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import Values

Kind = Literal["average", "marginal"]
SAY_COVERAGE_BELOW = 0.95
CO2_ALONE = "the factor counts CO2 alone, without methane and nitrous oxide"


@dataclass(frozen=True, slots=True)
class Emissions:
    """Greenhouse gases of a load, kg, with the gases that the factor counts (`gases`).

    `kwh`: use behind it. `kg_per_kwh`: mean factor by use, None where there was none. `plain_kg_per_kwh`: mean factor
    by time: where it is lower, the load falls into dirtier hours than most. `coverage`: hours with use and factor, 0 to
    1.
    """

    kg: float
    kwh: float
    kg_per_kwh: float | None
    plain_kg_per_kwh: float
    gases: str
    method: str
    coverage: float
    notes: tuple[str, ...]


def hourly_emissions(hours: Values, kg_per_kwh: Values, kind: Kind = "average", gases: str = "CO2e") -> Emissions:
    """Return the emissions of hourly use (kWh) by the factor of each hour; hours without one do not count.

    `gases`: what the factors count, CO2e, or CO2 where the source has only it; this is said.

    Raises `NoData` where no hour has both, `BadQuestion` where the arrays differ in length.
    """
    if len(hours) != len(kg_per_kwh):
        raise BadQuestion(f"{len(kg_per_kwh)} hourly factors are given for {len(hours)} hours of use")
    return _emissions(hours, kg_per_kwh, f"each hour's use times the grid's {kind} factor of that hour", gases)


def annual_emissions(hours: Values, clock: LocalClock, factors: AnnualFactors) -> Emissions:
    """Return the emissions of hourly use (kWh) by the factor of each calendar year, in local time.

    Raises `NoData` where a year with a valid hour has no factor, or no hour is valid.
    """
    year = clock.keys("year") + 1970
    valid = np.isfinite(hours)
    by_year = {int(y): factors.of(int(y)) for y in np.unique(year[valid])}
    factor = np.array([by_year.get(int(y), np.nan) for y in year])
    sources = "; ".join(dict.fromkeys(factors.sources[y] for y in by_year))
    return _emissions(hours, factor, f"use of each year times its factor: {sources}", factors.gases)


def avoided(before: Values, after: Values, kg_per_kwh: Values, kind: Kind, gases: str = "CO2e") -> Emissions:
    """Return what a change avoids: the emissions of the use before less after; negative where it emits more.

    With an average factor it says that the effect on the plants is not known.
    """
    found = hourly_emissions(before, kg_per_kwh, kind, gases)
    rest = hourly_emissions(after, kg_per_kwh, kind, gases)
    kg, kwh = found.kg - rest.kg, found.kwh - rest.kwh
    unsure = "counted with the average factor, as no marginal one is given: what plants answer a change is not known"
    return Emissions(
        kg=kg,
        kwh=kwh,
        kg_per_kwh=kg / kwh if kwh else None,
        plain_kg_per_kwh=found.plain_kg_per_kwh,
        gases=found.gases,
        method=f"use before less after, {kind} factor of each hour",
        coverage=min(found.coverage, rest.coverage),
        notes=(*found.notes, *((unsure,) if kind == "average" else ())),
    )


def _emissions(hours: Values, factor: Values, method: str, gases: str) -> Emissions:
    both = np.isfinite(hours) & np.isfinite(factor)
    if not both.any():
        raise NoData("no hour has both a reading and a carbon factor; give a factor, or a period that has them")
    taken = np.maximum(hours[both], 0.0)
    kg, kwh = float(taken @ factor[both]), float(taken.sum())
    return Emissions(
        kg=kg,
        kwh=kwh,
        kg_per_kwh=kg / kwh if kwh > 0 else None,
        plain_kg_per_kwh=float(factor[both].mean()),
        gases=gases,
        method=method,
        coverage=float(both.mean()),
        notes=_notes(hours, factor, both, gases),
    )


def _notes(hours: Values, factor: Values, both: NDArray[np.bool_], gases: str) -> tuple[str, ...]:
    notes = []
    if both.mean() < SAY_COVERAGE_BELOW:
        notes.append(
            f"{100 * both.mean():.1f} % of the hours count; the others have no reading or no factor and add nothing"
        )
    without = float(np.nansum(np.maximum(hours[np.isnan(factor)], 0.0)))
    if without > 0:
        notes.append(f"{without:,.0f} kWh fall into hours without a carbon factor")
    fed_in = float(-np.nansum(np.minimum(hours, 0.0)))
    if fed_in > 0:
        notes.append(f"{fed_in:,.0f} kWh were fed in; they are not subtracted (GHG Protocol)")
    if gases == "CO2":
        notes.append(CO2_ALONE)
    return tuple(notes)
