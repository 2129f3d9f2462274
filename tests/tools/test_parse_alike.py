"""Questions for what behaves alike are read, and what only sounds like one is not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.small_site import inventory
from tools.errors import BadQuestion
from tools.grammar import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = inventory()
BY_BUILDING: dict[str, Any] = {"group": "building"}
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("Which buildings behave like b1 at weekends?", {"buildings": ("b1",), "hours": "weekend", **BY_BUILDING}),
    ("Which building's load shape is most similar to b1?", {"buildings": ("b1",), **BY_BUILDING}),
    ("Find buildings similar to b1", {"buildings": ("b1",), **BY_BUILDING}),
    ("Which 3 buildings are most like b1 at night in 2019?", {"hours": "night", "limit": 3}),
    ("Which building resembles b3 by gas?", {"measure": "gas"}),
    ("How alike are b1 and b2?", {"buildings": ("b1", "b2")}),
    ("Which building is least like b1?", {"order": "furthest"}),
    ("Which buildings behave alike?", {"buildings": (), **BY_BUILDING}),
    ("Days like 3 March 2019 at b1", {"buildings": ("b1",), "group": "day", "order": None}),
    ("Which days at b1 were like 3 March 2019?", {"group": "day"}),
    ("Weeks like the week of 4 March 2019 at b1", {"group": "day"}),
    ("Which days of 2019 were least like b1's own history?", {"group": "day", "order": "furthest"}),
    ("What are the strangest days of b1 in 2019?", {"group": "day", "order": "furthest"}),
]


@pytest.mark.parametrize(("question", "fields"), ASKED, ids=[q for q, _ in ASKED])
def test_question_is_read_as_what_behaves_alike(question: str, fields: dict[str, Any]) -> None:
    parsed = parse(question, NAMES, NOW)
    [query] = parsed.queries
    assert (query.statistic, parsed.ignored) == ("alike", ())
    assert {name: getattr(query, name) for name in fields} == fields


def test_week_is_seven_days_from_its_monday() -> None:
    [query] = parse("Weeks like 6 March 2019 at b1", NAMES, NOW).queries
    assert query.period is not None
    assert (query.period.start, query.period.end) == (datetime(2019, 3, 4), datetime(2019, 3, 11))


@pytest.mark.parametrize(
    "question",
    [
        "I would like the use of b1 in 2019",
        "How does b1 compare with similar buildings?",
        "What does the profile of b1 look like in 2019?",
        "Cluster b1's days in 2019 into typical shapes",
        "Is b1 efficient for a building like it?",
    ],
)
def test_question_that_only_sounds_alike_is_not(question: str) -> None:
    assert "alike" not in [query.statistic for query in parse(question, NAMES, NOW).queries]


def test_days_without_a_building_ask_for_one() -> None:
    with pytest.raises(BadQuestion, match="name one"):
        parse("Days like 3 March 2019", NAMES, NOW)
