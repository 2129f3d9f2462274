"""What leaves the graph for a cloud, and what never does. The clouds are wire-true and record every byte."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from graphs.live_privacy import LivePrivacy
from models.cloud_chat import CloudModels, open_cloud_models
from models.errors import ModelUnreachable
from privacy.audit import AuditRecord
from privacy.audit.in_memory import MemoryAudit
from privacy.errors import AuditUnavailable
from privacy.labels import Label
from privacy.policy import Policy
from privacy.spans import Scan
from tests.graphs.gatehouse import POLICY, gatehouse
from tests.graphs.small_graph import Scripted, Written, run
from tests.models.cloud_asking import site_at
from tests.small_site import SmallSite
from tests.wire.echo_cloud import EchoCloud

RANK = "Which building in London used the most electricity in 2018?"
PEAK = "What was the peak of b2 in July 2018?"
CLOUD = "cloud:gpt-4o"
LOCAL_FAILS: dict[str, list[Written]] = {"m1": [ModelUnreachable("m1", "nowhere", "connection refused")], CLOUD: []}


class Clouded(EchoCloud):
    """A fake cloud, and the models that ask it under the policy in force."""

    policy: Policy
    models: CloudModels


@pytest.fixture
async def cloud() -> AsyncIterator[Clouded]:
    async with Clouded() as server:
        server.policy = at(server)
        site = site_at("gpt-4o", server)
        async with open_cloud_models([site], policy_hash=lambda: server.policy.hash) as server.models:
            yield server


def at(server: EchoCloud, policy: Policy = POLICY) -> Policy:
    """Return a policy whose gpt-4o is the fake cloud."""
    host = server.url.removeprefix("http://")
    destinations = {**policy.destinations, "gpt-4o": replace(policy.destinations["gpt-4o"], hosts=(host,))}
    return replace(policy, destinations=destinations)


def guarded(server: Clouded, **parts: Any) -> LivePrivacy:
    return gatehouse(SmallSite(), policy=lambda: server.policy, cloud=server.models, **parts)


async def asked(question: str, privacy: LivePrivacy, **scripted: Any) -> dict[str, Any]:
    """Run a question whose local model fails, so that the cloud is next."""
    state, _ = await run(question, Scripted(dict(LOCAL_FAILS), remote=(CLOUD,), **scripted), privacy=privacy)
    return state


async def test_internal_question_reaches_the_cloud_under_pseudonyms_and_comes_back_with_names(cloud: Clouded) -> None:
    state = await asked(RANK, guarded(cloud))
    assert state["receipt"]["chosen"] == CLOUD
    assert "South Hall used the most electricity." in state["analysis"]
    sent = bytes(cloud.received).decode().lower()
    assert not [name for name in ("south", "b2", "london") if name in sent.split("\r\n\r\n", 1)[1]]


async def test_receipt_says_what_the_gate_decided_and_why(cloud: Clouded) -> None:
    [gated] = (await asked(RANK, guarded(cloud)))["receipt"]["gate"]
    assert (gated["decision"], gated["rule"], gated["label"]) == ("pseudonymised", "gpt-4o/internal", "INTERNAL")
    assert gated["policy"] == POLICY.hash


async def test_hourly_fact_never_reaches_the_cloud_when_the_local_model_fails(cloud: Clouded) -> None:
    state = await asked(PEAK, guarded(cloud))
    assert state["receipt"]["chosen"] == "report"
    assert state["answer"]
    assert not cloud.received


@pytest.mark.parametrize(
    "secret",
    [
        "The BMS password is Tr0ub4dor&3.",
        "The controller is BACnet device 260001.",
        "The building is empty after 18:05 every day.",
    ],
)
async def test_question_that_holds_something_restricted_stays_local(cloud: Clouded, secret: str) -> None:
    state = await asked(f"{RANK} {secret}", guarded(cloud))
    assert state["label"] is Label.RESTRICTED
    assert not cloud.received


async def test_restricted_memory_keeps_the_prompt_local(cloud: Clouded) -> None:
    await asked(RANK, guarded(cloud), recalled=[("nothing of note", Label.RESTRICTED)])
    assert not cloud.received


async def test_nothing_of_a_memory_leaves_whatever_its_label(cloud: Clouded) -> None:
    remembered = "its controller is 10.20.30.40:47808, and the janitor likes tea"
    state = await asked(RANK, guarded(cloud), recalled=[(remembered, Label.PUBLIC)])
    assert state["receipt"]["gate"][0]["decision"] != "denied"
    assert cloud.received
    assert b"10.20.30.40" not in cloud.received
    assert b"janitor" not in cloud.received


class BrokenAudit(MemoryAudit):
    """An audit log whose table is full."""

    async def append(self, record: AuditRecord) -> Any:
        if record.decision != "declassified":
            raise AuditUnavailable("the audit log does not answer (disk full)")
        return await super().append(record)


async def test_no_prompt_leaves_that_cannot_be_written_down_and_the_answer_goes_on(cloud: Clouded) -> None:
    state = await asked(RANK, guarded(cloud, audit=BrokenAudit()))
    assert "disk full" in state["receipt"]["gate"][0]["reason"]
    assert state["receipt"]["chosen"] == "report"
    assert not cloud.received


class GoneAudit(MemoryAudit):
    """An audit log that is gone."""

    async def append(self, record: AuditRecord) -> Any:
        raise AuditUnavailable("the audit log does not answer (gone)")


async def test_nothing_is_declassified_that_cannot_be_written_down(cloud: Clouded) -> None:
    state = await asked(RANK, guarded(cloud, audit=GoneAudit()))
    assert {e.label for e in state["evidence"]} == {Label.RESTRICTED}
    assert any("nothing was declassified" in note for note in state["receipt"]["notes"])
    assert state["headline"]
    assert not cloud.received


def failing(_inventory: object) -> Any:
    def scan(text: str, stage: int) -> Scan:
        if stage == 1:
            return Scan(Label.PUBLIC)
        return Scan(Label.RESTRICTED, faults=("the detector outbound was not done in time",))

    return scan


async def test_detector_that_is_late_keeps_the_prompt_local_and_is_named(cloud: Clouded) -> None:
    state = await asked(RANK, guarded(cloud, scanners=failing))
    assert "outbound was not done in time" in state["receipt"]["gate"][0]["reason"]
    assert not cloud.received


def raising(_inventory: object) -> Any:
    def scan(text: str, stage: int) -> Scan:
        if stage == 1:
            return Scan(Label.PUBLIC)
        raise RuntimeError(text)

    return scan


async def test_gate_that_breaks_shuts_the_door_without_repeating_the_prompt(
    cloud: Clouded, caplog: pytest.LogCaptureFixture
) -> None:
    state = await asked(RANK, guarded(cloud, scanners=raising))
    reason = state["receipt"]["gate"][0]["reason"]
    assert "the gate failed (RuntimeError)" in reason
    assert "London" not in reason + caplog.text
    assert not cloud.received


async def test_policy_changed_after_the_clearance_stops_the_call(cloud: Clouded) -> None:
    state = await asked(RANK, guarded(cloud, audit=ChangingAudit(cloud)))
    assert "no longer in force" in state["receipt"]["attempts"][1]["reason"]
    assert not cloud.received


class ChangingAudit(MemoryAudit):
    """Changes the policy as soon as a prompt was let through."""

    def __init__(self, cloud: Clouded) -> None:
        super().__init__()
        self.cloud = cloud

    async def append(self, record: AuditRecord) -> Any:
        if record.decision == "pseudonymised":
            self.cloud.policy = replace(self.cloud.policy, hash="changed")
        return await super().append(record)


async def test_every_decision_is_in_the_audit_log_without_a_value(cloud: Clouded) -> None:
    audit = MemoryAudit()
    await asked(RANK, guarded(cloud, audit=audit))
    assert [e.decision for e in audit.entries] == ["declassified", "pseudonymised"]
    assert audit.verify().intact
    said = str([e.as_json() for e in audit.entries]).lower()
    assert not [name for name in ("south", "hall", "london") if name in said]


async def test_two_conversations_use_different_placeholders(cloud: Clouded) -> None:
    prompts = []
    for conversation in ("one", "two"):
        await asked(RANK, guarded(cloud, conversation=conversation))
        prompts.append(cloud.prompt())
    assert prompts[0] != prompts[1]


async def test_public_policy_row_sends_the_text_as_it_is(cloud: Clouded) -> None:
    rows = {**POLICY.destinations["gpt-4o"].rows, Label.INTERNAL: "allow"}
    gpt = replace(POLICY.destinations["gpt-4o"], rows=rows)
    cloud.policy = at(cloud, replace(POLICY, destinations={**POLICY.destinations, "gpt-4o": gpt}))
    await asked(RANK, guarded(cloud))
    assert "South Hall" in cloud.prompt()


async def test_clearance_of_another_process_is_a_denial(cloud: Clouded) -> None:
    chunks = guarded(cloud).speak(CLOUD, "0123456789abcdef", Any, Label.PUBLIC, "r1")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="not known here"):
        await anext(chunks)
    assert not cloud.received
