"""Every question pays from its own account, and what it took is in the ledger; without money the answer is local."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from pydantic import SecretStr

from config.settings import Settings
from graphs.account import account_of, asker
from graphs.live_usage import LiveUsage, rows_of
from graphs.money import budgets_of, budgets_part
from graphs.runtime import Runtime, open_runtime
from memory.usage_ledger import UsageLedger
from models.errors import BudgetDown, BudgetSpent, ModelUnreachable
from models.routing.file import SHIPPED as ROUTING
from nodes.route import Snapshot
from privacy.labels import Label
from privacy.policy.file import SHIPPED as POLICY
from tests.graphs.small_graph import RANK, Scripted, run
from tests.graphs.test_attempts import SENTENCES
from tests.graphs.test_checkpoints import keeping
from tests.graphs.two_clouds import FIRST, SECOND, CountingPurse, two_clouds
from tests.models.cloud_asking import KEY
from tests.wire.cloud_server import FakeCloud
from tests.wire.echo_cloud import EchoCloud
from tests.wire.script import Cut, Say, Status

WHICH = "Which building used the most electricity in 2019?"
ANSWERED = Say("Heating may be the reason.", usage=(200, 9))


async def test_call_is_paid_by_the_question_that_asks_it() -> None:
    purse = CountingPurse()
    async with two_clouds(ANSWERED, ANSWERED, purse) as clouds:
        state, _ = await run(RANK, clouds.script(), privacy=clouds.privacy)
    [(account, planned)] = purse.reserved
    assert account == account_of(state["receipt"]["question_id"])
    assert (account.tenant, account.key) == ("local", asker())
    assert (planned.endpoint, planned.label) == (FIRST, "INTERNAL")
    [(endpoint, spent)] = purse.settled
    assert (endpoint, spent.tokens_in, spent.tokens_out) == (FIRST, 200, 9)
    assert spent.cost_nusd == round(1e9 * state["receipt"]["cost"])


@pytest.mark.parametrize("act", [Status(503, "later"), Cut(after=3)])
async def test_both_clouds_of_a_fallback_are_paid_by_the_one_question(act: Any) -> None:
    purse = CountingPurse()
    async with two_clouds(act, ANSWERED, purse) as clouds:
        state, _ = await run(RANK, clouds.script(), privacy=clouds.privacy)
    assert [planned.endpoint for _, planned in purse.reserved] == [FIRST, SECOND]
    assert {account.question for account, _ in purse.reserved} == {state["receipt"]["question_id"]}
    assert len(purse.settled) == 2
    assert sum(spent.cost_nusd for _, spent in purse.settled) == round(1e9 * state["receipt"]["cost"])


@pytest.mark.parametrize("refusal", [BudgetSpent(FIRST, "nothing is left"), BudgetDown(FIRST, "no answer")])
async def test_budget_that_refuses_at_the_door_sends_nothing_and_the_next_rung_is_taken(refusal: Exception) -> None:
    purse = CountingPurse(refuses={FIRST: refusal})
    async with two_clouds(ANSWERED, ANSWERED, purse) as clouds:
        state, _ = await run(RANK, clouds.script(), privacy=clouds.privacy)
        assert not clouds.servers["gpt-4o"].received
    attempt = state["receipt"]["attempts"][1]
    assert (attempt["endpoint"], attempt["outcome"], attempt["error"]) == (FIRST, "denied", type(refusal).__name__)
    assert "is not paid for" in attempt["reason"]
    assert (attempt["tokens_in"], attempt["tokens_out"]) == (0, 0)
    assert state["receipt"]["chosen"] == SECOND


async def test_cost_of_an_answer_that_nobody_heard_to_its_end_is_estimated_in_the_receipt() -> None:
    text = "".join(map(str, SENTENCES)) + "And so it goes on and on. " * 20
    purse = CountingPurse()
    async with two_clouds(Say(text), ANSWERED, purse) as clouds:
        script = Priced({"m1": [ModelUnreachable("m1", "nowhere", "gone")], FIRST: []}, remote=(FIRST,))
        state, _ = await run(RANK, script, privacy=clouds.privacy)
    [(_, spent)] = purse.settled
    assert spent.outcome == "left"
    assert state["usage"]["estimated"]
    assert state["receipt"]["cost"] == pytest.approx(spent.cost_nusd / 1e9, rel=0.3)


@dataclass
class Priced(Scripted):
    """Models of which the clouds take what GPT-4o does."""

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return the models with their prices."""
        seen = await super().snapshot(tokens_in)
        paid = [replace(c, input_usd=2.5, output_usd=10.0) if c.away else c for c in seen.candidates]
        return replace(seen, candidates=tuple(paid))


async def test_rows_are_of_what_was_tried_and_of_the_report() -> None:
    gone = ModelUnreachable("m1", "nowhere", "nothing listens there")
    state, _ = await run(RANK, Scripted({"m1": [gone], "m2": ["b1 used 17 kWh. b1 used 18 kWh."]}))
    rows = rows_of(state)  # type: ignore[arg-type]
    assert [(r.endpoint, r.outcome, r.reason) for r in rows] == [
        ("m1", "failed", "ModelUnreachable"),
        ("m2", "failed", "Unverified"),
        ("report", "verified", ""),
    ]
    assert [r.number for r in rows] == [0, 1, 2]
    assert {(r.question_id, r.tenant, r.place, r.label) for r in rows} == {
        (state["receipt"]["question_id"], "local", "local", "INTERNAL")
    }
    assert rows[1].tokens_in > 0


async def test_row_of_words_from_the_cache_costs_nothing() -> None:
    state, _ = await run(RANK, Scripted(cache="b2 used the most."))
    [row] = rows_of(state)  # type: ignore[arg-type]
    assert (row.endpoint, row.outcome, row.tokens_in + row.tokens_out) == ("cache", "verified", 0)


async def test_cloud_row_brings_the_verdict_and_a_denied_one_is_none() -> None:
    purse = CountingPurse(refuses={FIRST: BudgetSpent(FIRST, "nothing is left")})
    async with two_clouds(ANSWERED, ANSWERED, purse) as clouds:
        state, _ = await run(RANK, clouds.script(), privacy=clouds.privacy)
    rows = rows_of(state)  # type: ignore[arg-type]
    assert [(r.endpoint, r.place, r.outcome) for r in rows] == [
        ("m1", "local", "failed"),
        (SECOND, "cloud", "verified"),
    ]


async def test_usage_goes_by_the_row_of_the_ledger_in_the_policy() -> None:
    class NoStore:
        async def pool(self) -> Any:
            raise AssertionError("nothing may be kept")

    state, _ = await run("What was the peak of b2 in July 2018?")
    denied = keeping()
    row = denied.destinations["checkpoints"]
    policy = type(denied)(**{**{f: getattr(denied, f) for f in denied.__slots__}, "destinations": {"ledger": row}})
    usage = LiveUsage(Settings(), NoStore(), lambda: policy)  # type: ignore[arg-type]
    assert await usage.keep(state) == []  # type: ignore[arg-type]
    assert state["label"] is Label.RESTRICTED


def test_broken_routing_document_leaves_no_money(tmp_path: Path) -> None:
    path = tmp_path / "routing.yaml"
    path.write_text("version: 2\n")
    part = budgets_part(Settings(routing=path))
    assert (part.daily_usd, part.monthly_usd) == (0.0, 0.0)


@asynccontextmanager
async def live(settings: Settings, folder: Path, cloud: FakeCloud, **budgets: Any) -> AsyncIterator[Runtime]:
    """Open EAIO over the session's data with gpt-4o at a fake cloud, no local model, and some budgets."""
    routing, policy = yaml.safe_load(ROUTING.read_text()), yaml.safe_load(POLICY.read_text())
    routing["endpoints"]["gpt-4o"]["base_url"] = f"{cloud.url}/v1"
    routing["budgets"] = routing.get("budgets", {}) | budgets
    policy["destinations"]["gpt-4o"]["hosts"] = [cloud.url.removeprefix("http://")]
    (folder / "routing.yaml").write_text(yaml.safe_dump(routing))
    (folder / "privacy.yaml").write_text(yaml.safe_dump(policy))
    changed = settings.model_copy(
        update={
            "profile": "local",
            "ollama_host": "127.0.0.1:1",
            "redis_url": "redis://127.0.0.1:1/0",
            "milvus_uri": "http://127.0.0.1:1",
            "cloud": ("gpt-4o",),
            "routing": folder / "routing.yaml",
            "privacy_policy": folder / "privacy.yaml",
            "openai_api_key": SecretStr(KEY),
            "answer_budget_s": 60.0,
        }
    )
    async with open_runtime(changed) as runtime:
        await runtime.data.inventory()
        yield runtime


async def test_open_runtime_counts_every_call_in_the_real_budgets(settings: Settings, tmp_path: Path) -> None:
    async with EchoCloud("{} deserves a look.") as cloud, live(settings, tmp_path, cloud) as runtime:
        purse, mine = budgets_of(runtime.settings, runtime.data), account_of("another question")
        before = await purse.left(mine)
        answer = await runtime.ask(WHICH)
        after = await purse.left(mine)
        pool = await runtime.data.pool()
        kept = await (await runtime.data.ledger()).run(answer["receipt"]["question_id"])
        models = {s.name: s for s in await UsageLedger(pool).summary("model")}
    assert answer["receipt"]["chosen"] == FIRST, (answer["receipt"]["attempts"], answer["receipt"]["gate"])
    cost_nusd = round(1e9 * answer["receipt"]["cost"])
    assert cost_nusd > 0
    assert [b.left_nusd - a.left_nusd for b, a in zip(before, after, strict=True)] == [cost_nusd] * 4
    assert kept is not None
    assert kept["receipt"]["routes"] == answer["receipt"]["routes"]
    assert models[FIRST].cloud_calls >= 1


async def test_open_runtime_with_an_empty_purse_asks_no_cloud_and_still_answers(
    settings: Settings, tmp_path: Path
) -> None:
    async with EchoCloud() as cloud, live(settings, tmp_path, cloud, daily_usd=0.0) as runtime:
        answer = await runtime.ask(WHICH)
        assert not cloud.received
    assert answer["status"] == "answered"
    assert answer["receipt"]["chosen"] == "report"
    left_out = {e["id"]: e["kind"] for e in answer["receipt"]["routes"][-1]["decision"]["excluded"]}
    assert left_out[FIRST] == "budget"
    assert any(note.startswith(f"{FIRST} left out") for note in answer["receipt"]["notes"])


async def test_route_of_a_live_runtime_asks_and_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    async with EchoCloud() as cloud, live(settings, tmp_path, cloud) as runtime:
        pool = await runtime.data.pool()
        before = await UsageLedger(pool).totals()
        found = await runtime.route(WHICH, strategy="balanced")
        assert await (await runtime.data.ledger()).run(found["receipt"]["question_id"]) is None
        assert await UsageLedger(pool).totals() == before
        assert not cloud.received
    assert found["receipt"]["ladder"] == [FIRST, "report"]
    kinds = {e["id"]: e["kind"] for e in found["receipt"]["routes"][0]["decision"]["excluded"]}
    assert kinds["ollama:qwen2.5:7b"] == "unusable"
    assert kinds["cloud:gemini"] == "environment"
