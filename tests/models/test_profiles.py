"""A profile comes to the models that are there, and says why."""

import pytest

from config.settings import Settings
from models import ChatModels, Deadline, resolve
from models.errors import ModelNotFound, ModelUnreachable, NotLocal
from tests.models.asking import QUESTION
from tests.wire.ollama import FakeOllama
from tests.wire.server import silent_port


async def test_embedded_asks_no_ollama() -> None:
    async with FakeOllama() as fake:
        found = await resolve(Settings(profile="embedded", ollama_host=fake.host))
        assert fake.requests == []
    assert (found.profile, found.ladders["analyst"][0].id) == ("embedded", "embedded:smollm2:135m")


async def test_auto_takes_ollama_that_has_both_models() -> None:
    async with FakeOllama() as fake:
        found = await resolve(Settings(ollama_host=fake.host))
    assert found.profile == "local"
    assert found.reason == f"Ollama 0.17.4 at {fake.url}"
    assert [endpoint.id for endpoint in found.ladders["coordinator"]] == ["ollama:llama3.2:3b"]
    assert [endpoint.id for endpoint in found.ladders["analyst"]] == ["ollama:qwen2.5:7b"]
    assert all(endpoint.usable and endpoint.local for ladder in found.ladders.values() for endpoint in ladder)


async def test_auto_takes_the_embedded_model_where_one_is_missing_and_names_it() -> None:
    async with FakeOllama(models=("llama3.2:3b",)) as fake:
        found = await resolve(Settings(ollama_host=fake.host))
    assert found.profile == "embedded"
    assert "lacks qwen2.5:7b (run `ollama pull qwen2.5:7b`)" in found.reason


async def test_auto_takes_the_embedded_model_where_ollama_is_silent() -> None:
    async with silent_port() as port:
        found = await resolve(Settings(ollama_host=port), timeout_s=0.2)
    assert (found.profile, "no answer within 0.2 s" in found.reason) == ("embedded", True)


async def test_auto_never_takes_a_public_host() -> None:
    found = await resolve(Settings(ollama_host="8.8.8.8"), timeout_s=0.2)
    assert (found.profile, "neither this machine nor a private network" in found.reason) == ("embedded", True)


@pytest.mark.parametrize("profile", ["local", "production"])
async def test_local_keeps_a_missing_model_as_an_endpoint_that_fails_at_once(profile: str) -> None:
    async with FakeOllama(models=("llama3.2:3b",)) as fake:
        models = ChatModels(Settings.model_validate({"profile": profile, "ollama_host": fake.host}))
        (analyst,) = await models.ladder("analyst")
        assert not analyst.usable
        with pytest.raises(ModelNotFound, match=r"ollama pull qwen2\.5:7b"):
            await anext(models.stream(analyst, QUESTION, deadline=Deadline.after(1)))
        assert fake.chats == []


async def test_local_without_ollama_fails_with_the_command_that_starts_it() -> None:
    async with silent_port() as port:
        pass
    models = ChatModels(Settings(profile="local", ollama_host=port))
    (analyst,) = await models.ladder("analyst")
    with pytest.raises(ModelUnreachable, match="ollama serve"):
        await anext(models.stream(analyst, QUESTION, deadline=Deadline.after(1)))


async def test_local_at_a_public_host_is_refused_and_not_called_local() -> None:
    models = ChatModels(Settings(profile="local", ollama_host="8.8.8.8"))
    (analyst,) = await models.ladder("analyst")
    assert not analyst.local
    with pytest.raises(NotLocal):
        await anext(models.stream(analyst, QUESTION, deadline=Deadline.after(1)))


async def test_configured_cloud_model_is_refused_though_the_host_would_forward_it() -> None:
    async with FakeOllama(models=("gpt-oss:120b-cloud", "llama3.2:3b")) as fake:
        models = ChatModels(Settings(profile="local", ollama_host=fake.host, analyst_model="gpt-oss:120b-cloud"))
        (analyst,) = await models.ladder("analyst")
        with pytest.raises(NotLocal, match="has a cloud tag"):
            await anext(models.stream(analyst, QUESTION, deadline=Deadline.after(1)))
        assert fake.chats == []


async def test_ollama_that_comes_up_is_seen_a_few_seconds_later_and_not_looked_for_before() -> None:
    now = [0.0]
    async with FakeOllama(models=()) as fake:
        models = ChatModels(Settings(ollama_host=fake.host), clock=lambda: now[0])
        assert (await models.resolution()).profile == "embedded"
        fake.tags = FakeOllama().tags
        looks = len(fake.requests)
        assert (await models.resolution()).profile == "embedded"
        assert len(fake.requests) == looks
        now[0] += 10
        assert (await models.resolution()).profile == "local"
