"""One Milvus for these tests; each test has a tenant of its own, so that what one keeps is nothing to the others."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from config.settings import Settings
from memory.milvus import milvus_of
from memory.milvus_store import MilvusStore
from services.milvus import milvus
from services.process import stop
from tests.memory.store.letters import Letters, Opens, index_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and "milvus_settings" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def milvus_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give the settings of a home of these tests' own; its Milvus is stopped at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EAIO_MILVUS_URI", raising=False)
        given = Settings(home=tmp_path_factory.mktemp("home"))
    yield given
    asyncio.run(stop(milvus(given)))


@pytest.fixture
def opens(milvus_settings: Settings, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Give what opens stores of this test's tenant, indexed by letters where nothing else is said."""
    opened: list[MilvusStore] = []

    def open_store(**options: Any) -> MilvusStore:
        told = {"index": index_of(Letters()), "tenant": request.node.nodeid, "name": "tests", **options}
        opened.append(MilvusStore(told.pop("address", milvus_of(milvus_settings)), **told))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(opens: Opens) -> MilvusStore:
    """Give a store of this test's tenant."""
    return opens()
