"""What is told in the benchmark of memory, and the 50 questions asked again in other words, with their truths.

Truths are computed with pandas from the shipped files, importing nothing of EAIO's: opening hours, areas and uses stand
here as plain numbers beside the sentence that tells them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Sources, fact, peak, total
from benchmarks.answers.hours import hours
from benchmarks.answers.peer_facts import KWH_PER_M2, SOURCE_FACTOR, TABLES
from benchmarks.answers.weather_facts import savings

QUIET_PERCENT = 10
Week = Mapping[int, tuple[float, float]]
WEEKDAYS = range(5)

TOLD = (
    "b4 is a laboratory, open at night",
    "b36 has 4,500 m2",
    "b19 is open on Saturdays from 9 to 13",
    "b22 is open 7 to 19 on weekdays",
    "b31 is open daily from 8 to 20",
    "The floor area of b105 is 20,000 square metres. It is an office.",
    "b8 is closed on Fridays",
    "no, b8 is open on Fridays, but closed on Mondays",
    "b35 is open round the clock on weekdays and 8 to 18 at weekends",
    "the library has 9,000 m2",
    "b58 was refurbished on 1 January 2020",
    "b25 was closed in August 2019",
    "remember that the chiller of b4 runs all night",
    "b40 used 9 GWh in 2019",
)
"""In this order. The last two change no figure; the second about b8 takes back a part of the first."""

USUAL: Week = dict.fromkeys(WEEKDAYS, (6, 22))
HOURS: Mapping[str, Week] = {
    "b4": dict.fromkeys(WEEKDAYS, (0, 24)),
    "b19": {**USUAL, 5: (9, 13)},
    "b22": dict.fromkeys(WEEKDAYS, (7, 19)),
    "b31": dict.fromkeys(range(7), (8, 20)),
    "b8": dict.fromkeys((1, 2, 3, 4), (6, 22)),
    "b35": {**dict.fromkeys(WEEKDAYS, (0, 24)), 5: (8, 18), 6: (8, 18)},
    "b25": USUAL,
}
CLOSED = {"b25": ("2019-08-01", "2019-08-31")}
AREA_M2 = {"b36": 4_500.0, "b105": 20_000.0, "lb": 9_000.0}


@dataclass(frozen=True, slots=True)
class Again:
    """A question with its truth: the fact that its answer leads with, or that stands `anywhere` in it.

    `rests`: whether anything that was told has a part in it.
    """

    text: str
    truth: Callable[[Sources], Fact]
    anywhere: bool = False
    rests: bool = True


def open_hours(table: pd.DataFrame, building: str) -> pd.Series:
    """Tell which hours of a table are open, by what was told of a building; holidays are closed."""
    is_open = pd.Series(False, index=table.index)
    for day, (start, end) in HOURS[building].items():
        is_open |= (table.weekday == day) & (table.hour >= start) & (table.hour < end)
    if building in CLOSED:
        first, last = CLOSED[building]
        is_open &= ~((table.date >= first) & (table.date <= last))
    return is_open & ~table.free


def waste(building: str, dates: Dates, only: str = "all", unit: str = "kWh") -> Callable[[Sources], Fact]:
    """Return what lies above the quiet level while it is empty, "night" of days that open, or "closed" days."""

    def truth(sources: Sources) -> Fact:
        table = hours(sources, building, dates)
        is_open, known = open_hours(table, building), table.kwh.notna()
        opens = is_open.groupby(table.date).transform("any")
        empty = ~is_open & known
        quiet = np.percentile(table.kwh[empty], QUIET_PERCENT)
        meant = empty & {"all": True, "night": opens, "closed": ~opens}[only]
        kwh = float((table.kwh[meant] - quiet).clip(lower=0).sum())
        return fact(100 * kwh / table.kwh.sum() if unit == "percent" else kwh, unit, [building], dates)

    return truth


def by_area(building: str, dates: Dates) -> Callable[[Sources], Fact]:
    """Return the use over the floor area that was told."""
    return lambda sources: fact(
        total(sources, building, dates)[0]["value"] / AREA_M2[building], "kWh_per_m2", [building], dates
    )


def source_by_area(building: str, dates: Dates, median_of: str = "") -> Callable[[Sources], Fact]:
    """Return source energy over the area that was told, as percent of the median of a property type if one is given.

    Missing hours are taken to be like the valid ones.
    """

    def truth(sources: Sources) -> Fact:
        (use,) = total(sources, building, dates)
        own = SOURCE_FACTOR * use["value"] / use["coverage"] / AREA_M2[building]
        table = pd.read_csv(TABLES / "energy_star_medians_2018.csv", index_col="property_type")
        median = float(table.at[median_of, "source_kbtu_per_ft2"]) * KWH_PER_M2
        return fact(100 * own / median, "percent", [building], dates)

    return truth


def in_seattle(building: str, dates: Dates, kind: str) -> Callable[[Sources], Fact]:
    """Return the share of Seattle's buildings of a type that use less source energy per area, equal ones half."""

    def truth(sources: Sources) -> Fact:
        (use,) = total(sources, building, dates)
        own = SOURCE_FACTOR * use["value"] / use["coverage"] / AREA_M2[building]
        table = pd.read_csv(TABLES / "seattle_2016.csv")
        peers = table[table.property_type == kind].source_kbtu_per_ft2.dropna() * KWH_PER_M2
        return fact(100 * ((peers < own).mean() + 0.5 * (peers == own).mean()), "percent", [building], dates)

    return truth


def saved(building: str, dates: Dates, fitted_to: Dates) -> Callable[[Sources], Fact]:
    """Return what was saved against a baseline of the year before what was told."""
    return lambda sources: savings(sources, building, dates, fitted_to)[0]


def used(building: str, dates: Dates) -> Callable[[Sources], Fact]:
    """Return a plain total, which nothing that is told changes."""
    return lambda sources: total(sources, building, dates)[0]


def highest(building: str, dates: Dates) -> Callable[[Sources], Fact]:
    """Return a peak, which nothing that is told changes."""
    return lambda sources: peak(sources, building, dates)[0]


AGAIN = (
    Again("How much electricity did b4 waste in 2019?", waste("b4", "2019")),
    Again("What did b4 use needlessly while nobody was there in 2019?", waste("b4", "2019")),
    Again("avoidable use of b4 out of hours, 2018", waste("b4", "2018")),
    Again("How much of b4's electricity in 2020 was wasted at weekends?", waste("b4", "2020", "closed")),
    Again("what share of b4's use was wasted while empty in 2019, in percent", waste("b4", "2019", unit="percent")),
    Again("b4: how much is wasted outside opening hours in the first quarter of 2019?", waste("b4", "2019Q1")),
    Again("How much could b4 have avoided when closed in 2020?", waste("b4", "2020")),
    Again("Electricity wasted in b19 in 2019?", waste("b19", "2019")),
    Again("How much does b19 waste out of hours, 2020", waste("b19", "2020")),
    Again("What did b19 waste overnight in 2019?", waste("b19", "2019", "night")),
    Again("How many kWh did b19 waste on closed days in 2018?", waste("b19", "2018", "closed")),
    Again("percentage of b19's electricity wasted while empty in 2020", waste("b19", "2020", unit="percent")),
    Again("how much is b22 wasting when nobody is in, 2019", waste("b22", "2019")),
    Again("What did b22 waste at night in 2019?", waste("b22", "2019", "night")),
    Again("b22's out-of-hours waste during 2018", waste("b22", "2018")),
    Again("wasted energy of b22 in summer 2019", waste("b22", "2019-06..2019-08")),
    Again("what percent of the electricity of b22 is wasted in 2020?", waste("b22", "2020", unit="percent")),
    Again("How much electricity did b31 waste in 2019 while it was shut?", waste("b31", "2019")),
    Again("Waste in b31 overnight in 2020", waste("b31", "2020", "night")),
    Again("how much was wasted in b31 in 2018?", waste("b31", "2018")),
    Again("b31: energy wasted outside opening hours in October 2019", waste("b31", "2019-10")),
    Again("How much did b8 waste in 2019?", waste("b8", "2019")),
    Again("what does b8 waste on closed days, 2019", waste("b8", "2019", "closed")),
    Again("Avoidable electricity of b8 while empty in 2020?", waste("b8", "2020")),
    Again("How much is wasted at night in b8 in 2018?", waste("b8", "2018", "night")),
    Again("what did b35 waste in 2019", waste("b35", "2019")),
    Again("electricity wasted by b35 on closed days or out of hours in 2020", waste("b35", "2020")),
    Again("share of b35's use that was wasted in 2018, percent", waste("b35", "2018", unit="percent")),
    Again("How much did b25 waste in August 2019 and September 2019 together?", waste("b25", "2019-08..2019-09")),
    Again("what did b25 waste in 2019?", waste("b25", "2019")),
    Again("waste of b25 in 2018", waste("b25", "2018"), rests=False),
    Again("How much electricity per square metre did b36 use in 2019?", by_area("b36", "2019")),
    Again("What was the energy use intensity of b36 in 2020?", by_area("b36", "2020")),
    Again("kWh/m2 of b36, 2018", by_area("b36", "2018")),
    Again("b36 electricity by floor area in March 2019", by_area("b36", "2019-03")),
    Again("EUI of b105 in 2019", by_area("b105", "2019")),
    Again("How many kWh per m2 did b105 need in 2018?", by_area("b105", "2018")),
    Again("intensity of b105 in 2020 in kWh per square foot", by_area("b105", "2020")),
    Again("How much electricity did the library use per square metre in 2016?", by_area("lb", "2016")),
    Again("EUI of the library in 2015?", by_area("lb", "2015")),
    Again("How does b105 compare with the ENERGY STAR median in 2019?", source_by_area("b105", "2019", "Office")),
    Again("Where does b105 stand against the ENERGY STAR median for 2018?", source_by_area("b105", "2018", "Office")),
    Again("How does b105 rank among Seattle's offices in 2019?", in_seattle("b105", "2019", "Office")),
    Again("How much did b58 save since its refurbishment?", saved("b58", "2020", "2019")),
    Again(
        "Did the retrofit of b58 pay off in electricity? What were its savings in 2020?", saved("b58", "2020", "2019")
    ),
    Again("savings of b58 after the retrofit", saved("b58", "2020", "2019")),
    Again("How much electricity did b40 use in 2019?", used("b40", "2019"), rests=False),
    Again("total electricity of b4 in 2019", used("b4", "2019"), rests=False),
    Again("peak load of b36 in 2019", highest("b36", "2019"), rests=False),
    Again(
        "what did b8 use on Mondays to Fridays... I mean in all of May 2019?",
        used("b8", "2019-05"),
        anywhere=True,
        rests=False,
    ),
)
