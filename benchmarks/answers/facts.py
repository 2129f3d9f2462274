"""Compute facts straight from the source files: the calendar, the hourly series, and one function for each statistic.

Nothing of EAIO is imported, so a fault of its loader, SQL or grammar cannot hide here. A fact is the JSON object that
an answer's evidence is held against: value, unit, buildings, and where they are defined period and coverage.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

CAMBRIDGE = ("b4", "b8", "b19", "b22", "b25", "b31", "b35", "b36", "b40", "b58", "b105", "b111")
DELHI = ("acb", "bh", "gh", "lb", "lcb")
DELHI_FILES = {
    "acb": ["ACB-AcademicBuilding"],
    "bh": ["BH-BoysDormitoryBuidling02"],
    "gh": ["GH-GirlsDormitoryBuilding01", "GH-GirlsDormitoryBuilding02"],
    "lb": ["LB-LibraryBuilding0", "LB-LibraryBuilding02"],
    "lcb": ["LCB-LectureBuilding"],
}
HOUR = pd.Timedelta(hours=1)

Hourly: TypeAlias = "pd.Series[float]"
Dates = str
Quantity = Literal["electricity", "gas", "carbon", "cost"]
Clock = Literal["night", "day", "weekend", "weekdays"]
Fact = dict[str, Any]

UNITS: dict[Quantity, str] = {"electricity": "kWh", "gas": "kWh", "carbon": "kgCO2e", "cost": "GBP"}


# The calendar: a period as the site's own clock has it.


def timezone(building: str) -> str:
    """Return the time zone of a building's site."""
    return "Europe/London" if building in CAMBRIDGE else "Asia/Kolkata"


@dataclass(frozen=True)
class Period:
    """A half-open span of UTC time."""

    start: pd.Timestamp
    end: pd.Timestamp

    @property
    def hours(self) -> int:
        """Return its length."""
        return int((self.end - self.start) / HOUR)

    def of(self, series: Hourly) -> Hourly:
        """Return the part of a series inside it."""
        return series[(series.index >= self.start) & (series.index < self.end)]

    def as_json(self) -> dict[str, str]:
        """Return it as an answer shows it."""
        return {"start": f"{self.start:%Y-%m-%dT%H:%M:%SZ}", "end": f"{self.end:%Y-%m-%dT%H:%M:%SZ}"}


def period(building: str, dates: Dates) -> Period:
    """Return "2019", "2019Q2", "2019-03", "2019-03-04" or a span of two as UTC, local midnight to local midnight.

    The last day, month, quarter or year of a span ("2019-03-04..2019-03-10") belongs to it.
    """
    first, _, last = dates.partition("..")
    start, end = pd.Period(first).start_time, (pd.Period(last or first) + 1).start_time
    return Period(*(local.tz_localize(timezone(building)).tz_convert("UTC") for local in (start, end)))


def parts(dates: Dates, freq: str) -> list[Dates]:
    """Return the days ("D") or months ("M") of a period."""
    first, _, last = dates.partition("..")
    spans = pd.period_range(pd.Period(first).start_time, pd.Period(last or first).end_time, freq=freq)
    return [str(span) for span in spans]


# The sources: one hourly series on a UTC index for each building and quantity; NaN is a missing hour.


@dataclass(frozen=True)
class Sources:
    """The folder of the source files."""

    folder: Path

    def years(self, *path: str) -> Hourly:
        """Read the yearly files of a Cambridge folder; their time is UTC, and no hour may come twice."""
        files = sorted(self.folder.joinpath("cambridge_estates", *path).glob("*.csv"))
        parts = [pd.read_csv(file, index_col=0, parse_dates=True).iloc[:, 0] for file in files]
        return pd.concat(parts, verify_integrity=True).tz_localize("UTC")

    def iblend(self, building: str) -> Hourly:
        """Read a Delhi building, given in watts and Delhi time, as kWh; its successive meters never overlap."""
        files = [self.folder / "iblend_iiitd" / "hourly" / f"{name}.csv" for name in DELHI_FILES[building]]
        tables = [pd.read_csv(f, sep=";", skiprows=1, header=None, index_col=0, parse_dates=True) for f in files]
        watts = pd.concat([table.iloc[:, 0] for table in tables], verify_integrity=True)
        return watts.tz_localize("Asia/Kolkata").tz_convert("UTC") / 1000

    def area_m2(self, building: str) -> float:
        """Return the floor area of a Delhi building."""
        table = pd.read_csv(self.folder / "iblend_iiitd" / "meta_open.csv", index_col="nickname")
        return float(table.at[building.upper(), "sqm"])

    def temperature(self, site: str) -> Hourly:
        """Return the readings of the outdoor temperature, degC: hourly, in Delhi every 15 or 30 minutes."""
        if site == "cambridge":
            return self.years("weather_bedford")
        files = sorted((self.folder / "iblend_iiitd" / "weather").glob("*.csv"))
        parts = [pd.read_csv(file, index_col=0, parse_dates=True).iloc[:, 0] for file in files]
        degc = pd.concat(parts).astype(float)
        return degc.tz_localize("Asia/Kolkata").tz_convert("UTC").sort_index()


@cache
def hourly(sources: Sources, building: str, quantity: Quantity) -> Hourly:
    """Return a quantity of a building, empty where it has no meter, factor or price."""
    if building in DELHI and quantity != "electricity":
        return pd.Series(dtype=float, index=pd.DatetimeIndex([], tz="UTC"))
    if quantity == "carbon":
        return hourly(sources, building, "electricity") * sources.years("carbon_intensity")
    if quantity == "cost":
        return hourly(sources, building, "electricity") * sources.years("price_agile_regA")
    if quantity == "gas":
        return sources.years(f"UCam_Building_{building}", "gas")
    kwh = sources.iblend(building) if building in DELHI else sources.years(f"UCam_Building_{building}", "electricity")
    return kwh.mask(kwh == 0)


def valid(sources: Sources, building: str, dates: Dates, quantity: Quantity = "electricity") -> Hourly:
    """Return the valid hours of a building in a period."""
    return period(building, dates).of(hourly(sources, building, quantity)).dropna()


# The statistics: each returns the facts that an answer must carry, the one asked for first.


def fact(value: float, unit: str, buildings: list[str], dates: Dates | None = None, **more: Any) -> Fact:
    """Return one fact; a difference has no period of its own."""
    span = {} if dates is None else {"period": period(buildings[0], dates).as_json()}
    return {"value": float(value), "unit": unit, "buildings": buildings} | span | more


def coverage(sources: Sources, buildings: list[str], dates: Dates, quantity: Quantity = "electricity") -> float:
    """Return valid hours over hours of the period, both summed over the buildings."""
    counted = sum(len(valid(sources, building, dates, quantity)) for building in buildings)
    return counted / (len(buildings) * period(buildings[0], dates).hours)


def total(sources: Sources, buildings: str, dates: Dates, quantity: Quantity = "electricity") -> list[Fact]:
    """Sum the valid hours of one or more buildings, their ids apart by a space."""
    ids = buildings.split()
    value = sum(valid(sources, building, dates, quantity).sum() for building in ids)
    return [fact(value, UNITS[quantity], ids, dates, coverage=coverage(sources, ids, dates, quantity))]


def of_hours(reduce: Callable[[Hourly], float], sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Reduce the valid hours of a building to one number in kW."""
    value = reduce(valid(sources, building, dates))
    return [fact(value, "kW", [building], dates, coverage=coverage(sources, [building], dates))]


mean = partial(of_hours, lambda hours: hours.mean())
minimum = partial(of_hours, lambda hours: hours.min())
highest = partial(of_hours, lambda hours: hours.max())
baseload = partial(of_hours, lambda hours: float(np.percentile(hours, 5)))


def peak(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the largest hour, then the same value with its own hour as the period."""
    hours = valid(sources, building, dates)
    if (hours == hours.max()).sum() != 1:
        raise ValueError(f"two hours of {building} share the peak of {dates}; ask about another period")
    own = Period(hours.idxmax(), hours.idxmax() + HOUR).as_json()
    return [*highest(sources, building, dates), fact(hours.max(), "kW", [building], period=own)]


def load_factor(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Divide the mean by the peak."""
    (average,), (top,) = mean(sources, building, dates), highest(sources, building, dates)
    return [average | {"value": average["value"] / top["value"], "unit": "ratio"}]


def intensity(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Divide the total of the period, not scaled to a year, by the floor area."""
    (use,) = total(sources, building, dates)
    return [use | {"value": use["value"] / sources.area_m2(building), "unit": "kWh_per_m2"}]


def against(left: Fact, right: Fact) -> list[Fact]:
    """Return left minus right, that as percent of the right, then both."""
    difference = left["value"] - right["value"]
    both = list(dict.fromkeys(left["buildings"] + right["buildings"]))
    percent = 100 * difference / right["value"]
    return [fact(difference, left["unit"], both), fact(percent, "percent", both), left, right]


def change(
    sources: Sources, buildings: str, asked: Dates, reference: Dates, quantity: Quantity = "electricity"
) -> list[Fact]:
    """Set the asked period against the reference."""
    return against(*total(sources, buildings, asked, quantity), *total(sources, buildings, reference, quantity))


def compare(sources: Sources, first: str, second: str, dates: Dates) -> list[Fact]:
    """Set the first building against the second."""
    return against(*total(sources, first, dates), *total(sources, second, dates))


def only(sources: Sources, building: str, dates: Dates, which: Clock) -> list[Fact]:
    """Sum the night (22:00 to 06:00), the weekend, or the hours outside them, by the site's clock."""
    hours = valid(sources, building, dates)
    clock = pd.DatetimeIndex(hours.index).tz_convert(timezone(building))
    night = (clock.hour >= 22) | (clock.hour < 6)
    weekend = clock.day_of_week >= 5
    masks = {"night": night, "day": ~night, "weekend": weekend, "weekdays": ~weekend}
    return [fact(hours[masks[which]].sum(), "kWh", [building], dates)]


def split(sources: Sources, building: str, dates: Dates, first: Clock, second: Clock) -> list[Fact]:
    """Set some hours of a period against the others."""
    return against(*only(sources, building, dates, first), *only(sources, building, dates, second))


def rank(
    sources: Sources, site: tuple[str, ...], dates: Dates, top: int, by: Callable[..., list[Fact]] = total, **more: Any
) -> list[Fact]:
    """Return the `top` buildings with the largest values, largest first; those without data have no place."""
    present = [b for b in site if len(valid(sources, b, dates, more.get("quantity", "electricity")))]
    facts = [by(sources, building, dates, **more)[0] for building in present]
    return sorted(facts, key=lambda each: -each["value"])[:top]


def lowest(sources: Sources, site: tuple[str, ...], dates: Dates, top: int) -> list[Fact]:
    """Return the `top` buildings with the smallest totals, smallest first."""
    return rank(sources, site, dates, len(site))[::-1][:top]


def share(sources: Sources, building: str, site: tuple[str, ...], dates: Dates) -> list[Fact]:
    """Return the percent of a site's total that one building used."""
    (part,), (whole,) = total(sources, building, dates), total(sources, " ".join(site), dates)
    return [fact(100 * part["value"] / whole["value"], "percent", [building], dates)]


def monthly(sources: Sources, building: str, dates: Dates, quantity: Quantity = "electricity") -> list[Fact]:
    """Return the total of each month, in order."""
    return [one for month in parts(dates, "M") for one in total(sources, building, month, quantity)]


def profile(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the mean power of each hour of the day, 0 to 23, by the site's clock."""
    hours = valid(sources, building, dates)
    clock = pd.DatetimeIndex(hours.index).tz_convert(timezone(building))
    means = hours.groupby(clock.hour).mean()
    return [fact(means[hour], "kW", [building], dates) for hour in range(24)]
