"""Sentences around a question change nothing of it, lend it what it leaves open, and are told where they may narrow it.

A question in a story is held against the plain one: both must be read as the same query.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shipped_files import ShippedFiles
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse
from tools.grammar.sentences.instructions import is_deed, is_other_task
from tools.grammar.sentences.of_question import asked_plainly
from tools.grammar.sentences.statements import asks, states

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = asyncio.run(ShippedFiles().inventory())
STORIES = (
    "The roof leaked again and everyone is cross.",
    "My predecessor left me a heap of unlabelled spreadsheets.",
    "We had the decorators in for weeks.",
    "There is a bit of a row brewing upstairs.",
    "One for you:",
    "A silly question, but",
    "Seeing that my colleague is away,",
    "",
)
QUESTIONS = (
    "how much gas did b25 use in December 2019",
    "which Cambridge building used the most electricity in 2019",
    "what was the peak load of b58 in 2020",
    "how much carbon did b36's electricity cause in 2019",
)
FORMS = (
    "No waffle, just the number.",
    "A short sentence will do.",
    "Bullet points please.",
    "Keep it short and don't bother with a chart.",
    "My supervisor is waiting for it.",
    "",
)


def read(question: str) -> Parsed:
    """Parse against the shipped buildings."""
    return parse(question, NAMES, NOW)


def asked(question: str) -> list[dict[str, Any]]:
    """Return the typed queries of a question without the words of their periods. Fails where it is asked back."""
    parsed = read(question)
    assert (parsed.intent, parsed.sure) == ("ask", True), parsed.because
    return [_plain(q) for q in parsed.queries]


def _plain(query: EnergyQuery) -> dict[str, Any]:
    found = query.model_dump(exclude_defaults=True)
    for key in ("period", "against_period"):
        if key in found:
            del found[key]["words"]
    return found


def is_answered_unsaid(question: str) -> bool:
    """Tell whether a question would be answered without a word on what was left out."""
    try:
        parsed = read(question)
    except BadQuestion:
        return False
    return bool(parsed.intent == "ask" and parsed.sure and parsed.queries and not parsed.ignored)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STORIES), st.sampled_from(QUESTIONS), st.sampled_from(FORMS))
def test_a_story_before_and_a_wish_for_form_behind_change_nothing(story: str, question: str, form: str) -> None:
    end = "?" if form else ""
    told = f"{story} {question if story[-1:] in ',:t' else question.capitalize()}{end} {form}"
    assert asked(told) == asked(question)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Everybody blames the girls' hostel. How much did it use in 2015?",
            "how much did the girls' hostel use in 2015",
        ),
        ("I hear that gas at b22 shot up in 2019. How much was it?", "gas of b22 in 2019"),
        (
            "The gas went daft at b40 in 2018. Why is it bigger than in 2019?",
            "why is b40's gas in 2018 bigger than in 2019",
        ),
        ("b8's gas was awful in 2018. What was it in kWh?", "b8's gas in 2018 in kWh"),
        (
            "The funder asked for source energy. What is that per m2 for acb in 2016?",
            "source energy per m2 of acb in 2016",
        ),
        ("When the students left in April 2020, how much did b22 use?", "how much did b22 use in April 2020"),
        ("Electricity costs us 30p a unit. What did b4 cost in 2019?", "what did b4 cost in 2019 at 30p a unit"),
        ("b4 had a rough 2019. Peak?", "b4 peak in 2019"),
        ("I was asked about load factor. What's b111's for 2019?", "what is b111's load factor for 2019"),
        ("Everyone frets about b58: how much gas did it use in 2019?", "how much gas did b58 use in 2019"),
        ("The boilers of b4 puzzle me. How much gas did b8 use in 2019?", "how much gas did b8 use in 2019"),
        (
            "b4 was bad in 2018. Which Cambridge building used the most in 2019?",
            "which Cambridge building used the most in 2019",
        ),
    ],
)
def test_a_sentence_that_asks_nothing_lends_what_the_question_leaves_open(said: str, plain: str) -> None:
    assert asked(said) == asked(plain)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Emissions-wise, how did b35 do in 2019 against 2018?", "how much carbon did b35 cause in 2019 against 2018"),
        (
            "When it comes to gas, who used the most in Cambridge in 2019?",
            "which Cambridge building used the most gas in 2019",
        ),
        ("In terms of cost, b4 in 2019", "what was the cost of b4 in 2019"),
        ("Never mind the gas, what did b8 use in 2019?", "how much electricity did b8 use in 2019"),
        ("Adding the gas and the electricity together, b31 in 2019", "how much energy did b31 use in 2019"),
        ("Two things: what did b4 use in 2019, and what was its peak?", "b4's use and peak in 2019"),
        ("How did b111 do in 2020 against 2019? A percentage will do.", "b111 in 2020 against 2019 in percent"),
        ("How much did b4 use in 2019? In MWh, one decimal place.", "how much did b4 use in 2019 in MWh"),
        ("Electricity of b31 for each month of 2019, all twelve please", "electricity of b31 by month in 2019"),
        ("What was b31's total in 2019? Excluding weekends.", "b31's total in 2019 excluding weekends"),
        ("What was b31's total in 2019? Not the gas.", "what was b31's electricity in 2019"),
        ("How much did b4 use in 2019? Gas, I mean.", "how much gas did b4 use in 2019"),
        ("Sorry to be a pain but what was b4's peak in 2019?", "b4's peak in 2019"),
        ("1 May 2014: how much electricity did gh use?", "how much electricity did gh use on 1 May 2014"),
        ("Hello from sunny Bedford! What was b4's peak in 2019?", "b4's peak in 2019"),
        ("Weekend figures: how much did b4 use in 2019?", "how much did b4 use at weekends in 2019"),
        ("All I need is b4's peak in 2019", "b4's peak in 2019"),
        ("If it isn't too much trouble, b4's peak in 2019", "b4's peak in 2019"),
        ("How much did b4 use and what was its peak in 2019?", "b4's use and peak in 2019"),
        ("How much did b4 use in 2019? Weekends only.", "how much did b4 use at weekends in 2019"),
    ],
)
def test_a_topic_an_opener_and_a_form_are_read_as_plain_words(said: str, plain: str) -> None:
    assert asked(said) == asked(plain)


@pytest.mark.parametrize(
    ("said", "kind", "amount"),
    [
        ("Suppose I locked up b4 every Saturday and Sunday in 2019, what would we have kept?", "close_weekends", None),
        ("Picture b4 with its doors locked at weekends in 2019: how much less would it use?", "close_weekends", None),
        ("If nobody had been let into b4 at weekends in 2019, what would it have saved?", "close_weekends", None),
        ("What would happen if we kept b4 shut on weekends in 2019?", "close_weekends", None),
        ("Were b4 to run its load three hours later, what would it have cost in 2020?", "shift", 3.0),
        ("Had we turned b4 down by 1 degree in 2019, how much gas would have been saved?", "set_back", 1.0),
    ],
)
def test_a_supposed_change_is_known_in_any_frame(said: str, kind: str, amount: float | None) -> None:
    query = read(said).queries[0]
    assert (query.statistic, query.buildings) == ("what_if", ("b4",))
    assert query.terms is not None
    assert query.terms.change is not None
    assert (query.terms.change.kind, query.terms.change.amount) == (kind, amount)


@pytest.mark.parametrize(
    "question",
    [
        "How much electricity did b4 use in 2019? Only count the ground floor.",
        "How much electricity did b4 use in 2019? Leave out the car park.",
        "Just the east wing please. How much electricity did b4 use in 2019?",
        "How much electricity did b4 use in 2019? I mean only while it snowed.",
        "How much electricity did b4 use in 2019? Do it per desk.",
        "How much gas did b8 use in 2019? Per occupant if you can.",
        "Rainy days are the worst. How much electricity did b8 use on those in 2019?",
        "We only run the labs on Tuesdays. How much electricity did b4 use in 2019 then?",
        "Weekends are what worry me. How much electricity did b4 use in 2019?",
        "How much electricity did b4 use in 2019, when the sun was out?",
        "b4's lab block was shut in spring. How much electricity did b4 use in 2020?",
        "We sublet half of b8. How much electricity did b8 use in 2019?",
        "How much electricity did b8 use in 2019? Split by tenant.",
        "How much electricity did b4 use in 2019? Corrected for the strike.",
        "How much electricity did b4 use in 2019? I want it without the server room.",
        "Only in the lab: how much electricity did b4 use in 2019?",
        "When b8 was empty in 2019, how much electricity did it use?",
    ],
)
def test_a_sentence_that_may_narrow_the_question_is_never_dropped_unsaid(question: str) -> None:
    assert not is_answered_unsaid(question)


@pytest.mark.parametrize(
    ("order", "intent"),
    [
        ("Write me a cover letter for a graduate scheme", "off_topic"),
        ("Draft an email to the landlord about the rent", "off_topic"),
        ("Book the meeting room for Tuesday", "off_topic"),
        ("Approve the March invoice for b22 and post it to the ledger", "command"),
        ("Email b4's bill to the bursar", "command"),
        ("How much did b4 use in 2019? Then switch the chillers off.", "command"),
    ],
)
def test_an_order_that_asks_no_figure_is_refused_as_what_it_is(order: str, intent: str) -> None:
    assert read(order).intent == intent


@pytest.mark.parametrize(
    "ask", ["order the buildings by gas", "write me a summary of b4's electricity in 2019", "bill of b4"]
)
def test_an_order_of_figures_is_no_other_task(ask: str) -> None:
    assert (is_other_task(ask), is_deed(ask)) == (False, False)


@pytest.mark.parametrize(
    "question",
    [
        "How clean was the zingy grid in 2020?",
        "What would zingy energy be per m2 in 2016?",
        "grams per kWh of b4 in 2019",
    ],
)
def test_a_word_before_another_noun_is_not_called_a_building(question: str) -> None:
    try:
        because = read(question).because
    except BadQuestion as why:
        because = str(why)
    assert "no building or site called" not in because


def test_a_word_of_the_name_of_a_site_names_it() -> None:
    assert asked("electricity of IIIT in 2016") == asked("electricity of iiitd in 2016")


@pytest.mark.parametrize(
    "sentence",
    [
        "the bursar keeps muttering about our bills",
        "b35 has been in the news again",
        "it's for a poster",
        "the gas went daft",
    ],
)
def test_a_statement_is_told_from_a_question(sentence: str) -> None:
    assert (states(sentence), asks(sentence)) == (True, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "i need to know what b4 used",
        "gas used by b4 in 2019",
        "give me the figures",
        "switch the chillers off",
        "had we shut b4",
    ],
)
def test_what_asks_or_orders_is_no_statement(sentence: str) -> None:
    assert not states(sentence)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("I have to tell the governors what EUI means. Can you put it in a sentence?", "what does eui mean"),
        ("My boss keeps asking. What does baseload mean, in plain English?", "what does baseload mean"),
        ("How can we lower our baseload?", "how can we lower our baseload"),
    ],
)
def test_a_question_for_a_word_is_found_in_its_story(said: str, plain: str) -> None:
    assert asked_plainly(said) == plain
