"""Which peers a building's use has: from the word that a person or a catalog writes to the sets that fit it.

CBECS codes (PBAPLUS) are EIA's, property types are those of ENERGY STAR Portfolio Manager, which Seattle uses too. A
match that is only near says so, and a use without peers has none: a wrong peer set is worse than none.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from tools.errors import NoData

CbecsSet = str


class Row(NamedTuple):
    """What one kind of use is called (names between bars), and where its peers are."""

    names: str
    cbecs: CbecsSet = ""
    pbaplus: tuple[int, ...] = ()
    energy_star: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class UseMatch:
    """The peers of a use.

    `cbecs` and `pbaplus` name the CBECS set and its rows ('' and () where there is none), `energy_star` the property
    type of the median and of Seattle's buildings. `note` says why a match is only near, '' where the use is the same.
    """

    use: str
    cbecs: CbecsSet
    pbaplus: tuple[int, ...]
    energy_star: str
    note: str


TABLE = (
    Row(
        "office|offices|administration|administrative|headquarters|town hall|government office",
        "office",
        (2, 4),
        "Office",
    ),
    Row("bank|bank branch", "office", (3,), "Bank Branch"),
    Row("financial office", "office", (2, 4), "Financial Office"),
    Row("courthouse|court|courts", "office", (52,), "Courthouse"),
    Row(
        "school|schools|k-12|k12|k-12 school|primary school|secondary school|high school",
        "k12school",
        (28, 29),
        "K-12 School",
    ),
    Row("university|college|academic|college/university|faculty|higher education", "", (), "College/University"),
    Row(
        "lecture hall|lecture building|lecture|classroom|classrooms|teaching",
        "",
        (),
        "College/University",
        "a lecture hall",
    ),
    Row("library", "", (), "Library"),
    Row("laboratory|laboratories|lab|labs|research", "", (), "Laboratory"),
    Row(
        "dormitory|dormitories|dorm|residence hall|student residence|student housing|residence hall/dormitory",
        "",
        (),
        "Residence Hall/Dormitory",
    ),
    Row("hostel", "", (), "Residence Hall/Dormitory", "a hostel (taken as student housing)"),
    Row("hotel|motel|inn", "hotel", (38, 39), "Hotel"),
    Row("retail|retail store|shop|store|showroom", "retail", (42,), "Retail Store"),
    Row(
        "supermarket|grocery|grocery store|food market|supermarket/grocery store",
        "retail",
        (14,),
        "Supermarket/Grocery Store",
    ),
    Row("warehouse|storage|non-refrigerated warehouse", "warehouse", (10,), "Non-Refrigerated Warehouse"),
    Row("distribution center|distribution centre|logistics", "warehouse", (9,), "Distribution Center"),
    Row("refrigerated warehouse|cold store|cold storage", "warehouse", (20,), "Refrigerated Warehouse"),
    Row("worship|church|mosque|temple|synagogue|chapel|worship facility", "worship", (21,), "Worship Facility"),
    Row("restaurant", "", (), "Restaurant"),
    Row("dining|dining hall|canteen|cafeteria|mess", "", (), "Restaurant", "a dining hall"),
    Row("hospital", "", (), "Hospital (General Medical & Surgical)"),
    Row("medical office|doctor's office|surgery", "", (), "Medical Office"),
    Row("clinic|outpatient", "", (), "Urgent Care/Clinic/Other Outpatient"),
    Row("care home|senior care|nursing home|senior care community", "", (), "Senior Care Community"),
    Row("apartments|flats|multifamily|multifamily housing|residential", "", (), "Multifamily Housing"),
    Row("museum|gallery", "", (), "Museum"),
    Row("theatre|theater|performing arts", "", (), "Performing Arts"),
    Row("cinema|movie theater", "", (), "Movie Theater"),
    Row("gym|fitness|sports|recreation", "", (), "Recreation"),
    Row("nursery|daycare|kindergarten|pre-school|preschool", "", (), "Pre-school/Daycare"),
    Row("police|police station", "", (), "Police Station"),
    Row("fire station", "", (), "Fire Station"),
    Row("convention center|convention centre|conference centre", "", (), "Convention Center"),
    Row("facilities|services|workshop", "", (), "Other", "a facilities building"),
)


def match_use(use: str | None) -> UseMatch:
    """Return the peers of a use, by its longest known name. Raises `NoData` where the use is not known or has none."""
    if not use or not use.strip():
        raise NoData(
            "the building's use is not known, so it has no peers; give it with `eaio building set ID --use office`"
        )
    asked = _plain(use)
    known = _by_name()
    names = [name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked)]
    if not names:
        some = "office, school, university, hotel, retail, warehouse, worship, hospital, library, laboratory"
        raise NoData(f"there are no peers for the use {use!r}; known uses are for example {some}")
    row = known[max(names, key=len)]
    note = f"{row.near} has no type of its own; the nearest, {row.energy_star}, may differ much" if row.near else ""
    return UseMatch(use, row.cbecs, row.pbaplus, row.energy_star, note)


def _plain(use: str) -> str:
    return " ".join(use.lower().replace("_", " ").split())


def _by_name() -> dict[str, Row]:
    return {name: row for row in TABLE for name in row.names.split("|")}
