"""How quick the store is and what it finds: `python -m benchmarks.memory.store [--items 10000 100000]`.

The embedder here is a table, so that the figures are those of the store; the time of the real one stands beside. Items
have 384 random numbers of length 1: no real texts are as hard to tell apart. Writes of another thread go on at 20 a
second meanwhile.
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from langgraph.store.base import PutOp
from numpy.typing import NDArray

from benchmarks.lines import Lines
from config.settings import Settings
from memory.milvus import Address, milvus_of
from memory.milvus_store import MilvusStore
from memory.store import upkeep
from models.embedding import DIMENSIONS, Embedder
from services.milvus import milvus
from services.process import stop

PLACE, AT_ONCE, ROUNDS, WRITES_A_S = ("facts", "buildings"), 500, 400, 20.0
LINES_AT = 10_000
"""The number of items for which lines are promised; other numbers are printed beside."""


class Table(Embeddings):
    """Texts are numbers of rows; each has its vector."""

    def __init__(self, count: int) -> None:
        rows = np.random.default_rng(7).standard_normal((count, DIMENSIONS), dtype=np.float32)
        self.vectors: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the rows of these numbers."""
        return [self.vectors[int(text)].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return a row a little beside."""
        return self.embed_documents([text])[0]


def p95(took_s: Sequence[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return 1_000 * float(np.percentile(took_s, 95))


def timed(rounds: int, call: Callable[[int], object]) -> list[float]:
    """Return how long each of so many calls took, seconds."""
    took = []
    for n in range(rounds):
        start = time.perf_counter()
        call(n)
        took.append(time.perf_counter() - start)
    return took


def store_of(address: Address, table: Table, name: str) -> MilvusStore:
    """Return a store of its own collections over the table."""
    index = {"dims": DIMENSIONS, "embed": table, "fields": ["text"]}
    return MilvusStore(address, index=index, embedder="table", name=name)  # type: ignore[arg-type]


def put(store: MilvusStore, number: int) -> None:
    """Put the item of a number, as an agent would put what it was told."""
    value = {"text": str(number), "told": "b4 is a laboratory, open at night", "label": "INTERNAL", "n": number}
    store.put(PLACE, f"fact {number}", value)


def fill(store: MilvusStore, count: int) -> float:
    """Put so many items in batches and return how many a second that were."""
    start = time.perf_counter()
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(count, first + AT_ONCE))
        store.batch([PutOp(PLACE, f"fact {n}", {"text": str(n), "label": "INTERNAL", "n": n}) for n in numbers])
    rate = count / (time.perf_counter() - start)
    store.settle(120)
    return rate


@contextmanager
def writing(store: MilvusStore, numbers: Iterator[int], took: list[float]) -> Iterator[None]:
    """Let another thread put one item after another meanwhile."""
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(1 / WRITES_A_S):
            took.extend(timed(1, lambda _: put(store, next(numbers))))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def recall(store: MilvusStore, table: Table, count: int) -> float:
    """Return which share of the 10 nearest by exact search the store finds, over 100 questions near an item."""
    random = np.random.default_rng(11)
    shares = []
    for number in random.integers(count, size=100):
        exact = set(np.argsort(table.vectors[:count] @ table.vectors[number])[-10:].tolist())
        found = {item.value["n"] for item in store.search(PLACE, query=str(number), limit=10)}
        shares.append(len(exact & found) / 10)
    return float(np.mean(shares))


def measure(lines: Lines, address: Address, count: int) -> None:
    """Print the figures of a store of so many items."""
    table = Table(count + 20_000)
    store = store_of(address, table, f"bench{count}")
    promised = count <= LINES_AT
    within = partial(lines.line, most=10 if promised else None)
    lines.line(f"{count:,} items: put in batches of {AT_ONCE}, items a second", fill(store, count))
    lines.line("  recall@10 against exact search", recall(store, table, count), least=0.98)
    random = np.random.default_rng(3)
    anyone = random.integers(count, size=ROUNDS)
    written: list[float] = []
    numbers = itertools.count(count)
    with writing(store, numbers, written):
        got = timed(ROUNDS, lambda n: store.get(PLACE, f"fact {anyone[n]}"))
        putting = timed(ROUNDS, lambda _: put(store, next(numbers)))
        written.clear()
        found = timed(ROUNDS, lambda n: store.search(PLACE, query=str(anyone[n]), limit=10))
        fitting = timed(40, lambda n: store.search(PLACE, query=str(anyone[n]), filter={"n": {"$gte": 100}}))
    within("  get p95 while writes go on, ms", p95(got))
    within("  put p95 while other writes go on, ms", p95(putting))
    lines.line("  put p95 while somebody searches without a pause, ms", p95(written))
    lines.line("  search p50 while writes go on, ms", 1_000 * float(np.median(found)))
    lines.line("  search p95 while writes go on, ms", p95(found), most=30 if promised else None)
    lines.line("  search with a filter p95, ms", p95(fitting))
    lines.line("  search without a question, ms", p95(timed(1, lambda _: store.search(PLACE))))
    lines.line("  list_namespaces, ms", p95(timed(1, lambda _: store.list_namespaces())))
    if promised:
        waiting(lines, store, numbers, anyone)
    store.close()


def waiting(lines: Lines, store: MilvusStore, numbers: Iterator[int], anyone: NDArray[np.int64]) -> None:
    """Print what rows cost that were not flushed, and what a flush costs: what `FLUSH_AT` was chosen by."""
    kept, upkeep.FLUSH_AT = upkeep.FLUSH_AT, 1_000_000
    collection = store._upkeep._index.fingerprint  # type: ignore[union-attr]  # noqa: SLF001
    name = store._scope.vectors(collection)  # noqa: SLF001
    done = 0
    for rows in (0, kept, 4 * kept, 10 * kept):
        store.batch([PutOp(PLACE, f"late {n}", {"text": str(next(numbers)), "n": n}) for n in range(done, rows)])
        done = rows
        took = timed(30, lambda n: store.search(PLACE, query=str(anyone[n]), limit=10))
        lines.line(f"  search p50 with {rows:,} rows not flushed, ms", 1_000 * float(np.median(took)))
    lines.line(f"  flush of {done:,} rows, ms", 1_000 * timed(1, lambda _: store._upkeep._flush(name))[0])  # noqa: SLF001
    upkeep.FLUSH_AT = kept


async def embedder_s() -> list[float]:
    """Return how long the real embedder takes for a short fact, which comes on top of a put and a search."""
    embedder = Embedder()
    took = []
    for n in range(20):
        start = time.perf_counter()
        await embedder.passage([f"building {n} is a laboratory, open at night"])
        took.append(time.perf_counter() - start)
    await embedder.close()
    return took[1:]


def main() -> int:
    """Print every figure; return 1 where one misses its line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory.store", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[LINES_AT, 100_000])
    counts = parser.parse_args().items
    lines = Lines()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), profile="embedded")
        try:
            for count in counts:
                measure(lines, milvus_of(settings), count)
        finally:
            asyncio.run(stop(milvus(settings)))
    lines.line("the real embedder beside, p50 of a short text, ms", 1_000 * float(np.median(asyncio.run(embedder_s()))))
    return lines.end()


if __name__ == "__main__":
    sys.exit(main())
