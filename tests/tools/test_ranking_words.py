"""Comparatives of use rank whatever their stem is, and what is used anyway says nothing new."""

from datetime import UTC, datetime

import pytest

from tests.small_site import inventory
from tools.grammar import parse
from tools.grammar.words.directions import with_plain_directions
from tools.grammar.words.same_basis import without_same_basis
from tools.grammar.words.set_phrases import without_set_phrases

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()


@pytest.mark.parametrize(
    ("word", "order"),
    [
        ("hungrier", "highest"),
        ("thirstier", "highest"),
        ("more voracious", "highest"),
        ("thriftier", "lowest"),
        ("more frugal", "lowest"),
        ("less gluttonous", "lowest"),
        ("less sparing", "highest"),
    ],
)
def test_comparative_of_use_ranks(word: str, order: str) -> None:
    [query] = parse(f"Which is {word} in 2019, b1 or b2?", NAMES, NOW).queries
    assert (query.group, query.order, query.buildings) == ("building", order, ("b1", "b2"))


@pytest.mark.parametrize(("word", "order"), [("piggiest", "highest"), ("puniest", "lowest"), ("stingiest", "lowest")])
def test_superlative_of_use_ranks(word: str, order: str) -> None:
    [query] = parse(f"Which building is the {word} on electricity in 2019?", NAMES, NOW).queries
    assert (query.group, query.order) == ("building", order)


@pytest.mark.parametrize("verb", ["consume the maximum units", "use max electricity", "draw the maximum energy"])
def test_maximum_that_is_consumed_ranks_and_is_no_peak(verb: str) -> None:
    [query] = parse(f"In which month of 2019 did b1 {verb}?", NAMES, NOW).queries
    assert (query.statistic, query.group, query.order) == ("total", "month", "highest")


@pytest.mark.parametrize("asked", ["Give us the maximum electricity of b1", "When did b1 use the maximum electricity"])
def test_maximum_of_a_building_is_its_peak(asked: str) -> None:
    [query] = parse(f"{asked} in 2019", NAMES, NOW).queries
    assert (query.statistic, query.group) == ("peak", "none")


@pytest.mark.parametrize("text", ["a colder winter", "the older building", "a milder month", "the greenest building"])
def test_comparative_of_another_thing_is_left_alone(text: str) -> None:
    assert with_plain_directions(text) == text


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("cost of b4 on the octopus agile tariff", "cost of b4 at hourly prices"),
        ("mean carbon intensity of the gb grid", "mean carbon intensity of the grid"),
        ("use per m² of floor area", "use per m²"),
    ],
)
def test_what_is_used_anyway_is_said_short(said: str, plain: str) -> None:
    assert without_same_basis(said) == plain


@pytest.mark.parametrize(
    "text", ["cost of b4 on economy 7", "intensity of the german grid", "half-hourly readings of b4"]
)
def test_another_basis_stays_and_is_read(text: str) -> None:
    assert without_same_basis(text) == text


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("b4's total for monday's board", "b4's total for board"),
        ("our energy manager needs b4's total by friday", "our manager needs b4's total"),
        ("preparing for iso 50001:2018, b4", "preparing for iso, b4"),
    ],
)
def test_day_of_a_meeting_and_number_of_a_standard_are_no_period(said: str, plain: str) -> None:
    assert without_set_phrases(said) == plain


@pytest.mark.parametrize(
    "text",
    [
        "b4's electricity on monday 3 june 2019",
        "electricity of b4 by friday",
        "what did b4 use before noon on friday 3 may 2019",
        "energy of b4 tomorrow",
    ],
)
def test_day_that_is_asked_of_stays(text: str) -> None:
    assert without_set_phrases(text) == text
