"""What the router sees of the live models: each endpoint of the document, how busy it is, and what may go there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from config.settings import Settings, Strategy
from graphs.advisor import build
from graphs.live_models import LiveModels, highest_of
from graphs.privacy_parts import cloud_sites
from graphs.routed import routed
from models import Deadline, open_chat_models
from models.pool import Limits, Pool, Priority, Work
from models.router import NO_BUDGET, Candidate
from models.routing.file import SHIPPED
from privacy.labels import Label
from privacy.policy import NOTHING_LEAVES
from tests.graphs.gatehouse import POLICY
from tests.graphs.small_graph import RANK, Scripted, parts_of
from tests.wire.ollama import FakeOllama

EMBEDDED, OLLAMA, GPT, DEEPSEEK = "embedded:smollm2:135m", "ollama:qwen2.5:7b", "cloud:gpt-4o", "cloud:deepseek-v3"


@asynccontextmanager
async def live(settings: Settings, **options: Any) -> AsyncIterator[LiveModels]:
    """Give the models of some settings; nothing is started."""
    endpoints = [site.endpoint("analyst") for site in cloud_sites(settings)]
    async with open_chat_models(settings) as chat:
        yield LiveModels(settings, chat, lambda: endpoints, **options)


async def seen(settings: Settings, **options: Any) -> dict[str, Candidate]:
    """Return the candidates by their ids."""
    async with live(settings, **options) as models:
        return {c.id: c for c in (await models.snapshot(200)).candidates}


async def test_everything_that_the_document_names_is_seen_and_what_is_not_asked_here_says_why() -> None:
    found = await seen(Settings(profile="embedded"))
    assert list(found) == [EMBEDDED, OLLAMA, GPT, DEEPSEEK, "cloud:gemini"]
    assert found[EMBEDDED].outside == ""
    assert found[OLLAMA].outside == "the profile is embedded"
    assert "the environment dev does not route it" in found[GPT].outside


async def test_cloud_that_is_not_named_says_how_it_would_be() -> None:
    found = await seen(Settings(profile="embedded", cloud=("gpt-4o",)))
    assert found[GPT].outside == ""
    assert "OPENAI_API_KEY" in found[GPT].unusable
    assert found[DEEPSEEK].outside == "EAIO_CLOUD does not name it; EAIO_CLOUD=gpt-4o,deepseek-v3 would"


async def test_ollama_that_lacks_the_model_is_unusable_with_the_pull_line() -> None:
    async with FakeOllama(models=("llama3.2:3b",)) as fake:
        found = await seen(Settings(profile="local", ollama_host=fake.host))
    assert "ollama pull qwen2.5:7b" in found[OLLAMA].unusable
    assert found[EMBEDDED].outside


async def test_cloud_gets_what_its_row_of_the_policy_allows_at_most() -> None:
    settings = Settings(profile="embedded", cloud=("gpt-4o", "deepseek-v3"))
    found = await seen(settings, policy=lambda: POLICY)
    assert (found[GPT].max_label, found[DEEPSEEK].max_label) == ("INTERNAL", highest_of(POLICY, "deepseek-v3"))
    assert (await seen(settings))[GPT].max_label is None


def test_highest_label_is_that_of_the_highest_row_that_is_not_denied() -> None:
    row = POLICY.destinations["gpt-4o"]
    rows = {Label.PUBLIC: "allow", Label.INTERNAL: "deny", Label.CONFIDENTIAL: "pseudonymise"}
    policy = replace(POLICY, destinations={"gpt-4o": replace(row, rows=rows)})  # type: ignore[arg-type]
    assert highest_of(policy, "gpt-4o") == "CONFIDENTIAL"
    assert highest_of(policy, "elsewhere") is None
    assert highest_of(NOTHING_LEAVES, "gpt-4o") is None


async def test_lane_that_is_busy_is_seen_as_it_is() -> None:
    pool, work = Pool(), Work(200, 400)
    deadline = Deadline.after(20)
    async with pool.admitted(EMBEDDED, Limits(2, 32), work=work, deadline=deadline, priority=Priority.ANALYSIS):
        busy = (await seen(Settings(profile="embedded"), lanes=pool.snapshot))[EMBEDDED]
    idle = (await seen(Settings(profile="embedded"), lanes=pool.snapshot))[EMBEDDED]
    assert (busy.in_flight, idle.in_flight, busy.slots) == (1, 0, 2)


async def test_strategy_is_that_of_the_document_unless_a_setting_names_another(tmp_path: Path) -> None:
    document = yaml.safe_load(SHIPPED.read_text()) | {"router": {"strategy": "balanced", "weights": {"cost": 2}}}
    path = tmp_path / "routing.yaml"
    path.write_text(yaml.safe_dump(document))
    cases: list[tuple[Strategy | None, Strategy]] = [(None, "balanced"), ("cheapest", "cheapest")]
    for named, comes in cases:
        async with live(Settings(profile="embedded", routing=path, strategy=named)) as models:
            rules = (await models.snapshot(200)).rules
        assert (rules.strategy, rules.weights.cost) == (comes, 2)


async def test_document_that_does_not_hold_leaves_the_report_alone(tmp_path: Path) -> None:
    path = tmp_path / "routing.yaml"
    path.write_text("version: 2\n")
    async with live(Settings(profile="embedded", routing=path, strategy="fastest")) as models:
        parts = replace(parts_of(Scripted()), ladder=models, analysts=models)
        state = await build(parts).ainvoke({"question": RANK})
    assert state["receipt"]["ladder"] == ["report"]
    assert "version" in state["receipt"]["reason"]
    assert (state["receipt"]["strategy"], state["analysis"] != "") == ("fastest", True)


async def test_model_that_is_routed_under_two_names_is_one_endpoint_that_is_not_left_out(tmp_path: Path) -> None:
    document = yaml.safe_load(SHIPPED.read_text())
    document["endpoints"]["twin"] = deepcopy(document["endpoints"]["qwen2.5-7b"])
    document["environments"]["dev"]["analyst"] = ["qwen2.5-7b", "twin", "smollm2-135m"]
    path = tmp_path / "routing.yaml"
    path.write_text(yaml.safe_dump(document))
    async with FakeOllama() as fake:
        found = await seen(Settings(profile="local", ollama_host=fake.host, routing=path))
    assert (found[OLLAMA].outside, found[OLLAMA].unusable) == ("", "")
    assert list(found).count(OLLAMA) == 1


async def test_without_a_purse_nothing_is_paid() -> None:
    async with live(Settings(profile="embedded")) as models:
        assert await models.budget("r1") is NO_BUDGET


async def test_crowd_beyond_the_local_queue_is_sent_on_by_the_router(tmp_path: Path) -> None:
    """The lane is full for a call that comes now, and a cloud is cleared for it: the decision says so."""
    document = yaml.safe_load(SHIPPED.read_text())
    document["endpoints"]["smollm2-135m"] |= {"concurrency": 1, "queue": 0}
    path = tmp_path / "routing.yaml"
    path.write_text(yaml.safe_dump(document))
    settings = Settings(profile="embedded", routing=path, cloud=("gpt-4o",), openai_api_key="sk-test-0123456789")  # type: ignore[arg-type]
    pool = Pool()
    async with live(settings, lanes=pool.snapshot, policy=lambda: POLICY) as models:
        parts = replace(parts_of(Scripted()), ladder=Paid(models))
        usual = await routed(parts, RANK)
        deadline = Deadline.after(20)
        admitted = pool.admitted(
            EMBEDDED, Limits(1, 0), work=Work(200, 400), deadline=deadline, priority=Priority.ANALYSIS
        )
        async with admitted:
            busy = await routed(parts, RANK)
    assert usual["receipt"]["ladder"][0] == EMBEDDED
    assert busy["receipt"]["ladder"][0] == GPT
    assert busy["receipt"]["routes"][0]["decision"]["overloaded"]


class Paid:
    """The live ladder, with money."""

    def __init__(self, models: LiveModels) -> None:
        self.models = models

    async def snapshot(self, tokens_in: int) -> Any:
        """Return what there is."""
        return await self.models.snapshot(tokens_in)

    async def budget(self, question_id: str) -> Any:
        """Return plenty."""
        return Scripted().left
