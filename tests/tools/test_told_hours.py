"""Rules of opening hours are laid one upon the other, and a rule that says nothing any more is found."""

from datetime import UTC, date, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from privacy.labels import Label
from tests.made_site import MadeSite, local_clock
from tests.tools.analyses.asked import ask, year
from tools.analyses.site_terms import opening_at
from tools.readings import Inventory, SiteSettings
from tools.told import ToldFact
from tools.told_hours import Rule, is_outdone, laid_over, spelt, week_of

USUAL = week_of(SiteSettings())
NIGHTS: Rule = {"nights": True}
NO_SATURDAY: Rule = {"days": {"5": None}}
SATURDAY: Rule = {"days": {"5": [9, 13]}}
HOURS: Rule = {"hours": [8, 18]}
RULES = st.sampled_from(
    [NIGHTS, NO_SATURDAY, SATURDAY, HOURS, {"nights": False}, {"days": {"6": "usual"}}, {"holidays": True}]
)


def told(value: Rule, start: date | None = None, end: date | None = None, *, name: str = "t1") -> ToldFact:
    """Return opening hours that ada told of b1."""
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return ToldFact(name, "b1", "opening", value, "as told", "ada", at, Label.INTERNAL, 1.0, start, end)


def site(*facts: ToldFact, settings: SiteSettings | None = None) -> MadeSite:
    """Return a building of whose hours ada told: 50 kW by day, 20 kW at night, 5 kW at weekends."""
    clock = local_clock(365)
    day = (clock.weekday < 5) & (clock.hour >= 6) & (clock.hour < 22)
    load = np.where(day, 50.0, np.where(clock.weekday >= 5, 5.0, 20.0))
    made = MadeSite({"b1/electricity": load}, settings=settings)
    old = made.names
    made.names = Inventory(1, old.sites, old.buildings, old.meters, told=facts)
    return made


def test_later_rule_leaves_what_it_does_not_speak_of() -> None:
    assert spelt(laid_over(USUAL, [NIGHTS, SATURDAY])) == "Monday to Friday all day, Saturday 09:00 to 13:00"


def test_newer_hours_outdo_nights_that_were_told_before() -> None:
    assert is_outdone(NIGHTS, [], HOURS, USUAL)
    assert is_outdone(NIGHTS, [], {"nights": False}, USUAL)
    assert is_outdone(SATURDAY, [NIGHTS], NO_SATURDAY, USUAL)
    assert not is_outdone(SATURDAY, [], NIGHTS, USUAL)


@given(st.lists(RULES, max_size=4))
def test_rule_that_is_told_again_changes_nothing_more(rules: list[Rule]) -> None:
    once = laid_over(USUAL, rules)
    assert laid_over(once, rules[-1:]) == once


async def test_waste_is_reckoned_with_the_hours_that_were_told() -> None:
    plain = await ask(site(), "waste", buildings=("b1",), period=year(2019))
    open_at_night = await ask(site(told(NIGHTS)), "waste", buildings=("b1",), period=year(2019))
    assert plain.evidence[0].value > 0
    assert open_at_night.evidence[0].value == 0
    assert any('"as told", as told on 2026-11-22 by ada (t1)' in note for note in open_at_night.notes)


async def test_hours_hold_only_on_the_days_they_were_told_of() -> None:
    august = told(NIGHTS, date(2019, 8, 1), date(2019, 9, 1))
    hours = opening_at(site(august).names, "town", "b1")
    clock = local_clock(365)
    months = clock.local.astype("M8[M]").astype(int) % 12
    at_night = (clock.weekday < 5) & (clock.hour == 3)
    is_open = hours.mask(clock)
    assert is_open[at_night & (months == 7)].all()
    assert not is_open[at_night & (months != 7)].any()


async def test_answer_of_other_days_does_not_rest_on_them() -> None:
    past = told(NIGHTS, date(2018, 8, 1), date(2018, 9, 1))
    found = await ask(site(past), "waste", buildings=("b1",), period=year(2019))
    assert not any("Rests on" in note for note in found.notes)


async def test_building_that_is_open_on_holidays_is_so() -> None:
    settings = SiteSettings(own_holidays=(date(2019, 1, 1),))
    hours = opening_at(site(told({"holidays": True}), settings=settings).names, "town", "b1")
    clock = local_clock(2)
    assert hours.mask(clock, frozenset(settings.own_holidays))[12]
