"""Another wording of a question finds its answer; a question that only looks alike never does."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.answer_cache_key import answer_key, canonical, units_in_force
from memory.answer_cache_series import MOST_SERIES, series_of
from memory.series_versions import EVERYTHING
from privacy.labels import Label
from tests.small_site import END, START, inventory
from tools.energy_query import EnergyQuery, Period
from tools.grammar import parse
from tools.readings import Building, Inventory, Meter, SiteSettings

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "tenant": "local",
    "label": Label.INTERNAL,
    "data": "d1",
    "config": "c1",
    "policy": "p1",
    "writer": "m1",
    "language": "en",
}
YEAR = Period(start=datetime(2018, 1, 1), end=datetime(2019, 1, 1), words="2018")


def key_of(question: str, names: Inventory | None = None, **other: Any) -> str:
    known = names or inventory()
    queries = parse(question, known, NOW, 4000, None).queries
    assert queries, question
    return answer_key(queries, known, **WHOLE | other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much electricity did b1 use in 2018?", "b1 electricity 2018 in kWh"),
        ("How much electricity did b1 use in 2018?", "What was the electricity consumption of building 1 during 2018?"),
        ("Electricity of b1 in Q2 2018", "b1's electricity from April to June 2018"),
        ("How much electricity did b1 and b2 use together in 2018?", "Total 2018 electricity of b2 and b1"),
        ("Which building in London used the most electricity in 2018?", "London 2018: highest electricity by building"),
    ],
)
def test_other_words_for_the_same_have_the_same_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much electricity did b1 use in 2018?", "How much electricity did b1 use in 2019?"),
        ("How much electricity did b1 use in 2018?", "How much electricity did b2 use in 2018?"),
        ("How much electricity did b3 use in 2018?", "How much gas did b3 use in 2018?"),
        ("Which building in London used the most in 2018?", "Which building in London used the least in 2018?"),
        ("What was the peak of b1 in 2018?", "What was the minimum load of b1 in 2018?"),
        (
            "How much electricity did b1 use at night in 2018?",
            "How much electricity did b1 use during the day in 2018?",
        ),
        ("How much more did b1 use than b2 in 2018?", "How much more did b2 use than b1 in 2018?"),
        ("b1 electricity by month in 2018", "b1 electricity by weekday in 2018"),
        ("b1 electricity in 2019 against 2018", "b1 electricity in 2018 against 2019"),
        ("How much electricity did b1 use in 2018?", "How much electricity did b1 waste in 2018?"),
    ],
)
def test_look_alikes_have_keys_of_their_own(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": "other"},
        {"label": Label.PUBLIC},
        {"data": "d2"},
        {"config": "c2"},
        {"policy": "p2"},
        {"writer": "m2"},
        {"language": "de"},
    ],
)
def test_entry_made_under_anything_else_has_another_key(change: dict[str, Any]) -> None:
    assert key_of("b1 electricity in 2018", **change) != key_of("b1 electricity in 2018")


def test_entry_made_under_other_units_or_another_currency_has_another_key() -> None:
    names = inventory()
    keys = {key_of("b1 electricity in 2018")}
    for site in (
        replace(names.sites["london"], settings=SiteSettings(energy_unit="kBtu")),
        replace(names.sites["london"], settings=SiteSettings(area_unit="ft2")),
        replace(names.sites["london"], currency="EUR"),
    ):
        keys.add(key_of("b1 electricity in 2018", replace(names, sites={**names.sites, "london": site})))
    assert len(keys) == 4
    query = parse("b1 electricity in 2018", names, NOW, 4000, None).queries
    assert units_in_force(query, names) == [["london", "kWh", "m2", "GBP"]]


QUERIES = st.builds(
    EnergyQuery,
    measure=st.sampled_from(["electricity", "gas", "carbon"]),
    statistic=st.sampled_from(["total", "mean", "peak", "waste", "share"]),
    buildings=st.sampled_from([(), ("b4",), ("b40",), ("b4", "b40"), ("b40", "b4")]),
    period=st.sampled_from(
        [None, YEAR, Period(start=YEAR.start, end=YEAR.end, words="the year 2018"), YEAR.model_copy(
            update={"end": datetime(2019, 1, 2)}
        )]
    ),
    hours=st.sampled_from(["all", "night"]),
    group=st.sampled_from(["none", "building"]),
    order=st.sampled_from([None, "highest", "lowest"]),
    limit=st.sampled_from([None, 1, 2]),
    unit=st.sampled_from([None, "kWh", "MWh"]),
)  # fmt: skip


def meant(query: EnergyQuery) -> tuple[Any, ...]:
    """Return what decides about the facts, said apart from the code that is tested."""
    period = query.period and (query.period.start, query.period.end)
    worded = (query.unit, query.period and query.period.words) if query.statistic == "waste" else ()
    members: Any = query.buildings if query.group == "building" else tuple(sorted(query.buildings))
    return (
        *(query.measure, query.statistic, members, period, query.hours),
        *(query.group, query.order, query.limit, worded),
    )


@given(QUERIES, QUERIES)
def test_two_queries_share_a_key_just_where_they_mean_the_same(one: EnergyQuery, other: EnergyQuery) -> None:
    assert (canonical(one) == canonical(other)) == (meant(one) == meant(other))


def rests(question: str, read: set[str]) -> tuple[str, ...]:
    return series_of(parse(question, inventory(), NOW, 4000, None).queries, inventory(), read)


def test_answer_about_a_building_rests_on_its_own_series_and_what_was_read_of_its_site() -> None:
    assert rests("b3 electricity in 2018", {"b3/electricity"}) == ("@london", "b3/electricity")
    read = {"b1/electricity", "london/carbon"}
    assert rests("carbon of b1 in 2018", read) == ("@london", "b1/electricity", "london/carbon")


def test_meter_without_readings_in_the_period_counts_too() -> None:
    found = rests("mill electricity in October 2018", {"mill/electricity/2"})
    assert found == ("@delhi", "mill/electricity/1", "mill/electricity/2")


def test_record_without_a_period_spans_what_the_site_has() -> None:
    assert set(rests("total electricity of b1", {"b1/electricity"})) >= {"b1/electricity", "b2/electricity"}


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Which building used the most electricity in 2018?", {"b1/electricity"}),
        ("How does b1 compare with its peers in 2018?", {"b1/electricity"}),
        ("b1 electricity in 2018", {"b1/electricity", "mill/electricity/1"}),
        ("b1 electricity in 2018", {"b1/electricity", "of no inventory"}),
    ],
)
def test_answer_whose_series_cannot_be_bounded_rests_on_everything(question: str, read: set[str]) -> None:
    assert rests(question, read) == (EVERYTHING,)


def test_answer_about_very_many_series_rests_on_everything() -> None:
    names = inventory()
    buildings = {f"x{n}": Building(f"x{n}", f"X {n}", "london") for n in range(MOST_SERIES)}
    meters = {
        f"{b}/electricity": Meter(f"{b}/electricity", "london", "electricity", "kWh", START, END, b) for b in buildings
    }
    many = replace(names, buildings=buildings, meters=meters)
    query = EnergyQuery(sites=("london",), period=YEAR)
    assert series_of([query], many, set(meters)) == (EVERYTHING,)
