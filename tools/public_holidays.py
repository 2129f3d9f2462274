"""Public holidays: days on which a building may stand still although the calendar says Wednesday."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadQuestion

EPOCH = date(1970, 1, 1)


def holidays_of(country: str, years: Iterable[int], subdivision: str | None = None) -> frozenset[date]:
    """Return the public holidays of a country (ISO 3166, two letters) in some years.

    Source: the `holidays` library. Without a subdivision they are those of the whole country: GB has no Easter Monday,
    its ENG has. Raises `BadQuestion` for a country or subdivision that is not known.
    """
    import holidays  # takes 0.2 s

    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=list(years))
    except NotImplementedError as unknown:
        where = f"{country} {subdivision}" if subdivision else country
        raise BadQuestion(
            f"no public holidays are known of {where!r}; give ISO 3166 codes such as GB with subdivision ENG, or leave "
            "the site's country out to do without holidays"
        ) from unknown
    return frozenset(found)


@cache
def country_of(timezone: str) -> str | None:
    """Return the ISO 3166 code of the country that a time zone is named for, None where it is of none, as UTC is."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == timezone), None)


def is_free(day: NDArray[np.int64], holidays: Iterable[date]) -> NDArray[np.bool_]:
    """Tell which days, counted since 1970-01-01, are holidays."""
    return np.isin(day, np.array([(at - EPOCH).days for at in holidays], dtype=np.int64))
