"""What a question says and no figure takes up ends in a doubt: it is asked back or told, never left out silently."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.shipped_files import ShippedFiles
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = asyncio.run(ShippedFiles().inventory())


def read(question: str) -> Parsed:
    """Parse against the shipped buildings."""
    return parse(question, NAMES, NOW)


def is_doubted(question: str) -> bool:
    """Tell whether a question is asked back."""
    try:
        parsed = read(question)
    except BadQuestion:
        return True
    return not parsed.sure or parsed.intent != "ask"


@pytest.mark.parametrize(
    "word",
    "never early late several another previous next apart nor current local standing five term half floor".split(),
)
def test_word_of_weight_beside_a_plain_figure_is_asked_back(word: str) -> None:
    assert is_doubted(f"{word} electricity of b4 in 2019")


@pytest.mark.parametrize("word", ["triad", "computer", "storey", "tank", "stock", "partially"])
def test_real_word_near_filler_is_no_slip_of_the_finger(word: str) -> None:
    assert is_doubted(f"b4's {word} electricity in 2019")


@pytest.mark.parametrize(
    "question",
    [
        "Peak of b4 in 2019 on average",
        "Baseload of b4 in 2019 per m2",
        "Load factor of b4 in 2019 per day",
        "What did b8 use per storey in 2019?",
        "b8 kWh per £ in 2019",
        "Peak minus baseload of b4 in 2019",
    ],
)
def test_figure_of_two_figures_is_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    "question",
    [
        "b4-b19 electricity in 2019",
        "b4, not b8, in 2019",
        "The use of b4 and the cost of b8 in 2019",
        "The average building at Cambridge in 2019",
        "b8 against the site average in 2019",
        "Where does b8 rank in 2019?",
    ],
)
def test_names_that_are_no_list_are_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which month was b4's highest in 2019, and what did it cost then?",
        "Find b4's busiest hour in 2019 and tell me the carbon in that hour",
        "b8 since the new boss",
        "b8 at the turn of the year 2019",
    ],
)
def test_time_that_only_another_answer_knows_is_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is b4 good?",
        "How's b4 doing in 2019?",
        "Where is b8?",
        "Meter number of b4",
        "What's eating so much power at b36 in 2019?",
        "Remind me on Monday to look at b4",
        "b8's bill in 2019 if the price doubled",
        "Is electricity cheaper at night?",
        "Which is the biggest building?",
        "Which building is the smallest?",
    ],
)
def test_question_that_a_total_would_not_answer_gets_none(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did b4 waste in 2019 on cold days?",
        "Anomalies in b4 in 2019 above 100 kW",
        "Will b8 use more next week than this week?",
        "What would LEDs save at b8?",
    ],
)
def test_restriction_that_an_analysis_cannot_keep_is_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("What did b4 waste per m2 in 2019?", "per m2"),
        ("Savings at b4 since the retrofit of 1 May 2019 in euros", "in euros"),
        ("What did b4 waste in 2019 several times?", "several"),
        ("When did b4 peak in 2019, and how much did it use that month?", '"how much did it use that month"'),
        ("Forecast b4 for tomorrow at 0.3 a kWh", "0.3 a kwh"),
        ("How much did b4 use in 2019, and who built the old pyramids?", '"who built the old pyramids"'),
    ],
)
def test_aspect_that_an_analysis_does_not_take_up_is_told(question: str, left_out: str) -> None:
    parsed = read(question)
    assert parsed.queries
    assert left_out in parsed.ignored


def test_everything_but_one_building_leaves_it_out() -> None:
    assert "b4" not in read("Everything but b4 in 2019").queries[0].buildings


def test_hours_are_no_rupees() -> None:
    assert read("What did b4 waste out of hours 2019?").queries[0].period is not None
