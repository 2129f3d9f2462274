"""Energy by floor area as facts: at the meter and at its source, of one or several fuels."""

from tools.analyses.carriers import Energy, carriers_of, energies, named_carriers
from tools.analyses.finding import Finding
from tools.analyses.told import Method, Told, answered
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.peers.intensity import Intensity, checked_area
from tools.peers.intensity import intensity as intensity_of
from tools.peers.source_factors import EPA_US
from tools.readings import Inventory, Readings
from tools.wording import amount, named, shown_units

SITE_METHOD = "sum of the valid hours of all carriers over the floor area (ISO 12655, ASHRAE 105)"
SOURCE_METHOD = f"as at the meter, each carrier times its source factor ({EPA_US.standard})"


async def intensity(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the site or source energy by floor area, then the other of the two, and the area.

    Of the carriers of the measure: `total` is electricity and gas, without gas whose unit is in doubt. Nothing is
    scaled up for missing hours. In normal weather where the terms ask for it. Raises `NoData` for a building without a
    floor area, and as `answered` does.
    """
    if query.terms and query.terms.weather_normalised:
        from tools.analyses.intensity_normal import intensity_normal

        return await intensity_normal(query, readings, inventory)
    if query.hours != "all":
        raise BadQuestion(f"an intensity is of all hours, not of the {query.hours}; ask without that")
    carriers = carriers_of(query)
    basis = basis_of(query)
    method = Method(
        noun=f"{basis} energy intensity",
        load=lambda q: energies(q, readings, inventory, carriers),
        tell=lambda energy: _told(query, energy, inventory),
    )
    return await answered(query, inventory, method)


def basis_of(query: EnergyQuery) -> str:
    """Return whether energy is counted at the meter ('site') or at its source."""
    return query.terms.basis if query.terms and query.terms.basis else "site"


def _told(query: EnergyQuery, energy: Energy, inventory: Inventory) -> Told:
    checked_area(inventory.buildings[energy.building].area_m2, energy.building)
    found = intensity_of(energy.hours_kwh, inventory.buildings[energy.building].area_m2, building=energy.building)
    findings = [
        finding_of(energy, "energy intensity, site", found.site_kwh_per_m2, "kWh_per_m2", SITE_METHOD, found.coverage),
        finding_of(
            energy, "energy intensity, source", found.source_kwh_per_m2, "kWh_per_m2", SOURCE_METHOD, found.coverage
        ),
    ]
    if basis_of(query) == "source":
        findings.reverse()
    findings.append(finding_of(energy, "floor area", found.area_m2, "m2", "gross floor area, as given", 1.0))
    words = _words(query, energy, found, inventory)
    return Told(tuple(findings), words, energy.when, None, (*energy.notes, *_notes(query, found)))


def finding_of(energy: Energy, name: str, value: float, unit: str, method: str, coverage: float) -> Finding:
    """Return a finding of a building's energy."""
    use = energy.any_use
    return Finding(name, value, unit, (energy.building,), use.start, use.end, method, coverage, energy.meters)


def _notes(query: EnergyQuery, found: Intensity) -> tuple[str, ...]:
    """Return what is to be said, without the coverage, which each fact tells of itself."""
    about_source = () if basis_of(query) == "source" else (EPA_US.words(found.carriers),)
    return tuple(n for n in found.notes if "of the hours of" not in n and n not in about_source)


def _words(query: EnergyQuery, energy: Energy, found: Intensity, inventory: Inventory) -> str:
    units = shown_units(query, inventory, (energy.building,))
    basis = basis_of(query)
    value = found.source_kwh_per_m2 if basis == "source" else found.site_kwh_per_m2
    fuels = named_carriers(found.carriers)
    text = (
        f"{named(energy.building, inventory)} used {amount(value, 'kWh_per_m2', units)} of {basis} energy "
        f"({fuels}{doubt_words(energy)}) {energy.when}, on {amount(found.area_m2, 'm2')}"
    )
    factors = f", with EPA's factors for the United States ({factor_words(found)})" if basis == "source" else ""
    part = "" if found.is_annual else " It is not of a year, so it must not be set beside a year's figures."
    return f"{text}{factors}.{part}"


def factor_words(found: Intensity) -> str:
    """Write the source factors that count: 'electricity 2.80, gas 1.05'."""
    return ", ".join(f"{c.replace('_', ' ')} {EPA_US.factor(c):.2f}" for c in found.carriers)


def doubt_words(energy: Energy) -> str:
    """Say in brackets where gas does not count."""
    return "; gas is left out, as its unit is in doubt" if energy.notes else ""
