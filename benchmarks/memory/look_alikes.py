"""Pairs of questions that look alike and mean something else, made from what the grammar can ask."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

NEAR_BUILDINGS = (
    *(("b4", "b40"), ("b8", "b58"), ("b35", "b36"), ("b105", "b111"), ("b22", "b25"), ("b19", "b31")),
    *(("lb", "lcb"), ("acb", "lcb"), ("bh", "gh")),
)
PERIODS = (
    *("2018", "2019", "2020", "March 2019", "May 2019", "June 2019", "July 2019", "March 2018", "January 2020"),
    *("Q1 2019", "Q2 2019", "Q3 2018", "Q4 2018", "the first half of 2019", "the second half of 2019"),
    *("3 March 2019", "30 March 2019", "13 March 2019", "summer 2019", "winter 2018", "3 to 9 June 2019"),
)
DELHI_PERIODS = ("2014", "2015", "2016", "2017", "March 2014", "March 2015", "October 2016", "Q1 2016", "Q2 2016")
OF_ONE = (
    "How much electricity did {b} use{h} in {p}?",
    "What was the peak load of {b}{h} in {p}?",
    "What was the lowest load of {b}{h} in {p}?",
    "What was the average load of {b}{h} in {p}?",
    "What was the baseload of {b} in {p}?",
    "What was the load factor of {b} in {p}?",
    "What were the carbon emissions of {b}'s electricity in {p}?",
    "What did the electricity of {b} cost in {p}?",
    "How much gas did {b} use in {p}?",
    "How complete are the electricity readings of {b} in {p}?",
    "{b} electricity by month in {p}",
    "{b} electricity by day of the week in {p}",
    "Average load of {b} in each hour of the day in {p}",
    "How much electricity did {b} use a day in {p}?",
    "How much electricity did {b} use a week in {p}?",
    "How much electricity did {b} waste in {p} while nobody was in the building?",
    "Heating degree days at {b} in {p}",
    "Were there anomalies in the electricity of {b} in {p}?",
)
OF_TWO = (
    "How much more electricity did {b} use than {c} in {p}?",
    "How much electricity did {b} and {c} use together in {p}?",
)
OF_ALL = (
    "Which building used the most electricity{h} in {p}?",
    "Which building used the least electricity{h} in {p}?",
    "Which 3 buildings used the most electricity in {p}?",
    "Which 5 buildings used the most electricity in {p}?",
    "Which building had the highest peak load in {p}?",
    "Which building had the lowest baseload in {p}?",
    "How much electricity did the Cambridge site use{h} in {p}?",
)
HOURS = ("", " at night", " during the day", " at weekends", " on weekdays")


@dataclass(frozen=True)
class Asked:
    """A question as it is made: two that differ in any part mean something else."""

    form: str
    building: str
    other: str
    period: str
    hours: str

    @property
    def words(self) -> str:
        """Return the question."""
        return self.form.format(b=self.building, c=self.other, p=self.period, h=self.hours)

    def means(self) -> tuple[object, ...]:
        """Return what it asks for; the order of a sum of two makes no difference."""
        named = [n for n, mark in ((self.building, "{b}"), (self.other, "{c}")) if mark in self.form]
        members = tuple(sorted(named)) if "together" in self.form else tuple(named)
        return self.form, members, self.period, self.hours if "{h}" in self.form else ""


def pairs(seed: int) -> Iterator[tuple[Asked, Asked]]:
    """Yield pairs without end; each differs in one part: building, period, hours, form, or who is set against whom."""
    dice = random.Random(seed)
    while True:
        one = _drawn(dice)
        other = _changed(one, dice)
        if one.means() != other.means():
            yield one, other


def _drawn(dice: random.Random) -> Asked:
    building, other = dice.choice(NEAR_BUILDINGS)
    if dice.random() < 0.5:
        building, other = other, building
    forms = dice.choice((OF_ONE, OF_ONE, OF_ONE, OF_TWO, OF_ALL))
    return Asked(dice.choice(forms), building, other, dice.choice(_periods(building)), dice.choice(HOURS))


def _periods(building: str) -> tuple[str, ...]:
    return PERIODS if building.startswith("b") and building != "bh" else DELHI_PERIODS


def _changed(one: Asked, dice: random.Random) -> Asked:
    family = next(forms for forms in (OF_ONE, OF_TWO, OF_ALL) if one.form in forms)
    match dice.randrange(4):
        case 0:
            return replace(one, building=one.other, other=one.building)
        case 1:
            return replace(one, period=dice.choice(_periods(one.building)))
        case 2:
            return replace(one, hours=dice.choice(HOURS))
        case _:
            return replace(one, form=dice.choice(family))
