"""Where use comes from, chat spellings, ranks that stand alone, and terms; and what is never left out."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.shipped_files import ShippedFiles
from tools.errors import BadQuestion
from tools.grammar import parse
from tools.grammar.parse import Parsed
from tools.readings import Inventory

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return asyncio.run(ShippedFiles().inventory())


def _same(one: Parsed, other: Parsed) -> bool:
    return one.sure and bool(one.queries) and one.queries == other.queries


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("How much did b4 pull off the grid in 2019?", "How much did b4 use in 2019?"),
        ("What did b8 take from the local network in March 2019?", "What did b8 use in March 2019?"),
        ("How much did b22 buy from the supplier in 2019?", "How much did b22 use in 2019?"),
        ("wats teh peak of b8 in 2019 lol", "what is the peak of b8 in 2019"),
        ("hw mch gas did b31 burn in 2019", "how much gas did b31 burn in 2019"),
        ("For the audit report I need b4's 2019 total", "b4's 2019 total"),
        ("For the survey response give b31's gas in 2018", "b31's gas in 2018"),
        ("What is b58's peak on record?", "What is b58's peak?"),
        ("Electricity plus gas for b58, everything lumped together, 2020?", "gas and electricity of b58 in 2020"),
        ("All clubbed together, what did Cambridge use in 2019?", "What did Cambridge use in 2019?"),
        (
            "What did b22 use in the window from 16:00 to 19:00 in May 2019?",
            "What did b22 use from 16:00 to 19:00 in May 2019?",
        ),
        (
            "What's b22's whack of the Cambridge electricity in 2019?",
            "b22's share of the Cambridge electricity in 2019",
        ),
        ("wots da total 4 b8 2019", "total for b8 2019"),
        ("How even was b40's demand in 2019?", "load factor of b40 in 2019"),
        ("For our ISO audit response I'm required to state b22's peak in 2019", "b22's peak in 2019"),
        ("b4 electricity in cash terms in 2019", "b4 electricity in pounds in 2019"),
        ("electricity footprint of b4 in carbon terms 2019", "carbon of b4 in 2019"),
    ],
)
def test_words_that_say_what_holds_anyway_change_nothing(said: str, plain: str, inventory: Inventory) -> None:
    assert _same(parse(said, inventory, NOW), parse(plain, inventory, NOW))


@pytest.mark.parametrize(
    ("question", "group", "order", "limit"),
    [
        ("Of our twelve Cambridge blocks, give me the three hungriest in 2019", "building", "highest", 3),
        ("Name the two thriftiest of our blocks in 2019", "building", "lowest", 2),
        ("Which four of the Cambridge properties were the thirstiest for gas in 2018?", "building", "highest", 4),
        ("The lowest three for gas in 2019", "building", "lowest", 3),
        ("Which five emitted the most in 2019?", "building", "highest", 5),
        ("Which 2 used least in 2019?", "building", "lowest", 2),
        ("Which three months were the heaviest for b4 in 2019?", "month", "highest", 3),
    ],
)
def test_a_rank_that_names_no_noun_is_of_buildings_or_of_the_time_it_speaks_of(
    question: str, group: str, order: str, limit: int, inventory: Inventory
) -> None:
    (query,) = parse(question, inventory, NOW).queries
    assert (query.group, query.order, query.limit) == (group, order, limit)


@pytest.mark.parametrize(
    ("question", "order"),
    [("Which block has the peakiest demand?", "lowest"), ("Which has the flattest load?", "highest")],
)
def test_the_shape_of_a_load_is_its_load_factor_and_told(question: str, order: str, inventory: Inventory) -> None:
    parsed = parse(question.replace("?", " in Cambridge in 2019?"), inventory, NOW)
    assert (parsed.queries[0].statistic, parsed.queries[0].order) == ("load_factor", order)
    assert "load factor" in parsed.assumed[0]


@pytest.mark.parametrize(
    "question",
    [
        "How much did b4 send off to the grid in 2019?",
        "What share of b4's power came off the mains in 2019?",
        "electricity off-grid at b4 in 2019",
        "In real terms, what did b4's electricity cost in 2019?",
        "How much electricity did the report server in b4 use in 2019?",
        "Which building had the smoothest profile in the last year on record?",
        "Electricity of the window seats in b8 in 2019",
        "Which two floors were the hungriest at b8 in 2019?",
        "The two oldest of our blocks by electricity",
    ],
)
def test_what_would_change_the_figure_is_never_left_out(question: str, inventory: Inventory) -> None:
    with suppress(BadQuestion):
        assert not parse(question, inventory, NOW).sure
