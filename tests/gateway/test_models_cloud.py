"""Cloud models are measured through the privacy gate and on no other way; the cloud here records every byte."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from config.settings import Settings
from gateway.model_matrix.cloud import Clouds, open_clouds
from gateway.model_matrix.questions import Question, ToExplain, to_explain
from gateway.model_matrix.trial import World, explain_facts
from graphs.live_data import LiveData
from models import Deadline
from models.cloud_chat import open_cloud_models
from tests.gateway.scripted_models import NOW
from tests.graphs.gatehouse import POLICY, gatehouse
from tests.models.cloud_asking import site_at
from tests.small_site import SmallSite, inventory
from tests.wire.echo_cloud import EchoCloud

CLOUD = "cloud:gpt-4o"
RANK = "Which building in London used the most electricity in 2018?"
PEAK = "What was the peak of b2 in July 2018?"


@pytest.fixture
async def server() -> AsyncIterator[EchoCloud]:
    async with EchoCloud() as running:
        yield running


@pytest.fixture
async def clouds(server: EchoCloud) -> AsyncIterator[Clouds]:
    site = SmallSite()
    host = server.url.removeprefix("http://")
    policy = replace(
        POLICY, destinations={**POLICY.destinations, "gpt-4o": replace(POLICY.destinations["gpt-4o"], hosts=(host,))}
    )
    async with open_cloud_models([site_at("gpt-4o", server)], policy_hash=lambda: policy.hash) as models:
        yield Clouds(gatehouse(site, policy=lambda: policy, cloud=models), await site.inventory())


async def facts(question: str) -> ToExplain:
    [asked] = await to_explain([Question("k", question, question)], SmallSite(), inventory(), NOW, 1)
    return asked


async def test_internal_facts_are_explained_by_the_cloud_under_pseudonyms(clouds: Clouds, server: EchoCloud) -> None:
    assert [e.id for e in clouds.endpoints()] == [CLOUD]
    asked = await facts(RANK)
    speak = await clouds.speaker(CLOUD, asked)
    assert not isinstance(speak, str)
    call = await explain_facts(CLOUD, speak, asked, World(clouds.inventory, NOW), Deadline.after(20))
    assert call.failure == ""
    assert call.kept >= 1
    body = bytes(server.received).decode().lower().split("\r\n\r\n", 1)[1]
    assert not [name for name in ("south", "b2", "london") if name in body]


async def test_restricted_facts_are_denied_and_nothing_is_sent(clouds: Clouds, server: EchoCloud) -> None:
    why = await clouds.speaker(CLOUD, await facts(PEAK))
    assert isinstance(why, str)
    assert why
    assert not server.received


@pytest.mark.slow
async def test_without_a_cloud_in_the_settings_there_is_none(settings: Settings) -> None:
    data = LiveData(settings)
    try:
        async with open_clouds(settings, data, ()) as found:
            assert list(found.endpoints()) == []
    finally:
        await data.close()
