"""What is remembered of a question's words is never older than what it follows from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graphs.at_once import AtOnce, KnownLabels
from nodes.read_question import MOST, Reader
from privacy.labels import Label
from privacy.policy import Policy
from tests.graphs.small_graph import RANK, Scripted, parts_of
from tests.small_site import inventory
from tools.errors import BadQuestion

NOW = datetime(2026, 11, 22, 10, 30, 15, tzinfo=UTC)


class Detectors:
    """Say what they are told to, and count."""

    def __init__(self, label: Label) -> None:
        self.label, self.asked = label, 0

    async def label_of(self, text: str) -> Label:
        self.asked += 1
        return self.label

    async def lower(self, facts: Any) -> Any:
        return {}, None


async def test_label_of_a_question_is_found_once_under_a_policy() -> None:
    detectors, policies = Detectors(Label.INTERNAL), [Policy("a")]
    labels = KnownLabels(detectors, lambda: policies[-1])
    assert [await labels.label_of("b4?") for _ in range(3)] == [Label.INTERNAL] * 3
    assert detectors.asked == 1
    detectors.label = Label.CONFIDENTIAL
    policies.append(Policy("b"))
    assert await labels.label_of("b4?") is Label.CONFIDENTIAL


async def test_restricted_question_is_looked_at_again_as_its_detectors_may_only_have_failed() -> None:
    detectors = Detectors(Label.RESTRICTED)
    labels = KnownLabels(detectors, lambda: Policy("a"))
    await labels.label_of("b4?")
    detectors.label = Label.INTERNAL
    assert await labels.label_of("b4?") is Label.INTERNAL


def test_question_is_read_once_in_a_minute_over_the_same_names() -> None:
    reader, names = Reader(), inventory()
    read = reader.read(RANK, names, NOW, 4000, None)
    assert reader.read(RANK, names, NOW + timedelta(seconds=40), 4000, None) is read
    assert reader.read(RANK, names, NOW + timedelta(minutes=1), 4000, None) is not read
    assert reader.read(RANK, names, NOW, 4000, read.queries[0]) is not read


def test_names_that_change_are_read_anew() -> None:
    reader, names = Reader(), inventory()
    assert reader.read("b1 electricity in 2018", names, NOW, 4000, None).queries
    with pytest.raises(BadQuestion):
        reader.read("b1 electricity in 2018", replace(names, buildings={}), NOW, 4000, None)


def test_very_many_questions_take_bounded_room() -> None:
    reader, names = Reader(), inventory()
    for n in range(MOST + 5):
        reader.read(RANK, names, NOW + timedelta(minutes=n), 4000, None)
    assert len(reader._read) == MOST


async def test_without_a_cache_nothing_is_looked_for() -> None:
    assert await AtOnce(parts_of(Scripted()), lambda: Policy("a")).answer(RANK, told=True) is None
