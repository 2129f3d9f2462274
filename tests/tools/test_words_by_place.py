"""A word that no rule used is dropped, told or asked back by its place: who asks and what for change no figure."""

from datetime import UTC, datetime

import pytest

from tests.small_site import inventory
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()
PLAIN = "How much electricity did b1 use in 2019?"


def read(question: str) -> Parsed:
    """Parse against the small site."""
    return parse(question, NAMES, NOW)


def is_doubted(question: str) -> bool:
    """Tell whether a question is asked back."""
    try:
        parsed = read(question)
    except BadQuestion:
        return True
    return not parsed.sure or not parsed.queries


@pytest.mark.parametrize(
    "question",
    [
        "The bursar wants b1's electricity for 2019.",
        "Our line manager keeps nagging me: b1 electricity in 2019?",
        "Tell the trustees how much electricity b1 used in 2019",
        "As treasurer I need the electricity of b1 in 2019",
        "I'm the head of estates and want b1's electricity in 2019",
        "Electricity of b1 in 2019, guv?",
        "The auditor from a big firm asked for b1's electricity in 2019",
        "Someone in the chancellor's team requested the electricity of b1 in 2019",
    ],
)
def test_who_asks_or_is_told_changes_nothing(question: str) -> None:
    assert read(question).queries == read(PLAIN).queries


@pytest.mark.parametrize(
    "question",
    [
        "A student journalist wants to know b1's electricity in 2019",
        "Our carbon accountant needs b1's electricity in 2019",
        "The insurance people are asking for b1's electricity in 2019",
        "The maintenance planner is after b1's electricity in 2019",
        "Asking on behalf of the residents' association: b1's electricity in 2019",
    ],
)
def test_words_of_the_field_in_who_asks_are_not_what_is_asked(question: str) -> None:
    assert read(question).queries == read(PLAIN).queries


@pytest.mark.parametrize(
    "question",
    [
        "For our ESOS return, b1's electricity in 2019",
        "Electricity of b1 in 2019, to go into my dissertation",
        "We are drafting a grant application: electricity of b1 in 2019",
        "In preparation for the ISO 50001 surveillance visit: b1 electricity in 2019",
        "Electricity of b1 in 2019 for our monthly carbon report",
        "For Monday's board, the electricity of b1 in 2019",
        "Slide 3 needs b1's electricity in 2019",
    ],
)
def test_what_a_figure_is_for_changes_nothing(question: str) -> None:
    assert read(question).queries == read(PLAIN).queries


@pytest.mark.parametrize(
    "question",
    [
        "b1's whopping electricity in 2019",
        "Was b1's electricity in 2019 really that dreadful?",
        "What tally of electricity did b1 reach in 2019?",
        "How much electricity did b1 guzzle its way through in 2019?",
        "What does the logger show for b1's electricity in 2019?",
        "No rush: b1 electricity in 2019, warts and all",
        "A rough and ready figure of b1's electricity in 2019 is fine",
    ],
)
def test_judging_a_figure_or_naming_its_carrier_changes_nothing(question: str) -> None:
    assert read(question).queries == read(PLAIN).queries


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("For the Henderson tender, b1's electricity in 2019", "henderson"),
        ("How much electricity did b1 blorp in 2019?", "blorp"),
    ],
)
def test_unknown_word_where_nothing_is_narrowed_is_told(question: str, left_out: str) -> None:
    parsed = read(question)
    assert parsed.queries == read(PLAIN).queries
    assert left_out in parsed.ignored


@pytest.mark.parametrize(
    "question",
    [
        "Electricity of b1 in 2019 per tenant",
        "The landlord's electricity of b1 in 2019",
        "How much electricity did the tenants of b1 use in 2019?",
        "Electricity of b1 in 2019 used by the governors",
        "Electricity of b1 for guests in 2019",
        "Electricity for the team in b1 in 2019",
        "Number of auditors in b1 in 2019",
        "Electricity of the trustees' suite of b1 in 2019",
        "The tenants' association wants its electricity in b1 in 2019",
        "The bursar wants the lighting electricity of b1 in 2019",
    ],
)
def test_people_whose_use_it_is_are_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize(
    "question",
    [
        "What's in the report about b1 in 2019?",
        "Cost of the audit of b1 in 2019",
        "Report server electricity of b1 in 2019",
        "Electricity used for meetings in b1 in 2019",
        "Electricity of b1 during the conference in 2019",
        "Electricity of the logger in b1 in 2019",
        "How many gauges did b1 have in 2019?",
        "b1 bank electricity in 2019",
        "Printing electricity of b1 in 2019",
        "Hazardous waste store electricity of b1 in 2019",
        "Our lab: b1 electricity in 2019",
        "It's the servers I want, b1 electricity in 2019",
    ],
)
def test_thing_that_has_energy_of_its_own_is_asked_back(question: str) -> None:
    assert is_doubted(question)


@pytest.mark.parametrize("verb", "export sell donate curtail inject resell flare discharge".split())
def test_verb_that_is_not_of_use_is_asked_back(verb: str) -> None:
    assert is_doubted(f"How much electricity did b1 {verb} in 2019?")


@pytest.mark.parametrize("turned", ["hand back", "push out", "give away", "sling to the grid", "part with"])
def test_verb_turned_away_by_its_particle_is_asked_back(turned: str) -> None:
    assert is_doubted(f"How much electricity did b1 {turned} in 2019?")


def test_carbon_is_caused_by_verbs_that_would_not_use_energy() -> None:
    [query] = read("How much CO2 did b1 create in 2019?").queries
    assert query.measure == "carbon"
