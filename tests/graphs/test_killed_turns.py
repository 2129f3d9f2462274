"""A process that is killed in a turn loses none and doubles none: another one goes on with the conversation."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from benchmarks.memory.resume import ROUTES, Case, Children, cases, run
from config.settings import Settings
from graphs.advisor import bound_nodes
from services import ensure_postgres
from tests.graphs.small_graph import Scripted, parts_of

pytestmark = pytest.mark.slow

BUILDINGS = ("b36", "b40", "b58", "b105")
CASES = cases(BUILDINGS, "k")


def test_every_node_of_the_graph_is_among_the_places() -> None:
    assert set(bound_nodes(parts_of(Scripted()))) == {place for places in ROUTES.values() for place in places}


@pytest.fixture(scope="module")
def wrong(settings: Settings) -> dict[str, list[str]]:
    """Kill a process in each case and go on; give what was wrong, by case."""
    run_id = uuid4().hex[:8]
    wanted: list[Case] = [replace(case, thread=f"{run_id}-{case.thread}", wrong=[]) for case in CASES]
    children = Children(settings, "words")
    try:
        children.do("local", [(None, ["How much electricity did b4 use in 2019?"])])  # the first start loads the data
        run(children, asyncio.run(ensure_postgres(settings)), wanted)
    finally:
        children.close()
    return {case.name: case.wrong for case in wanted}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_turn_goes_on_where_its_process_was_killed(case: Case, wrong: dict[str, list[str]]) -> None:
    assert wrong[case.name] == []
