"""G6: traces, logs, memory and caches get what their row of the policy allows, and no more."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from langsmith.run_trees import RunTree

from config.settings import Settings
from graphs.live_memory import LiveMemory
from graphs.tracing import traced
from memory.agent_memory import Memory
from memory.trace_client import TraceSession
from models.errors import ModelUnreachable
from nodes.state import AdvisorState
from privacy.errors import NotCleared
from privacy.labels import Label
from privacy.policy import Action, Policy
from privacy.redaction import Redactor
from privacy.spans import Scan
from telemetry.log import Redaction
from tests.graphs.gatehouse import POLICY, gatehouse, quick_scanners
from tests.graphs.small_graph import RANK, Scripted, graph_of, run
from tests.graphs.test_traces import ask, assert_clean, client_of, policy_of, scan
from tests.small_site import SmallSite, inventory
from tests.wire.langsmith import LangSmithServer

PEAK = "What was the peak of b2 in July 2018?"
SENSITIVE = "South Hall, device 260001: the password is hunter2-Blaustein, says Marie Quartermaine"


@pytest.fixture
def server() -> Iterator[LangSmithServer]:
    with LangSmithServer() as listening:
        yield listening


def redactor(destination: str) -> Redactor:
    """Return the redactor of the shipped policy, with the detectors of the first stage."""
    detect = quick_scanners(inventory())
    return Redactor(lambda text: detect(text, 1), lambda: POLICY, destination)


# Traces.


async def test_g6_trace_of_a_run_holds_nothing_that_was_asked_or_found(server: LangSmithServer) -> None:
    client = client_of(server)
    await ask(client, f"{RANK} {SENSITIVE}")
    client.close()
    came = b"".join(one.raw for one in server.came)
    assert b"advisor" in came
    assert_clean(came)


def test_g6_trace_that_is_not_redacted_does_not_leave(server: LangSmithServer) -> None:
    policy = policy_of(server.host)
    session = TraceSession(server.url, Redactor(scan, lambda: policy, "langsmith"), lambda: policy)
    raw: Any = {"post": [{"id": str(RunTree(name="x").id), "inputs": {"question": SENSITIVE}}]}
    request = requests.Request("POST", f"{server.url}/runs/batch", json=raw).prepare()
    with pytest.raises(NotCleared, match="not redacted") as refused:
        session.send(request)
    assert "South" not in str(refused.value)
    assert not server.came


async def test_g6_environment_turns_no_trace_on(server: LangSmithServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", server.url)
    monkeypatch.setenv("LANGSMITH_API_KEY", "a-key")
    graph: Any = graph_of(Scripted())
    with traced(False, lambda: client_of(server)):
        assert (await graph.ainvoke({"question": RANK}))["answer"]
    assert not server.came


# Logs and faults.


@pytest.mark.parametrize("destination", ["logs", "langsmith"])
def test_g6_text_follows_the_row_of_its_label(destination: str) -> None:
    redact = redactor(destination).text
    assert redact("The question was classified.") == "The question was classified."
    assert redact("What does South Hall use?") == "What does [BUILDING_NAME] use?"
    assert redact("The BMS password is Tr0ub4dor&3.").startswith("[withheld")


def test_g6_text_whose_detector_fails_is_withheld() -> None:
    faulty = Redactor(lambda _: Scan(Label.RESTRICTED, faults=("late",)), lambda: POLICY, "logs")
    assert faulty.text("The question was classified.").startswith("[withheld")


def test_g6_line_of_the_log_and_what_hangs_on_it_are_redacted() -> None:
    redaction = Redaction()
    redaction.redact = redactor("logs").text
    fault = ValueError("no rows for South Hall, the BMS password is Tr0ub4dor&3.")
    caught = (type(fault), fault, None)
    record = logging.LogRecord("eaio", logging.ERROR, __file__, 1, "asked for %s", ("South Hall",), caught)
    assert redaction.filter(record)
    line = logging.Formatter().format(record)
    assert "South" not in line
    assert "Tr0ub4dor" not in line


async def test_g6_fault_of_the_gate_is_logged_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    def raises(_inventory: object) -> Any:
        def fails(text: str, stage: int) -> Scan:
            if stage == 1:
                return Scan(Label.PUBLIC)
            raise RuntimeError(text)

        return fails

    cloud = "cloud:gpt-4o"
    script = Scripted({"m1": [ModelUnreachable("m1", "nowhere", "down")], cloud: []}, remote=(cloud,))
    logging.getLogger("eaio").addHandler(caplog.handler)
    try:
        state, _ = await run(RANK, script, privacy=gatehouse(SmallSite(), scanners=raises))
    finally:
        logging.getLogger("eaio").removeHandler(caplog.handler)
    assert state["receipt"]["gate"][0]["decision"] == "denied"
    assert "RuntimeError" in caplog.text
    assert "London" not in caplog.text


# Memory, cache, ledger.


@dataclass
class Stores:
    """Every store of a turn; notes what it was given."""

    given: dict[str, list[Any]] = field(default_factory=dict)

    def _note(self, store: str, what: Any) -> None:
        self.given.setdefault(store, []).append(what)

    async def keep(self, memory: Memory) -> None:
        """Take a memory."""
        self._note("agent_memory", memory)

    async def put(self, key: str, text: str, ttl_s: int) -> None:
        """Take an analysis."""
        self._note("response_cache", text)

    async def get(self, key: str) -> str | None:
        """Say that it was asked."""
        self._note("looked up", key)
        return "an analysis"

    async def identity(self) -> str:
        """Return which data these are."""
        return "these"

    async def ledger(self) -> "Stores":
        """Return the ledger."""
        return self

    async def keep_run(self, **row: Any) -> None:
        """Take a run."""
        self._note("ledger", row)


def memory_of(stores: Stores, policy: Policy) -> LiveMemory:
    return LiveMemory(Settings(), stores, stores, stores, lambda: policy)  # type: ignore[arg-type]


def only(store: str, *allowed: Label) -> Policy:
    """Return the shipped policy with a row of a store that allows these labels and no other."""
    rows: dict[Label, Action] = {label: ("allow" if label in allowed else "deny") for label in Label}
    row = replace(POLICY.destinations[store], rows=rows)
    return replace(POLICY, destinations={**POLICY.destinations, store: row})


async def turn_of(question: str, words: str) -> AdvisorState:
    """Return a finished turn whose model wrote these words."""
    script = Scripted({"m1": [words]})
    await run(question, script)
    [state] = script.kept
    assert state["attempts"][-1]["outcome"] == "verified"
    return state


async def kept(policy: Policy, state: AdvisorState) -> set[str]:
    """Return the stores that took a part of a turn."""
    stores = Stores()
    await memory_of(stores, policy).keep(state, "r1", None)
    return set(stores.given)


async def internal() -> AdvisorState:
    return await turn_of(RANK, "b2 used the most. ")


async def restricted() -> AdvisorState:
    return await turn_of(PEAK, "You should check the schedule of the cooling. ")


async def test_g6_analysis_of_restricted_facts_is_not_cached() -> None:
    assert await kept(POLICY, await internal()) == {"agent_memory", "response_cache", "ledger"}
    assert await kept(POLICY, await restricted()) == {"agent_memory", "ledger"}


@pytest.mark.parametrize("store", ["agent_memory", "response_cache", "ledger"])
async def test_g6_store_whose_row_denies_a_label_gets_nothing_of_it(store: str) -> None:
    state = await internal()
    assert store in await kept(only(store, Label.PUBLIC, Label.INTERNAL), state)
    assert store not in await kept(only(store, Label.PUBLIC), state)
    destinations = {name: d for name, d in POLICY.destinations.items() if name != store}
    assert store not in await kept(replace(POLICY, destinations=destinations), state)


async def test_g6_restricted_question_keeps_its_answer_out_of_the_cache_though_its_facts_may_be_there() -> None:
    state = await internal()
    state["label"] = Label.RESTRICTED
    assert "response_cache" not in await kept(POLICY, state)


@pytest.mark.parametrize(("make", "found"), [(internal, True), (restricted, False)])
async def test_g6_cache_is_not_asked_about_facts_that_it_may_not_hold(make: Any, found: bool) -> None:
    stores, state = Stores(), await make()
    text, _ = await memory_of(stores, POLICY).cached(state["evidence"], "en", "m1")
    assert bool(text) is found
    assert ("looked up" in stores.given) is found


class Unchanging(LiveMemory):
    """Takes all that it finds for true still."""

    async def _holds(self, memory: Memory) -> bool:
        return True


def labelled(labels: Sequence[Label]) -> list[Memory]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [Memory(text=x.name, label=x, kind="episode", buildings=(), created_at=at, expires_at=at) for x in labels]


async def test_g6_memory_brings_back_the_label_that_each_text_has() -> None:
    @dataclass
    class Recalling(Stores):
        async def recall(self, question: str, *, limit: int, max_label: Label) -> list[tuple[Memory, float]]:
            return [(m, 0.5) for m in labelled(list(Label)) if m.label <= max_label]

    stores = Recalling()
    live = Unchanging(Settings(), stores, stores, stores, lambda: POLICY)  # type: ignore[arg-type]
    texts, note = await live.recall(RANK, Label.INTERNAL)
    assert (texts, note) == ([("PUBLIC", Label.PUBLIC), ("INTERNAL", Label.INTERNAL)], None)
