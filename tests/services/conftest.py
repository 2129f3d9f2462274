"""A home of its own for each test, and nothing left running after it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config.settings import Settings
from services import stop_all


@pytest.fixture
async def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    """Settings with an empty home, whatever the environment says."""
    for name in ("EAIO_DATABASE_URL", "EAIO_REDIS_URL", "EAIO_MILVUS_URI"):
        monkeypatch.delenv(name, raising=False)
    given = Settings(home=tmp_path / "home")
    yield given
    await stop_all(given)
