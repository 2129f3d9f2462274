"""A cue and a value make a clause when they stand in one sentence that speaks of one place."""

import re
from time import thread_time
from types import ModuleType

import pytest

from privacy.recognisers import (
    access,
    aggregate_use,
    building_names,
    critical_setpoints,
    interval_load,
    occupancy,
    point_names,
    security_plan,
    tariffs,
    tenancy,
)
from privacy.recognisers.clauses import Finds, clause_of, clauses, near, tells
from privacy.recognisers.literals import lowered
from privacy.recognisers.words import Words

MODULES = (
    occupancy,
    interval_load,
    access,
    security_plan,
    critical_setpoints,
    tenancy,
    tariffs,
    aggregate_use,
    building_names,
    point_names,
)
PIECES = [
    "a",
    "1",
    " ",
    ".",
    "12 ",
    "1,",
    "18:05 ",
    "empty after 18:05 ",
    "Abc ",
    "A1_",
    "€1",
    "/a",
    "2024-01-08 00:00,12.1\n",
    '"kwh":[',
]
CUE, VALUE = Words(r"\bempty\b"), Words(r"\b\d\d:\d\d\b")


@pytest.mark.parametrize(
    "sentence",
    [
        "Our offices are usually empty",
        "Level 3 is empty",
        "Why is the lab empty",
        "It is empty",
        "Is Hollybrook House empty",
    ],
)
def test_sentence_about_one_place_tells(sentence: str) -> None:
    assert tells(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Offices are empty at night",
        "a lab is usually empty",
        "how do I find an empty building",
        "Is a building empty at night?",
    ],
)
def test_general_talk_tells_nothing(sentence: str) -> None:
    assert not tells(sentence)


def test_value_of_another_sentence_does_not_belong_to_the_cue() -> None:
    assert not list(near("It is empty. The fan starts 18:05", CUE, VALUE))
    assert not list(near("no cue 18:05", CUE, VALUE))
    assert list(near("It is EMPTY from 18:05", CUE, VALUE)) == [(6, 22)]


def test_hit_joins_the_values_before_and_behind_the_cue() -> None:
    text = "From 18:05 it is empty, to 07:00 at least"
    assert list(near(text, CUE, Finds(VALUE, text))) == [(5, 32)]


def test_clause_ends_at_a_question_and_leaves_out_what_leads_in() -> None:
    text = "Please note that the attic is empty after 18:05, can we stop the fan?"
    start, end = clause_of(text, text.index("empty"), text.index(","))
    assert text[start:end] == "the attic is empty after 18:05"


def test_neighbouring_clauses_become_one_span_and_distant_ones_do_not() -> None:
    text = "A is empty; B is empty." + " Fine." * 3 + " C is empty."
    hits = [m.span() for m in re.finditer("empty", text)]
    assert len(list(clauses("OCCUPANCY", text, hits, "test", lambda _: True))) == 2
    assert not list(clauses("OCCUPANCY", text, hits, "test", lambda _: False))


def test_lower_case_keeps_the_length_of_a_text() -> None:
    assert lowered("İstanbul HALL") == "İstanbul hall"
    assert Words(r"\bHall\b").within("İ HALL")
    assert [m.span() for m in Words(r"\W(?P<it>HALL)").finditer("İ HALL")] == [(1, 6)]


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_hostile_text_takes_time_in_proportion_to_its_length(module: ModuleType) -> None:
    for piece in PIECES:
        text = (piece * 50_000)[:50_000]
        began = thread_time()
        for recognise in module.RECOGNISERS:
            for span in recognise(text):
                assert 0 <= span.start < span.end <= len(text)
        assert thread_time() - began < 6.0, piece


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "1", " ", "."])
def test_a_megabyte_of_one_character_does_not_hang(piece: str) -> None:
    began = thread_time()
    for module in MODULES:
        for recognise in module.RECOGNISERS:
            assert all(s.start < s.end for s in recognise(piece * 1_000_000))
    assert thread_time() - began < 60.0
