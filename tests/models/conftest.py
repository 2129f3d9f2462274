"""What the tests of models share: real servers, and an environment that sets nothing."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from config.settings import Settings
from services.embedded_model import embedded_model
from services.process import stop
from tests.models.ollama_server import OllamaServer, ollama_server

__all__ = ["OllamaServer", "ollama_server"]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("EAIO_", "OLLAMA_", "OPENAI_"))]:
        monkeypatch.delenv(name)


@pytest_asyncio.fixture
async def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """Give settings of profile `embedded` with a home of their own, and stop its model server afterwards."""
    settings = Settings(profile="embedded", home=tmp_path_factory.mktemp("home"))
    yield settings
    await stop(embedded_model(settings))
