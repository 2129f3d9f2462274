"""What EPA's score adjusts for, by use: the terms of its regressions of August 2018 that the shipped survey carries.

Each term turns columns in the survey's units (ft2, degree days in degF of base 65 degF) into one regressor. They are
listed in EPA's technical references "ENERGY STAR Score for" offices, K-12 schools, hotels, retail stores, warehouses
and worship facilities.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from tools.figures import Values

Columns = Mapping[str, Values]
LARGEST_COUNTED_FT2 = 100_000.0
BANK, HIGH_SCHOOL, SUPERMARKET = 3, 29, 14


class Term(NamedTuple):
    """One regressor: its name, the columns that it needs, and how it is made from them."""

    name: str
    needs: tuple[str, ...]
    of: Callable[[Columns], Values]


def _per_1000_ft2(column: str) -> Term:
    return Term(f"{column} per 1,000 ft2", (column, "area_ft2"), lambda c: 1000.0 * c[column] / c["area_ft2"])


def _plain(column: str) -> Term:
    return Term(column.replace("_", " "), (column,), lambda c: np.asarray(c[column], dtype=np.float64))


def _kind(name: str, code: int) -> Term:
    return Term(name, ("pbaplus",), lambda c: np.asarray(c["pbaplus"] == code, dtype=np.float64))


def _logged(days: str, percent: str, name: str) -> Term:
    return Term(name, (days, percent), lambda c: np.log(np.maximum(c[days], 1.0)) * c[percent] / 100.0)


def _weather(days: str, percent: str, name: str) -> Term:
    return Term(name, (days, percent), lambda c: c[days] * c[percent] / 100.0)


HEATING = _weather("hdd65_f", "heated_percent", "heating degree days times share heated")
COOLING = _weather("cdd65_f", "cooled_percent", "cooling degree days times share cooled")
LOG_HEATING = _logged("hdd65_f", "heated_percent", "log of heating degree days times share heated")
LOG_COOLING = _logged("cdd65_f", "cooled_percent", "log of cooling degree days times share cooled")
HOURS, WORKERS = _plain("hours_per_week"), _per_1000_ft2("workers")
SUPERMARKETS = _kind("supermarket", SUPERMARKET)

TERMS: Mapping[str, tuple[Term, ...]] = {
    "office": (
        Term("floor area up to 100,000 ft2", ("area_ft2",), lambda c: np.minimum(c["area_ft2"], LARGEST_COUNTED_FT2)),
        HOURS,
        WORKERS,
        _per_1000_ft2("computers"),
        LOG_COOLING,
        _kind("bank", BANK),
    ),
    "k12school": (
        WORKERS,
        HEATING,
        COOLING,
        _plain("cooking"),
        _plain("open_weekends"),
        _kind("high school", HIGH_SCHOOL),
    ),
    "hotel": (
        _per_1000_ft2("rooms"),
        WORKERS,
        _per_1000_ft2("refrigerators"),
        HEATING,
        COOLING,
        _plain("food_preparation"),
    ),
    "retail": (
        HOURS,
        WORKERS,
        _per_1000_ft2("refrigerators"),
        LOG_HEATING,
        LOG_COOLING,
        SUPERMARKETS,
        Term(
            "workers of a supermarket", ("workers", "area_ft2", "pbaplus"), lambda c: WORKERS.of(c) * SUPERMARKETS.of(c)
        ),
    ),
    "warehouse": (
        HOURS,
        WORKERS,
        _plain("cold_storage_percent"),
        HEATING,
        Term(
            "cooling degree days times share cooled or cold",
            ("cdd65_f", "cooled_percent", "cold_storage_percent"),
            lambda c: c["cdd65_f"] * (c["cooled_percent"] + c["cold_storage_percent"]) / 100.0,
        ),
    ),
    "worship": (HOURS, _per_1000_ft2("seats"), HEATING, COOLING),
}

DIFFERS: Mapping[str, str] = {
    "office": "EPA's own set has one building fewer of 887",
    "k12school": "EPA's own set has six schools more; the terms are the same",
    "hotel": "EPA's own set has six hotels more, and it limits the density of rooms",
    "retail": "EPA's own set has four shops fewer",
    "warehouse": "EPA's own set has three warehouses fewer",
    "worship": "EPA also uses the share of floor for preparing food, which this table lacks; its set has 22 fewer",
}
