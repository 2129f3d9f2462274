"""An Ollama that is too old is not asked: it would answer a form without keeping to it."""

import pytest

from models.errors import PermanentModelError
from models.ollama import is_outdated, survey
from tests.wire.ollama_host import FakeOllamaHost


@pytest.mark.parametrize("version", ["0.5.0", "0.5.13-rc1", "0.17.4", "v0.6.2", "1.0.0", "0.10.0"])
def test_newer_versions_are_taken(version: str) -> None:
    assert not is_outdated(version)


@pytest.mark.parametrize("version", ["0.4.7", "0.4.0-rc8", "0.1.34", "0.0.0", "", "unknown", "5"])
def test_older_versions_and_what_is_none_are_outdated(version: str) -> None:
    assert is_outdated(version)


async def test_older_host_is_refused_with_its_version_and_the_remedy() -> None:
    async with FakeOllamaHost(version="0.4.7") as fake:
        host = await survey(fake.host)
    assert (host.version, host.reachable, host.has("qwen2.5:7b")) == ("0.4.7", False, False)
    refusal = host.refusal("ollama:qwen2.5:7b", "qwen2.5:7b")
    assert refusal is not None
    fault = refusal()
    assert isinstance(fault, PermanentModelError)
    assert str(fault) == (
        f"ollama:qwen2.5:7b is not asked: Ollama 0.4.7 at http://{fake.host} is older than 0.5;"
        " install 0.5 or newer, then `ollama serve`"
    )
