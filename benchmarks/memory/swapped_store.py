"""A pytest plugin: in LangGraph's own store tests `InMemoryStore` is our `MilvusStore`, over the Milvus of `STORE_URI`.

Each store of a test has a tenant of its own, and all of them share the collections of one store.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import langgraph.store.memory
import pytest
from langgraph.store.base import IndexConfig

from memory.milvus_store import MilvusStore

_opened: list[MilvusStore] = []
_made: list[str] = []


async def _uri() -> str:
    return os.environ["STORE_URI"]


class SwappedStore(MilvusStore):
    """Made like an `InMemoryStore`."""

    def __init__(self, *, index: IndexConfig | None = None) -> None:
        tenant = token_hex(8)
        super().__init__(_uri, index=index, tenant=tenant, name="suite")
        _opened.append(self)
        _made.append(tenant)


langgraph.store.memory.InMemoryStore = SwappedStore  # type: ignore[assignment, misc]  # the only change to the tests


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _opened:
        _opened.pop().close()


def pytest_sessionfinish() -> None:
    """Tell how many stores there were, so that a suite that swapped nothing is seen."""
    Path("stores.txt").write_text(str(len(_made)))
