"""LangGraph's own tests of stores and of checkpointers, run on ours: `python -m benchmarks.memory.conformance`.

The store tests run with `MilvusStore` in the place of `InMemoryStore`, over a Milvus of a temporary folder, and once
more as they are. The checkpointer is the one that a runtime makes, under the shipped policy.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.conformance import checkpointer_test, validate
from langgraph.checkpoint.conformance.report import CapabilityReport

from benchmarks.lines import Lines
from benchmarks.memory.langgraph_suite import Outcome, run_store_suite
from config.settings import Settings
from graphs.checkpoints import PolicedSaver
from graphs.privacy_parts import policy_of
from graphs.runtime import SERDE
from services.milvus import ensure_milvus, milvus
from services.process import stop

STORE_TESTS, CHECKPOINT_TESTS = 117, 58


@checkpointer_test(name="PolicedSaver under the shipped policy")
async def as_configured() -> AsyncGenerator[BaseCheckpointSaver[str]]:
    """Give a checkpointer as `graphs.runtime` makes it."""
    shipped = policy_of(Settings(privacy_policy=None)).current
    yield PolicedSaver(shipped, serde=SERDE)


async def checkpointer_report() -> CapabilityReport:
    """Run langgraph-checkpoint-conformance on it."""
    return await validate(as_configured)


def counts_of(report: CapabilityReport) -> tuple[int, list[str]]:
    """Return how many tests passed, and what the others said."""
    results = report.results.values()
    return sum(result.tests_passed for result in results), [said for result in results for said in result.failures]


def on_milvus() -> Outcome:
    """Run the store tests over a Milvus that is started for them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), profile="embedded")
        try:
            return run_store_suite(asyncio.run(ensure_milvus(settings)))
        finally:
            asyncio.run(stop(milvus(settings)))


def main() -> int:
    """Print how many pass, and what the others said."""
    lines = Lines("InMemoryStore")
    ours, theirs = on_milvus(), run_store_suite(None)
    lines.line("LangGraph's store tests passed, of 117", ours.passed, theirs.passed, least=STORE_TESTS - 1)
    lines.line("  stores of them that were on Milvus", ours.stores, least=1)
    passed, said = counts_of(asyncio.run(checkpointer_report()))
    lines.line("checkpointer conformance tests passed, of 58", passed, least=CHECKPOINT_TESTS)
    for name, why in [*ours.failed.items(), *(("checkpointer", text) for text in said)]:
        print(f"  {name}: {why}")
    return lines.end()


if __name__ == "__main__":
    sys.exit(main())
