"""The energy of a building by carrier, for figures by floor area that take all fuels together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from tools.absence import no_meter, nothing
from tools.analyses.timed_use import TimedUse, in_year, last_full_year, within
from tools.energy_query import EnergyQuery, Measure
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.peers.source_factors import Carrier
from tools.readings import Inventory, Readings
from tools.use import Use, uses
from tools.wording import when

KINDS: Mapping[str, tuple[Carrier, ...]] = {
    "electricity": ("electricity",),
    "gas": ("gas",),
    "total": ("electricity", "gas"),
}
UNIT_DOUBT = "unit_doubt"


@dataclass(frozen=True, slots=True, eq=False)
class Energy:
    """The hourly kWh of a building's carriers over one time, with the words for it. `notes`: what is left out."""

    building: str
    uses: Mapping[Carrier, Use]
    when: str
    notes: tuple[str, ...] = ()

    @property
    def any_use(self) -> Use:
        """Return the use of one carrier, for its site, span and clock."""
        return next(iter(self.uses.values()))

    @property
    def hours_kwh(self) -> dict[Carrier, Values]:
        """Return the hourly kWh of each carrier."""
        return {c: use.hours for c, use in self.uses.items()}

    @property
    def meters(self) -> tuple[str, ...]:
        """Return the meters behind it."""
        return tuple(m for use in self.uses.values() for m in use.meters)


async def energies(
    query: EnergyQuery,
    readings: Readings,
    inventory: Inventory,
    carriers: Sequence[Carrier],
    beside: Mapping[str, TimedUse] | None = None,
) -> dict[str, Energy]:
    """Return the energy of each building that is meant and has a valid hour, over the period or its last full year.

    Gas whose unit is in doubt is left out, and said, where electricity counts too. `beside`: temperatures by site, that
    a last full year must have as well. Raises `NoData` where nobody has a valid hour, and says what there is.
    """
    members = list(query.buildings) or [
        b for b, it in inventory.buildings.items() if not query.sites or it.site in query.sites
    ]
    by_carrier = {c: await uses(readings, inventory, members, query.period, cast("Measure", c)) for c in carriers}
    found: dict[str, Energy] = {}
    for building in members:
        own = {c: of[building] for c, of in by_carrier.items() if building in of}
        one = _energy(query, building, own, inventory, beside or {})
        if one:
            found[building] = one
    if not found:
        raise NoData(_missing(query, inventory, members, carriers))
    return found


def _missing(query: EnergyQuery, inventory: Inventory, members: list[str], carriers: Sequence[Carrier]) -> str:
    plain = query.model_copy(update={"measure": carriers[0]})
    metered = [b for b in members if inventory.meters_of(b, carriers[0])]
    return nothing(plain, inventory, metered) if metered else no_meter(plain, inventory, members)


def _energy(
    query: EnergyQuery, building: str, own: dict[Carrier, Use], inventory: Inventory, beside: Mapping[str, TimedUse]
) -> Energy | None:
    notes: list[str] = []
    if len(own) > 1 and "gas" in own and _is_doubtful(own["gas"], inventory):
        del own["gas"]
        notes.append(f"the gas of {building} is left out, as its unit is in doubt")
    own = {c: use for c, use in own.items() if np.isfinite(use.hours).any()}
    if not own:
        return None
    if query.period:
        return Energy(building, own, when(query), tuple(notes))
    uses_of_year, words = _in_last_year(own, inventory, beside)
    return Energy(building, uses_of_year, words, tuple(notes))


def _is_doubtful(use: Use, inventory: Inventory) -> bool:
    faults = inventory.faults_of(use.meters)
    return any(f.kind == UNIT_DOUBT and f.open and f.start < use.end and f.end > use.start for f in faults)


def _in_last_year(
    own: Mapping[Carrier, Use], inventory: Inventory, beside: Mapping[str, TimedUse]
) -> tuple[dict[Carrier, Use], str]:
    first = next(iter(own.values()))
    timezone = inventory.sites[first.site].timezone
    start, end = min(u.start for u in own.values()), max(u.end for u in own.values())
    others = [beside[first.site].use] if first.site in beside else []
    laid = [within(use, start, end, timezone) for use in (*own.values(), *others)]
    year = last_full_year(laid, timezone)
    if year is None:
        return {c: within(u, start, end, timezone) for c, u in own.items()}, "over the whole record"
    return {c: in_year(use, year, timezone) for c, use in own.items()}, f"in {year}, its last full year"


def carriers_of(query: EnergyQuery) -> tuple[Carrier, ...]:
    """Return the carriers of a measure. Raises `BadQuestion` for carbon and cost."""
    if query.measure not in KINDS:
        raise BadQuestion(f"an intensity by its source or weather is of energy, not of {query.measure}; ask for energy")
    return KINDS[query.measure]


def named_carriers(carriers: Sequence[Carrier]) -> str:
    """Write carriers for a sentence: 'electricity and gas'."""
    return " and ".join(c.replace("_", " ") for c in carriers)
