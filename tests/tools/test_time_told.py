"""What a sentence tells of time is taken by the question behind it; words, a figure asked twice and whole days."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import parse
from tools.grammar.sentences.of_question import asked_plainly
from tools.readings import Inventory

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return asyncio.run(ShippedFiles().inventory())


def one(question: str, inventory: Inventory) -> EnergyQuery:
    queries = parse(question, inventory, NOW).queries
    assert len(queries) == 1
    return queries[0]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Sunday the 3rd of March 2019 we had a leak and the pumps were on all day. What did b105 come to that day?",
            "what did b105 use on 3 March 2019",
        ),
        ("On 14 May 2019 the chiller tripped at b8. How much did b8 use that day?", "what did b8 use on 14 May 2019"),
        ("b36 looked unusually low on 7 July 2019, I hear. What was its total on that date?", "b36 total 7 July 2019"),
        (
            "The cleaners come between 5 and 8 in the morning. What did b4 use in those hours in March 2019?",
            "what did b4 use between 05:00 and 08:00 in March 2019",
        ),
        ("Gas at b8 shot up on 4 January 2019. How much was it that day?", "gas of b8 on 4 January 2019"),
        ("b31 electricity on 5 May 2019, midnight to midnight", "b31 electricity on 5 May 2019"),
        ("b31 kwh on christmas day 2019, the full 24 hrs", "b31 kwh on christmas day 2019"),
        ("Gas at b111 by month for 2019 - I'm making a bar chart", "gas at b111 by month for 2019"),
        ("Which day in 2019 was b4's lowest? What was used on that day?", "which day in 2019 was b4's lowest"),
        ("b105 2019 worst day & how much gas burned that day", "b105 gas 2019 worst day"),
        (
            "Once you correct for weather, did b8 burn more gas in 2019 or in 2018?",
            "weather-corrected, did b8 burn more gas in 2019 or in 2018?",
        ),
    ],
)
def test_what_asks_nothing_more_leaves_the_question_as_it_is(said: str, plain: str, inventory: Inventory) -> None:
    found, meant = one(said, inventory), one(plain, inventory)

    def told(query: EnergyQuery) -> tuple[object, ...]:
        when = query.period and (query.period.start, query.period.end)
        return (query.measure, query.statistic, query.buildings, when, query.hours, query.group, query.terms)

    assert told(found) == told(meant)


def test_a_date_that_only_an_answer_knows_is_still_asked_for(inventory: Inventory) -> None:
    with pytest.raises(BadQuestion, match="that day"):
        parse("Which day in 2019 did b4 use most and what did the gas cost that day?", inventory, NOW)


def test_a_sentence_that_may_narrow_is_told_with_the_answer(inventory: Inventory) -> None:
    parsed = parse("The labs were shut on 3 March 2019. What did b4 use that day?", inventory, NOW)
    assert parsed.ignored or not parsed.queries


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("My advisor keeps saying 'baseload'. How is that defined?", "what does baseload mean"),
        ("For a layman, what is meant by load factor and why should I care?", "what does load factor mean"),
        ("My professor mentioned carbon intensity. Can you explain the term?", "what does carbon intensity mean"),
        ("What does EUI stand for and why does everyone divide by floor area", "what does eui mean"),
    ],
)
def test_a_word_that_is_asked_for_is_found_in_the_remark_before(said: str, plain: str) -> None:
    assert asked_plainly(said) == plain
