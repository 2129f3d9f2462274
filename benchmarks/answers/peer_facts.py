"""Truths of intensity on other bases and among peers, with the shipped tables read as they are."""

from pathlib import Path

import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Sources, fact, intensity

TABLES = Path(__file__).resolve().parents[2] / "data" / "benchmarks"
KWH_PER_M2 = 0.29307107017 / 0.09290304  # of 1 kBtu per square foot
SOURCE_FACTOR = 2.80  # of electricity, EPA Portfolio Manager, August 2023


def source_intensity(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return source energy over floor area, then site energy."""
    (site,) = intensity(sources, building, dates)
    return [site | {"value": SOURCE_FACTOR * site["value"]}, site]


def filled_source(sources: Sources, building: str, dates: Dates) -> float:
    """Return source energy per floor area as if the missing hours were like the valid ones, kWh per m2."""
    (site,) = intensity(sources, building, dates)
    return SOURCE_FACTOR * float(site["value"]) / float(site["coverage"])


def over_median(sources: Sources, building: str, dates: Dates, kind: str) -> list[Fact]:
    """Return source intensity as percent of the ENERGY STAR median of a property type, intensity and median."""
    table = pd.read_csv(TABLES / "energy_star_medians_2018.csv", index_col="property_type")
    median = float(table.at[kind, "source_kbtu_per_ft2"]) * KWH_PER_M2
    own = filled_source(sources, building, dates)
    return [
        fact(100 * own / median, "percent", [building], dates),
        fact(own, "kWh_per_m2", [building], dates),
        fact(median, "kWh_per_m2", [building], index=None),
    ]


def in_seattle(sources: Sources, building: str, dates: Dates, kind: str) -> list[Fact]:
    """Return the share of Seattle's buildings of a type that use less source energy per area, equal ones half."""
    table = pd.read_csv(TABLES / "seattle_2016.csv")
    peers = table[table.property_type == kind].source_kbtu_per_ft2.dropna() * KWH_PER_M2
    own = filled_source(sources, building, dates)
    middle = peers.sort_values().iloc[(len(peers) - 1) // 2 : len(peers) // 2 + 1]  # any median lies between these
    percentile = 100 * ((peers < own).mean() + 0.5 * (peers == own).mean())
    return [
        fact(percentile, "percent", [building], dates),
        fact(own, "kWh_per_m2", [building], dates),
        {"index": None, "unit": "kWh_per_m2", "between": [float(middle.min()), float(middle.max())]},
    ]
