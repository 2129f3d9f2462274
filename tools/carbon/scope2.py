"""Scope 2 by both methods of the GHG Protocol Scope 2 Guidance (2015): who has contracts must report both.

Location-based: use times the average factor of the grid. Market-based: what contracts (supplier's own factor, green
tariffs with certificates, power purchase agreements) cover has their factor; the rest has that of the residual mix,
what is left of the grid when all contracts are taken out. Where no residual mix is known the grid's average stands in
for it, and that must be said, since it counts green power twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.carbon.emissions import Emissions
from tools.errors import BadQuestion


@dataclass(frozen=True, slots=True)
class Contract:
    """A contractual instrument: how much of the use it covers, kWh, and its stated factor, kg per kWh.

    `meets_quality`: whether it meets the Guidance's criteria (conveyed, sole claim, retired, vintage, market; table
    7.1).
    """

    name: str
    kwh: float
    kg_per_kwh: float
    meets_quality: bool = True


@dataclass(frozen=True, slots=True)
class Scope2:
    """Both figures, kg. `covered_kwh`: use that contracts cover; `residual_kwh`: the rest."""

    location: Emissions
    market_kg: float
    covered_kwh: float
    residual_kwh: float
    notes: tuple[str, ...]


def scope2(location: Emissions, contracts: Sequence[Contract] = (), residual_kg_per_kwh: float | None = None) -> Scope2:
    """Return both figures of the use behind a location-based one.

    A contract counts up to the use that is left, in the order given; one that does not meet the criteria counts
    nothing. Raises `BadQuestion` for a contract of negative energy or a negative factor.
    """
    left, market, notes = location.kwh, 0.0, ["report both figures, each by its name"]
    for contract in contracts:
        _check(contract)
        if not contract.meets_quality:
            notes.append(f"{contract.name} does not meet the quality criteria and is left out")
            continue
        used = min(contract.kwh, left)
        market += used * contract.kg_per_kwh
        left -= used
        if used < contract.kwh:
            notes.append(f"{contract.kwh - used:,.0f} kWh of {contract.name} exceed the use and count nothing")
    factor = residual_kg_per_kwh
    if factor is None:
        factor = location.kg_per_kwh or 0.0
        if left > 0:
            notes.append(
                "no residual mix is given: the grid's average stands in for it, which may count green power twice"
            )
    elif factor < 0 or not np.isfinite(factor):
        raise BadQuestion(f"a residual mix of {factor:g} kg/kWh is no factor; give zero or more")
    return Scope2(location, market + left * factor, location.kwh - left, left, tuple(notes))


def _check(contract: Contract) -> None:
    if contract.kwh < 0 or contract.kg_per_kwh < 0:
        raise BadQuestion(
            f"{contract.name} has {contract.kwh:g} kWh at {contract.kg_per_kwh:g} kg/kWh; neither is negative"
        )
