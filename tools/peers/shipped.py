"""The peer tables that come with EAIO, in `data/benchmarks`; `data/SOURCES.md` says where they are from.

CBECS 2012: a weighted sample of US buildings, with EPA's filters, of six kinds of use. ENERGY STAR medians: 65 types.
Seattle 2016: the whole population of a city's buildings over 20,000 ft2. Read once a process.
"""

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np

from tools.errors import NoData
from tools.figures import Values
from tools.peers.intensity import FT2_PER_M2, KBTU_PER_KWH
from tools.peers.medians import EnergyStarMedian
from tools.peers.peer_set import PeerSet
from tools.peers.uses import UseMatch

FOLDER = Path(__file__).resolve().parents[2] / "data" / "benchmarks"
KWH_PER_M2 = FT2_PER_M2 / KBTU_PER_KWH
Columns = dict[str, Values]

CBECS_CAVEATS = (
    "peers are US buildings of 2012 (CBECS), filtered as EPA does for its score; nothing adjusts for weather or hours",
)
SEATTLE_CAVEATS = (
    "peers are Seattle's buildings over 20,000 ft2 in 2016, a mild climate with clean and cheap electricity",
    "their source energy is computed anew with EPA's present factors",
)


@lru_cache(maxsize=1)
def cbecs_columns() -> dict[str, Columns]:
    """Return the survey's columns by set, in the survey's own units (ft2, kBtu/ft2, degree days in degF)."""
    rows = _rows("cbecs_2012.csv")
    sets = dict.fromkeys(row["set"] for row in rows)
    names = [name for name in rows[0] if name != "set"]
    return {s: {n: np.array([float(r[n]) for r in rows if r["set"] == s]) for n in names} for s in sets}


def cbecs_peers(match: UseMatch) -> PeerSet:
    """Return the CBECS peers of a use. Raises `NoData` where the shipped part of the survey has none."""
    if not match.cbecs:
        raise NoData(
            f"the shipped part of CBECS has no buildings of the use {match.use!r} (it has offices, schools, hotels, "
            "shops, warehouses and worship); ENERGY STAR's median and Seattle's buildings may"
        )
    columns = cbecs_columns()[match.cbecs]
    mine = np.isin(columns["pbaplus"], match.pbaplus)
    peers = PeerSet(
        f"CBECS 2012 {match.energy_star.lower()}",
        columns["site_kbtu_per_ft2"] * KWH_PER_M2,
        columns["source_kbtu_per_ft2"] * KWH_PER_M2,
        columns["weight"],
        columns["area_ft2"] / FT2_PER_M2,
        (*CBECS_CAVEATS, *((match.note,) if match.note else ())),
    )
    return peers.taken(mine, peers.name)


def seattle_peers(match: UseMatch) -> PeerSet:
    """Return Seattle's buildings of a use's property type; none where it has none."""
    rows = [row for row in _seattle_rows() if _same_type(row["property_type"], match.energy_star)]
    site, source, area = (
        np.array([float(row[n] or "nan") for row in rows])
        for n in ("site_kbtu_per_ft2", "source_kbtu_per_ft2", "area_ft2")
    )
    return PeerSet(
        f"Seattle 2016 {match.energy_star.lower()}",
        site * KWH_PER_M2,
        source * KWH_PER_M2,
        np.ones(len(rows)),
        area / FT2_PER_M2,
        (*SEATTLE_CAVEATS, *((match.note,) if match.note else ())),
    )


def energy_star_median(match: UseMatch) -> EnergyStarMedian:
    """Return ENERGY STAR's median of a use. Raises `NoData` where the type has none."""
    found = _medians().get(match.energy_star)
    if found is None:
        raise NoData(f"ENERGY STAR gives no median for {match.energy_star or match.use!r}")
    return found


@lru_cache(maxsize=1)
def _medians() -> dict[str, EnergyStarMedian]:
    return {
        row["property_type"]: EnergyStarMedian(
            row["property_type"],
            float(row["site_kbtu_per_ft2"]) * KWH_PER_M2,
            float(row["source_kbtu_per_ft2"]) * KWH_PER_M2,
            row["has_score"] == "1",
        )
        for row in _rows("energy_star_medians_2018.csv")
    }


@lru_cache(maxsize=1)
def _seattle_rows() -> list[dict[str, str]]:
    return _rows("seattle_2016.csv")


def _same_type(seattles: str, energy_star: str) -> bool:
    """Tell whether Seattle's property type is the given one; the city splits recreation into several."""
    if energy_star == "Recreation":
        return seattles in ("Other - Recreation", "Fitness Center/Health Club/Gym")
    return seattles == energy_star


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
