"""A phrasing is read as before only where it is the same, word by word; names and periods are what may differ."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.procedures import Skeleton, filled, is_correction, skeleton, template
from tests.small_site import inventory
from tools.energy_query import EnergyQuery, Period

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAMES = inventory()


def of(question: str) -> Skeleton:
    """Return the skeleton of a question that has one."""
    found = skeleton(question, NAMES, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How thirsty was b1 in 2018?", "how thirsty was the South Hall in March 2019"),
        ("was b1 hungrier than b2 in 2018?", "Was b2 hungrier than b3 in Q1 2019?"),
    ],
)
def test_other_names_and_periods_leave_the_same_skeleton(one: str, other: str) -> None:
    assert of(one).text == of(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("which building was the highest in greed in 2018", "which building was the lowest in greed in 2018"),
        ("How thirsty was b1 in 2018?", "How thirsty was b1?"),
        ("was b1 hungrier than b2 in 2018?", "was b1 hungrier than b1 in 2018?"),
        ("top 3 greedy ones in 2018", "top 5 greedy ones in 2018"),
        ("How thirsty was b1 in 2018?", "How thirsty was b1 not in 2018?"),
        ("how thirsty was b1 at night in 2018", "how thirsty was b1 at noon in 2018"),
    ],
)
def test_any_other_word_is_another_skeleton(one: str, other: str) -> None:
    first, second = skeleton(one, NAMES, NOW), skeleton(other, NAMES, NOW)
    assert first is None or second is None or first.text != second.text


@pytest.mark.parametrize("question", ["how thirsty was {1} in 2018", "how thirsty was b99 in 2018", ""])
def test_words_that_look_like_a_slot_and_names_that_are_not_clear_have_no_skeleton(question: str) -> None:
    assert skeleton(question, NAMES, NOW) is None


def test_query_is_filled_with_the_names_and_periods_of_the_other_question() -> None:
    asked, later = of("was b1 hungrier than b2 in 2018?"), of("was b3 hungrier than b1 in March 2019?")
    query = EnergyQuery(buildings=("b1",), against_buildings=("b2",), period=asked.period, hours="night")
    slotted = template(query, asked)
    assert slotted is not None
    assert filled(slotted, later) == EnergyQuery(
        buildings=("b3",), against_buildings=("b1",), period=later.period, hours="night"
    )


@pytest.mark.parametrize(
    "query",
    [
        EnergyQuery(buildings=("b1", "b2")),
        EnergyQuery(buildings=("b2",)),
        EnergyQuery(),
        EnergyQuery(
            buildings=("b1",), period=Period(start=datetime(2017, 1, 1), end=datetime(2018, 1, 1), words="2017")
        ),
        EnergyQuery(buildings=("b1",)),
    ],
)
def test_reading_that_says_another_name_or_period_than_its_question_is_not_kept(query: EnergyQuery) -> None:
    assert template(query, of("How thirsty was b1 in 2018?")) is None


@given(st.text(alphabet="abn 12.,?!'-éß{}", max_size=40))
def test_skeleton_of_any_text_is_itself_stable_or_none(text: str) -> None:
    found = skeleton(text, NAMES, NOW)
    assert found == skeleton(f"  {text} ", NAMES, NOW)


@pytest.mark.parametrize(
    "turn",
    [
        "no, I meant gas",
        "No. I meant 2018",
        "that's not what I asked",
        "I meant the lowest",
        "not gas",
        "wrong",
        "sorry, I meant b2",
    ],
)
def test_turn_that_takes_a_reading_back_is_known(turn: str) -> None:
    assert is_correction(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "and the year before?",
        "what about gas?",
        "why?",
        "now b2",
        "nothing else?",
        "How much gas did b3 use?",
        "notable days?",
    ],
)
def test_turn_that_goes_on_is_none(turn: str) -> None:
    assert not is_correction(turn)
