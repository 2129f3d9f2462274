"""LangGraph's own tests of stores and of checkpointers, run on ours: `python -m benchmarks.memory.conformance`.

The store tests run with `MilvusStore` in the place of `InMemoryStore`, over a Milvus of a temporary folder, and once
more as they are. The checkpointer is the one that a runtime makes, over a PostgreSQL of a temporary folder and under
the shipped policy; and once more while that does not answer.
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
from memory.conversations import Conversations
from memory.lasting_saver import LastingSaver
from services.milvus import ensure_milvus, milvus
from services.postgres import ensure_postgres, postgres
from services.process import stop

STORE_TESTS, CHECKPOINT_TESTS = 117, 58
NOWHERE = "postgresql://eaio@127.0.0.1:1/eaio"


def checkpointer_report(dsn: str) -> CapabilityReport:
    """Run langgraph-checkpoint-conformance on a checkpointer as `graphs.threads` makes it, over a database."""
    shipped = policy_of(Settings(privacy_policy=None)).current

    async def address() -> str:
        return dsn

    @checkpointer_test(name="conversations under the shipped policy")
    async def as_configured() -> AsyncGenerator[BaseCheckpointSaver[str]]:
        store = Conversations(address, days=30, budget_s=20.0, serde=SERDE)
        yield PolicedSaver(shipped, LastingSaver(store, serde=SERDE))
        await store.close()

    return asyncio.run(validate(as_configured))


def on_postgres() -> CapabilityReport:
    """Run them over a PostgreSQL that is started for them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), profile="embedded", database_url=None)
        try:
            return checkpointer_report(asyncio.run(ensure_postgres(settings)))
        finally:
            asyncio.run(stop(postgres(settings)))


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
    passed, said = counts_of(on_postgres())
    lines.line("checkpointer conformance tests passed, of 58", passed, least=CHECKPOINT_TESTS)
    alone, said_alone = counts_of(checkpointer_report(NOWHERE))
    said += said_alone
    lines.line("  while its database does not answer", alone, least=CHECKPOINT_TESTS)
    for name, why in [*ours.failed.items(), *(("checkpointer", text) for text in said)]:
        print(f"  {name}: {why}")
    return lines.end()


if __name__ == "__main__":
    sys.exit(main())
