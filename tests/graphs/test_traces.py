"""A trace shows what the graph did and when, and nothing of what it was about (G6)."""

import base64
import contextlib
import json
import logging
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import requests
from langchain_core.tracers.context import tracing_v2_callback_var
from langchain_core.tracers.langchain import LangChainTracer
from langsmith import Client
from langsmith.run_helpers import get_tracing_context, tracing_context
from langsmith.run_trees import RunTree
from langsmith.utils import tracing_is_enabled

from graphs.tracing import Traces, ignore_environment, traced, tracing_client
from memory.trace_client import TraceClient, TraceSession, require_host
from models.errors import ModelUnreachable
from privacy.errors import NotCleared
from privacy.labels import Label
from privacy.names import names_of
from privacy.names.inventory import NameInventory
from privacy.policy import Destination, Policy
from privacy.policy.file import load_policy
from privacy.redaction import Redactor
from privacy.scanner import Scanner
from privacy.spans import Scan, Span
from telemetry.log import _redaction
from tests.graphs.small_graph import Scripted, graph_of
from tests.small_site import SmallSite, inventory
from tests.wire.langsmith import LangSmithServer
from tools.errors import DataUnavailable

CANARIES = {
    "Marie Quartermaine": ("PERSON", Label.CONFIDENTIAL),
    "device 260001": ("OT_ADDRESS", Label.RESTRICTED),
    "hunter2-Blaustein": ("CREDENTIAL", Label.RESTRICTED),
    "South Hall": ("BUILDING_NAME", Label.INTERNAL),
}
LOAD = "41.7319"
"""An interval value that no detector knows."""
ROWS = MappingProxyType(
    {Label.PUBLIC: "allow", Label.INTERNAL: "pseudonymise", Label.CONFIDENTIAL: "deny", Label.RESTRICTED: "deny"}
)


def scan(text: str) -> Scan:
    """Find the canaries."""
    spans = tuple(
        Span(m.start(), m.end(), kind, label)
        for canary, (kind, label) in CANARIES.items()
        for m in re.finditer(re.escape(canary), text)
    )
    return Scan(max((s.label for s in spans), default=Label.PUBLIC), tuple(sorted(spans, key=lambda s: s.start)))


def policy_of(*hosts: str) -> Policy:
    return Policy(
        hash="test",
        sources={"instructions": Label.PUBLIC, "question": Label.INTERNAL, "headline": Label.INTERNAL},
        destinations={"langsmith": Destination("langsmith", "trace", ROWS, hosts)},  # type: ignore[arg-type]
    )


@pytest.fixture
def server() -> Iterator[LangSmithServer]:
    with LangSmithServer() as listening:
        yield listening


def client_of(server: LangSmithServer, policy: Policy | None = None) -> TraceClient:
    policy = policy or policy_of(server.host)
    redactor = Redactor(scan, lambda: policy, "langsmith")
    client = tracing_client(redactor, lambda: policy, server.url, "a-key", "eaio")
    assert isinstance(client, TraceClient)
    return client


async def ask(client: Client | None, question: str, scripted: Scripted | None = None, site: Any = None) -> None:
    graph: Any = graph_of(scripted or Scripted(), site)
    with traced(True, lambda: client):
        await graph.ainvoke({"question": question})
    if client:
        client.flush(10)


def forms(canary: str) -> list[bytes]:
    """Return the bytes that a canary may be in."""
    plain = canary.encode()
    return [plain, plain.lower(), json.dumps(canary)[1:-1].encode(), base64.b64encode(plain)[:-4], plain.hex().encode()]


def assert_clean(raw: bytes) -> None:
    for canary in [*CANARIES, LOAD]:
        for form in forms(canary):
            assert form not in raw
            assert form not in raw.lower()


class BrokenSite(SmallSite):
    """Says the question and a reading in its fault."""

    def __init__(self, kind: type[Exception]) -> None:
        super().__init__()
        self.kind = kind

    async def inventory(self) -> Any:
        raise self.kind(f"no rows for Marie Quartermaine, device 260001, {LOAD} kWh in South Hall")


@pytest.mark.parametrize(
    ("question", "ran"),
    [
        ("Which building in London used the most electricity in 2018?", {"classify", "route", "retrieve_context"}),
        ("How much electricity did South Hall use in 2018?", {"classify", "route", "retrieve_context"}),
        (
            f"Marie Quartermaine asks for device 260001, password hunter2-Blaustein, {LOAD} kWh in South Hall",
            {"classify"},
        ),
    ],
)
async def test_trace_of_the_whole_graph_holds_no_canary_and_still_shows_what_ran(
    server: LangSmithServer, question: str, ran: set[str]
) -> None:
    said = f"South Hall used {LOAD} kWh. Marie Quartermaine knows hunter2-Blaustein. "
    scripted = Scripted(
        {"m1": [said, ModelUnreachable("m1", "nowhere", f"asked for device 260001 at {LOAD}")], "m2": [said]},
        recalled=[(f"Marie Quartermaine at device 260001: {LOAD}", Label.RESTRICTED)],
    )
    client = client_of(server)
    await ask(client, question, scripted)
    client.close(5)
    assert_clean(server.raw)
    names = {run["name"] for run in server.runs}
    assert {"advisor", *ran} <= names
    assert all(run["start_time"] and run["end_time"] and run["dotted_order"] for run in server.runs)
    whole = next(run for run in server.runs if run["name"] == "advisor")
    assert whole["session_name"] == "eaio"
    assert whole["outputs"]["timings_ms"]["classify"] >= 0
    assert whole["outputs"]["classification"]["by"] in ("grammar", "coordinator")


async def test_trace_of_a_harmless_question_shows_it_with_the_names_marked(server: LangSmithServer) -> None:
    client = client_of(server)
    await ask(client, "How much electricity did South Hall use in 2018?")
    client.close(5)
    whole = next(run for run in server.runs if run["name"] == "advisor")
    assert whole["inputs"]["question"] == "How much electricity did [BUILDING_NAME] use in 2018?"
    assert re.fullmatch(r"\[withheld: \d+ items\]", whole["outputs"]["evidence"])
    assert whole["outputs"]["receipt"]["label"] in Label.__members__


async def test_trace_by_the_detectors_that_are_shipped_is_as_clean_and_as_useful(server: LangSmithServer) -> None:
    policy = load_policy(Path("config/privacy.yaml"))
    open_to_server = replace(policy.destinations["langsmith"], hosts=(server.host,))
    policy = replace(policy, destinations={"langsmith": open_to_server})
    site = inventory()
    names = NameInventory.build(names_of(sites=site.sites.values(), buildings=site.buildings.values()))
    scanner = Scanner(names, policy.types, policy.combinations)
    redactor = Redactor(lambda text: scanner.scan(text, 1), lambda: policy, "langsmith")
    client = tracing_client(redactor, lambda: policy, server.url, "a-key", "eaio")
    await ask(client, "How much electricity did South Hall use in 2018?")
    await ask(client, "BACnet device 260001, password: hunter2-Blaustein9, meter of South Hall, mail marie@example.org")
    client.close(5)
    assert not [c for c in (b"South", b"260001", b"hunter2", b"marie@") if c in server.raw]
    whole = [run for run in server.runs if run["name"] == "advisor"]
    ran = {run["name"] for run in server.runs}
    assert {"advisor", "classify", "route", "generate_local", "verify", "remember"} <= ran
    assert whole[0]["inputs"]["question"] == "How much electricity did [BUILDING_NAME] use in 2018?"
    assert whole[1]["inputs"]["question"] == "[withheld: RESTRICTED]"
    assert whole[0]["outputs"]["timings_ms"].keys() >= {"classify", "route", "generate_local"}
    assert whole[0]["outputs"]["receipt"]["profile"] == "embedded"


async def test_fault_of_a_node_is_traced_by_its_kind(server: LangSmithServer) -> None:
    client = client_of(server)
    asked = "Marie Quartermaine, South Hall?"

    def fails(_: Any) -> Any:
        raise RuntimeError(f"{asked} {LOAD}")

    from langchain_core.runnables import RunnableLambda

    with traced(True, lambda: client), pytest.raises(RuntimeError):
        RunnableLambda(fails).with_config(run_name="breaks").invoke(
            {"question": asked}, {"tags": [asked], "metadata": {"thread_id": asked, asked: LOAD}}
        )
    client.close(5)
    assert_clean(server.raw)
    (run,) = server.runs
    assert run["error"] == "RuntimeError [withheld]"
    assert run["tags"] == []


@pytest.mark.parametrize("kind", [RuntimeError, DataUnavailable])
async def test_graph_over_a_broken_store_is_traced_without_the_words_of_the_fault(
    server: LangSmithServer, kind: type[Exception]
) -> None:
    client = client_of(server)
    with contextlib.suppress(RuntimeError):
        await ask(client, f"What did Marie Quartermaine use at {LOAD}?", site=BrokenSite(kind))
    client.close(5)
    assert server.runs
    assert_clean(server.raw)


def test_every_field_that_a_caller_can_give_is_redacted(server: LangSmithServer) -> None:
    client, secret = client_of(server), f"Marie Quartermaine {LOAD} hunter2-Blaustein"
    one, at = uuid.uuid4(), datetime.now(UTC)
    order = f"{at:%Y%m%dT%H%M%S%f}Z{one}"
    client.create_run(
        secret,
        {"input": secret, secret: LOAD},
        "chain",
        id=one,
        trace_id=one,
        dotted_order=order,
        start_time=at,
        project_name=secret,
        session_name=secret,
        serialized={"kwargs": secret},
        events=[{"name": "start", "kwargs": {"said": secret}}],
        tags=[secret],
        extra={"metadata": {"langgraph_node": secret, "other": secret}, "runtime": {"host": secret}},
        attachments={secret: ("text/plain", secret.encode())},
        reference_example_id=secret,
        revision_id=None,
        api_url=f"http://{server.host}/elsewhere",
        api_key=secret,
        cookie=secret,
    )
    client.update_run(
        one,
        trace_id=one,
        dotted_order=order,
        outputs={"output": secret},
        error=f"KeyError('{secret}')",
        events=[{"name": "end", "said": secret}],
        tags=[secret],
        attachments={"a": ("text/plain", secret.encode())},
        extra={"metadata": {"langgraph_step": LOAD}},
    )
    client.close(5)
    (run,) = server.runs
    assert_clean(server.raw)
    assert run["error"] == "KeyError [withheld]"
    assert {c.path for c in server.came} == {"/runs/batch"}


def test_run_without_a_place_in_a_trace_is_not_sent(server: LangSmithServer) -> None:
    client = client_of(server)
    with pytest.raises(Exception, match="only batches"):
        client.create_run("x", {"question": "South Hall"}, "chain")
    client.close(5)
    assert server.came == []


def test_what_is_sent_past_the_redaction_is_kept_back(
    server: LangSmithServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, at, one = client_of(server), datetime.now(UTC), uuid.uuid4()
    run = {"id": one, "trace_id": one, "dotted_order": f"{at:%Y%m%dT%H%M%S%f}Z{one}", "start_time": at}
    monkeypatch.setattr(logging.getLogger("langsmith"), "propagate", True)
    monkeypatch.setattr(_redaction, "redact", None)  # of a runtime that was open before: the words are looked at here
    Client.create_run(client, "Marie Quartermaine", {"question": "hello"}, "chain", **run)  # type: ignore[arg-type]
    client.close(5)
    assert server.came == []
    assert "not redacted" in caplog.text
    assert_clean(caplog.text.encode())


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/info", None),
        ("POST", "/runs/multipart", b"{}"),
        ("POST", "/feedback", b"{}"),
        ("POST", "/runs/batch?x=South%20Hall", b"{}"),
        ("POST", "/runs/batch", b"no json"),
        ("POST", "/runs/batch", b"[]"),
        ("POST", "/runs/batch", b'{"more": []}'),
        ("POST", "/runs/batch", b'{"post": {}}'),
        ("POST", "/runs/batch", b'{"post": ["South Hall"]}'),
        ("POST", "/runs/batch", b'{"post": [{"inputs": {"question": "South Hall"}}]}'),
        ("POST", "/runs/batch", b'{"post": [{"inputs": {"evidence": [41.7319]}}]}'),
        ("POST", "/runs/batch", b'{"patch": [{"events": []}]}'),
    ],
)
def test_session_sends_batches_of_redacted_runs_only(
    server: LangSmithServer, method: str, path: str, body: bytes | None
) -> None:
    policy = policy_of(server.host)
    session = TraceSession(server.url, Redactor(scan, lambda: policy, "langsmith"), lambda: policy)
    with session, pytest.raises(NotCleared) as refusal:
        session.request(method, server.url + path, data=body)
    assert server.came == []
    assert "South" not in str(refusal.value)


def test_session_follows_no_redirect_keeps_no_cookie_and_sends_no_header_of_a_caller() -> None:
    with LangSmithServer(307, "/runs/batch") as server:
        policy = policy_of(server.host)
        with TraceSession(server.url, Redactor(scan, lambda: policy, "langsmith"), lambda: policy) as session:
            for _ in range(2):
                answer = session.post(f"{server.url}/runs/batch", b'{"post": []}', headers={"x-said": "South Hall"})
        assert answer.status_code == 307
        assert len(server.came) == 2
        assert not {"cookie", "x-said"} & {h.lower() for came in server.came for h in came.headers}


def test_host_that_a_new_policy_no_longer_names_gets_nothing_more(server: LangSmithServer) -> None:
    in_force = [policy_of(server.host)]
    session = TraceSession(server.url, Redactor(scan, lambda: in_force[0], "langsmith"), lambda: in_force[0])
    session.post(f"{server.url}/runs/batch", b'{"post": []}')
    in_force[0] = policy_of("elsewhere.example")
    with session, pytest.raises(NotCleared, match=r"elsewhere\.example"):
        session.post(f"{server.url}/runs/batch", b'{"post": []}')
    assert len(server.came) == 1


def test_closed_session_sends_nothing_more(server: LangSmithServer) -> None:
    policy = policy_of(server.host)
    session = TraceSession(server.url, Redactor(scan, lambda: policy, "langsmith"), lambda: policy)
    session.close()
    with pytest.raises(NotCleared, match="after the end"):
        session.post(f"{server.url}/runs/batch", b'{"post": []}')


@pytest.mark.parametrize(
    "url",
    [
        "https://api.smith.langchain.com.evil.org",
        "https://evil.org",
        "https://api.smith.langchain.com:8443",
        "https://api.smith.langchain.com@evil.org",
        "http://api.smith.langchain.com",
        "ftp://api.smith.langchain.com",
        "api.smith.langchain.com",
    ],
)
def test_traces_go_only_to_the_host_of_the_policy(url: str) -> None:
    with pytest.raises(NotCleared, match="correct LANGSMITH_ENDPOINT"):
        require_host(url, policy_of("api.smith.langchain.com"))


def test_host_of_the_policy_is_taken_with_its_port_or_the_usual_one() -> None:
    require_host("https://api.smith.langchain.com/api", policy_of("api.smith.langchain.com"))
    require_host("http://127.0.0.1:8080", policy_of("127.0.0.1:8080"))


def test_without_a_destination_of_that_name_no_trace_leaves() -> None:
    with pytest.raises(NotCleared, match="no host"):
        require_host("https://api.smith.langchain.com", replace(policy_of(), destinations={}))


async def test_environment_alone_traces_nothing(server: LangSmithServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", server.url)
    graph: Any = graph_of(Scripted())
    with traced(False, lambda: pytest.fail("no client is asked for")):
        await graph.ainvoke({"question": "South Hall?"})
    assert server.came == []


async def test_graph_that_others_serve_is_not_traced_by_the_environment(
    server: LangSmithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import langsmith._internal._context as kept

    before = kept._GLOBAL_TRACING_ENABLED, kept._TRACING_ENABLED.get()
    monkeypatch.setattr("langsmith.run_trees._CLIENT", client_of(server))
    monkeypatch.setattr("langsmith.utils.get_env_var", lambda name, *_, **__: "true" if "TRACING" in name else None)
    graph: Any = graph_of(Scripted())
    kept._GLOBAL_TRACING_ENABLED = None
    kept._TRACING_ENABLED.set(None)
    assert tracing_is_enabled()
    ignore_environment()
    try:
        await graph.ainvoke({"question": "South Hall?"})
        assert not tracing_is_enabled()
    finally:
        kept._GLOBAL_TRACING_ENABLED = before[0]
        kept._TRACING_ENABLED.set(before[1])
    assert server.came == []


async def test_tracer_of_a_program_around_is_put_aside_and_back(server: LangSmithServer) -> None:
    theirs = Client(server.url, api_key="theirs", auto_batch_tracing=False)
    tracer, outside = LangChainTracer(client=theirs), RunTree(name="outside", ls_client=theirs)
    token = tracing_v2_callback_var.set(tracer)
    try:
        with tracing_context(enabled=True, client=theirs, parent=outside), traced(False, lambda: None):
            assert get_tracing_context()["parent"] is None
            await graph_of(Scripted()).ainvoke({"question": "South Hall?"})
        assert tracing_v2_callback_var.get() is tracer
    finally:
        tracing_v2_callback_var.reset(token)
        theirs.close(1)
    assert server.came == []


@pytest.mark.slow
async def test_server_that_refuses_or_is_gone_hinders_no_answer_and_no_end() -> None:
    with LangSmithServer(500) as server:
        policy = policy_of(server.host)
        client = client_of(server)
    traces = Traces(lambda: client)
    graph: Any = graph_of(Scripted())
    with traced(True, traces.client):
        state = await graph.ainvoke({"question": "How much electricity did South Hall use in 2018?"})
    assert state["headline"]
    await traces.close()
    assert policy.rule("langsmith", Label.RESTRICTED).action == "deny"


@pytest.mark.parametrize("key", [None, ""])
async def test_without_a_key_questions_are_answered_untraced(
    key: str | None, server: LangSmithServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = policy_of(server.host)
    redactor = Redactor(scan, lambda: policy, "langsmith")
    traces = Traces(lambda: tracing_client(redactor, lambda: policy, server.url, key, "eaio"))
    monkeypatch.setattr(logging.getLogger("eaio"), "propagate", True)
    for _ in range(2):
        await ask(traces.client(), "South Hall?")
    await traces.close()
    told = {id(record) for record in caplog.records if "set LANGSMITH_API_KEY" in record.getMessage()}
    assert len(told) == 1


async def test_client_is_opened_once(server: LangSmithServer) -> None:
    traces = Traces(lambda: client_of(server))
    assert traces.client() is traces.client()
    await traces.close()


def test_other_sender_of_langsmith_is_refused(server: LangSmithServer, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import ModuleType

    other: Any = ModuleType("langsmith_pyo3")
    other.BlockingTracingClient = lambda *_: object()
    monkeypatch.setitem(sys.modules, "langsmith_pyo3", other)
    monkeypatch.setattr(
        "langsmith.utils.get_env_var", lambda name, *_, **__: "1" if name == "USE_PYO3_CLIENT" else None
    )
    with pytest.raises(NotCleared, match="langsmith_pyo3"):
        client_of(server)


def test_connections_are_those_of_requests() -> None:
    assert issubclass(TraceSession, requests.Session)
