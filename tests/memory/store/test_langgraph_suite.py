"""LangGraph's own tests pass on ours: the store's with the class swapped in, and the checkpointer's."""

import asyncio

import pytest

from benchmarks.memory.conformance import CHECKPOINT_TESTS, NOWHERE, STORE_TESTS, checkpointer_report, counts_of
from benchmarks.memory.langgraph_suite import run_store_suite
from config.settings import Settings
from services.milvus import ensure_milvus


@pytest.mark.timeout(180)
def test_store_tests_of_langgraph_pass_with_our_class_in_the_place_of_theirs(milvus_settings: Settings) -> None:
    outcome = run_store_suite(asyncio.run(ensure_milvus(milvus_settings)))
    assert outcome.failed == {}, outcome.output[-3_000:]
    assert outcome.passed == STORE_TESTS
    assert outcome.stores > 60


def test_checkpointer_as_a_runtime_makes_it_conforms(server: str) -> None:
    assert counts_of(checkpointer_report(server)) == (CHECKPOINT_TESTS, [])


def test_checkpointer_conforms_while_its_database_does_not_answer() -> None:
    assert counts_of(checkpointer_report(NOWHERE)) == (CHECKPOINT_TESTS, [])
