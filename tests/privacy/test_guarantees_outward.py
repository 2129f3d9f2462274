"""G4, G5 and G7: what reaches a cloud, on every attempt, and what counts as one. The clouds record every byte."""

import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from config.settings import Settings
from graphs.live_privacy import LivePrivacy
from models import ChatModels, Deadline, open_chat_models
from models.address import attest, parse
from models.cloud_chat import CloudModels, open_cloud_models
from models.cloud_sites import SITES
from models.cloud_transport import Clients, carrying
from models.errors import ModelUnreachable, NotClearedForCloud, NotLocal
from models.ollama import survey
from models.transport import LocalTransport, async_client
from privacy.audit.digest import Sensitive
from privacy.audit.in_memory import MemoryAudit
from privacy.cleared import SENDS, ClearedPrompt
from privacy.egress import require_cleared
from privacy.errors import NotCleared
from privacy.labels import Label
from privacy.policy import Policy
from privacy.wire_forms import written
from tests.graphs.gatehouse import POLICY, gatehouse
from tests.graphs.small_graph import Scripted, run
from tests.models.cloud_asking import DESTINATIONS, QUESTION, asking_cloud, cleared, fake_of, guard_of, site_at
from tests.models.test_attested_locality import FAR, Names
from tests.models.wrong_ways import WAYS, Level, call_it, chat_inside
from tests.small_site import SmallSite
from tests.wire.cloud import FakeCloud
from tests.wire.ollama import FakeOllama, tag
from tests.wire.script import Act, Say, Status

RANK = "Which building in London used the most electricity in 2018?"
PEAK = "What was the peak of b2 in July 2018?"
SECRET = "opens at 07:40"
NOWHERE = "192.0.2.1"
"""An address that nobody has, RFC 5737."""
CLOUDS = tuple(f"cloud:{d}" for d in DESTINATIONS)
every = pytest.mark.parametrize("destination", DESTINATIONS)


def remade(prompt: ClearedPrompt, **other: Any) -> ClearedPrompt:
    """Return a prompt by hand, of the fields of another."""
    return ClearedPrompt(**{name: getattr(prompt, name) for name in ClearedPrompt.__slots__} | other)


# G4: a cloud takes a cleared prompt and nothing else.


@every
async def test_g4_prompt_that_the_gate_has_not_made_for_this_place_and_time_sends_nothing(destination: str) -> None:
    async with asking_cloud(destination, policy_hash=lambda: "0123456789ab") as asked:
        good = cleared(asked.site)
        other = next(d for d in DESTINATIONS if d != destination)
        for prompt in (
            [*QUESTION],
            SECRET,
            remade(good, messages=(("user", SECRET),)),
            remade(good, label=Label.RESTRICTED),
            cleared(asked.site, lifetime_s=0),
            cleared(asked.site, destination=other),
            cleared(asked.site, hosts=("other.example",)),
            cleared(asked.site, policy_hash="ffffffffffff"),
        ):
            with pytest.raises(NotClearedForCloud):
                await asked.chunks(prompt)
        assert (asked.server.connections, bytes(asked.server.received)) == (0, b"")
        assert await asked.chunks(good)


async def test_g4_prompt_that_is_no_longer_good_is_refused_at_the_transport_itself() -> None:
    """Whatever a caller has checked before: the transport believes nothing."""
    async with fake_of("gpt-4o") as server:
        site = site_at("gpt-4o", server)
        good, clients = cleared(site), Clients.of(replace(guard_of(site), policy_hash=lambda: "0123456789ab"))
        for prompt in (
            remade(good, messages=(("user", SECRET),)),
            cleared(site, lifetime_s=0),
            cleared(site, destination="gemini"),
            cleared(site, policy_hash="ffffffffffff"),
        ):
            body = written(site.door.body(prompt, streamed=True))
            with carrying(prompt), pytest.raises(NotCleared):
                await clients.asynchronous.post(site.door.url(streamed=True), json=body)
        assert server.connections == 0
        await clients.close()


@every
@pytest.mark.parametrize("extra", ["nothing", "body", "url", "header", "method"])
def test_g4_string_that_is_not_of_the_prompt_does_not_pass(destination: str, extra: str) -> None:
    site = SITES[destination]
    prompt = cleared(site, hosts=(site.door.host,))
    body = written(site.door.body(prompt, streamed=True))
    url, headers, method = site.door.url(streamed=True), [("content-type", "application/json")], "POST"
    if extra == "body":
        body["metadata"] = {"note": SECRET}
    url = f"{url}?note=07:40" if extra == "url" else url
    headers = [*headers, ("x-note", SECRET)] if extra == "header" else headers
    method = "PUT" if extra == "method" else method
    raw = httpx.Request(method, url, json=body).content
    given = (prompt, site.door, method, url, headers, raw)
    if extra == "nothing":
        assert require_cleared(*given)
        return
    with pytest.raises(NotCleared) as refused:
        require_cleared(*given)
    assert "07:40" not in str(refused.value)


async def test_g4_cleared_text_that_a_client_changes_on_the_way_is_not_sent() -> None:
    async with fake_of("gpt-4o") as server:
        site = site_at("gpt-4o", server)
        prompt, clients = cleared(site), Clients.of(guard_of(site))
        body = written(site.door.body(prompt, streamed=True))
        body["messages"][1]["content"] += f" {SECRET}"
        with carrying(prompt), pytest.raises(NotCleared):
            await clients.asynchronous.post(site.door.url(streamed=True), json=body)
        with pytest.raises(NotCleared, match="without a cleared prompt"):
            await clients.asynchronous.post(site.door.url(streamed=True), json=body)
        assert server.connections == 0
        await clients.close()


async def test_g4_what_is_sent_is_written_anew_and_holds_nothing_of_the_client() -> None:
    async with fake_of("gpt-4o") as server:
        site = site_at("gpt-4o", server)
        prompt, clients = cleared(site), Clients.of(guard_of(site))
        body = written(site.door.body(prompt, streamed=True))
        with carrying(prompt):
            await clients.asynchronous.post(
                site.door.url(streamed=True),
                json=body,
                headers={"user-agent": SECRET, "openai-organization": SECRET},
                extensions={"target": b"/opens-at-07:40"},
            )
        assert server.requests[0].json == body
        assert b"07:40" not in server.received
        await clients.close()


# G5: on every attempt.


@dataclass
class Sky:
    """All clouds at once, the policy that names them, and the models that ask them."""

    servers: dict[str, FakeCloud]
    policy: Policy
    models: CloudModels

    async def asked(self, question: str, audit: MemoryAudit | None = None) -> dict[str, Any]:
        """Ask, with a local model that fails, so that every cloud is next in its turn."""
        privacy: LivePrivacy = gatehouse(SmallSite(), policy=lambda: self.policy, cloud=self.models, audit=audit)
        script = Scripted({"m1": [ModelUnreachable("m1", "nowhere", "down")], **{c: [] for c in CLOUDS}}, remote=CLOUDS)
        state, _ = await run(question, script, privacy=privacy)
        return state

    def received(self) -> dict[str, str]:
        """Return the bodies that each cloud got, in lower case."""
        return {d: " ".join(r.body.decode().lower() for r in s.requests) for d, s in self.servers.items()}


@pytest.fixture
async def sky() -> AsyncIterator[Sky]:
    """Give the three clouds: the first is down, the others answer."""
    scripts: dict[str, Act] = {"gpt-4o": Status(503, "later"), "deepseek-v3": Say(), "gemini": Say()}
    async with AsyncExitStack() as stack:
        servers = {d: await stack.enter_async_context(fake_of(d, scripts[d])) for d in DESTINATIONS}
        named = {d: replace(POLICY.destinations[d], hosts=(s.url.removeprefix("http://"),)) for d, s in servers.items()}
        policy = replace(POLICY, destinations={**POLICY.destinations, **named})
        sites = [site_at(d, s) for d, s in servers.items()]
        models = await stack.enter_async_context(open_cloud_models(sites, policy_hash=lambda: policy.hash))
        yield Sky(servers, policy, models)


@pytest.mark.slow
async def test_g5_next_cloud_of_a_fallback_is_asked_by_its_own_rule_and_not_by_the_last_ones(sky: Sky) -> None:
    audit = MemoryAudit()
    state = await sky.asked(RANK, audit)
    decided = {g["endpoint"]: g["decision"] for g in state["receipt"]["gate"]}
    assert decided == dict(zip(CLOUDS, ("pseudonymised", "denied", "pseudonymised"), strict=True))
    got = sky.received()
    assert got["gpt-4o"]
    assert got["gemini"]
    assert not sky.servers["deepseek-v3"].connections
    assert not [name for name in ("london", "south", "b2") for text in got.values() if name in text]
    assert [e.destination for e in audit.entries if e.destination] == list(DESTINATIONS)


async def test_g5_what_may_not_leave_leaves_by_no_rung_of_the_ladder(sky: Sky) -> None:
    state = await sky.asked(PEAK)
    assert state["answer"]
    assert [a["outcome"] for a in state["attempts"]] == ["failed", "denied", "denied", "denied"]
    assert all(server.connections == 0 for server in sky.servers.values())


@pytest.mark.slow
async def test_g5_cloud_got_the_very_text_that_the_log_speaks_of(sky: Sky) -> None:
    audit = MemoryAudit()
    await sky.asked(RANK, audit)
    sent = sky.servers["gpt-4o"].requests
    [text] = {"\n".join(message["content"] for message in request.json["messages"]) for request in sent}
    entry = next(e for e in audit.entries if e.destination == "gpt-4o")
    assert (entry.prompt_digest,) == await audit.digests([Sensitive("PROMPT", text)])


async def test_g5_retries_of_one_prompt_end_and_each_was_compared() -> None:
    async with fake_of("gpt-4o", Status(503, "later")) as server:
        site = site_at("gpt-4o", server)
        prompt, clients = cleared(site), Clients.of(guard_of(site))
        url, body = site.door.url(streamed=True), written(site.door.body(prompt, streamed=True))
        with carrying(prompt):
            for _ in range(SENDS):
                await clients.asynchronous.post(url, json=body)
                with pytest.raises(NotCleared):
                    await clients.asynchronous.post(url, json={**body, "user": SECRET})
            with pytest.raises(NotCleared, match="times"):
                await clients.asynchronous.post(url, json=body)
        assert len(server.requests) == SENDS
        await clients.close()


async def test_g5_redirect_of_a_cloud_is_not_followed() -> None:
    async with fake_of("gpt-4o") as elsewhere:
        away = Status(307, headers={"Location": f"{elsewhere.url}/v1/chat/completions"})
        async with asking_cloud("gpt-4o", away) as asked:
            with pytest.raises(NotClearedForCloud, match="redirects"):
                await asked.chunks()
        assert elsewhere.connections == 0


async def test_g5_clearance_is_not_lent_to_others_between_two_pieces_of_a_stream() -> None:
    async with asking_cloud("gpt-4o") as asked:
        prompt, voice = cleared(asked.site), await asked.models._voice(asked.site, Deadline.after(10))
        url, body = asked.site.door.url(streamed=True), written(asked.site.door.body(prompt, streamed=True))
        async with aclosing(voice.parts(prompt)) as parts:
            await anext(parts)
            with pytest.raises(NotCleared, match="without a cleared prompt"):
                await voice.clients.asynchronous.post(url, json=body)
        assert len(asked.server.requests) == 1


@every
async def test_g5_structured_answer_leaves_by_the_same_door(destination: str) -> None:
    async with asking_cloud(destination, Say(text='{"why": "cold", "level": 2}')) as asked:
        form = Level.model_json_schema()
        prompt = cleared(asked.site, schema=form)
        assert await asked.models.fill(prompt, Level, deadline=Deadline.after(10)) == Level(why="cold", level=2)
        forged = remade(prompt, schema=prompt.schema + " " if prompt.schema else "")
        with pytest.raises(NotClearedForCloud):
            await asked.models.fill(forged, Level, deadline=Deadline.after(10))
        assert len(asked.server.requests) == 1


@every
@pytest.mark.parametrize("way", ["invoke", "astream", "abatch", "tools", "a form", "retries", "fallbacks"])
async def test_g5_client_inside_a_cloud_model_sends_nothing_of_its_own(destination: str, way: str) -> None:
    async with asking_cloud(destination) as asked:
        chat = await chat_inside(asked.models, asked.site)
        for prompt in (carrying(cleared(asked.site)), contextlib.nullcontext()):
            with prompt, pytest.raises(NotCleared):
                await call_it(WAYS[way], chat)
        assert asked.server.connections == 0


async def test_g5_embedding_with_the_client_of_a_cloud_model_sends_nothing() -> None:
    async with asking_cloud("gpt-4o") as asked:
        chat: Any = await chat_inside(asked.models, asked.site)
        with carrying(cleared(asked.site)), pytest.raises(NotCleared):
            await chat.root_async_client.embeddings.create(model="m", input=SECRET)
        assert asked.server.connections == 0


async def test_g5_coordinator_and_other_local_ports_ask_no_cloud() -> None:
    async with fake_of("gpt-4o") as server:
        endpoint = site_at("gpt-4o", server).endpoint("coordinator")
        local = ChatModels(Settings(profile="embedded"))
        for one in (endpoint, replace(endpoint, local=True)):
            with pytest.raises(NotLocal, match="cleared prompt"):
                await anext(local.stream(one, [*QUESTION], deadline=Deadline.after(5)))
        assert server.connections == 0


async def test_g5_certificate_is_checked_whatever_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "__init__", lambda self, **options: made.append(options))
    monkeypatch.setattr(httpx.HTTPTransport, "__init__", lambda self, **options: made.append(options))
    site = replace(SITES["gpt-4o"], api_key=SecretStr("key"))
    Clients.of(guard_of(site))
    assert made == [{"verify": True, "trust_env": False}] * 2


# G7: what is local is proven.


@pytest.mark.parametrize("host", [FAR, "169.254.169.254", "[2606:4700::1111]", "[::ffff:93.184.216.34]"])
async def test_g7_address_that_is_far_is_refused(host: str) -> None:
    with pytest.raises(NotLocal):
        await attest(parse(host))


async def test_g7_name_with_one_far_address_among_near_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def getaddrinfo(_loop: Any, _host: str, port: int, **_: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", FAR)]

    monkeypatch.setattr("asyncio.BaseEventLoop.getaddrinfo", getaddrinfo)
    with pytest.raises(NotLocal, match=FAR):
        await attest(parse("gpu-box"))


async def test_g7_name_that_moves_after_its_proof_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeOllama() as near:
        names = Names(monkeypatch, "127.0.0.1")
        address = await attest(parse(f"gpu-box:{near.host.rpartition(':')[2]}"))
        names.ip = NOWHERE
        async with async_client(LocalTransport(address)) as client:
            assert (await client.get(f"{address.base_url}/api/version")).is_success
        assert names.asked == ["gpu-box"]


@pytest.mark.parametrize(
    ("model", "there"),
    [
        ("gpt-oss:120b-cloud", "gpt-oss:120b-cloud"),
        ("minimax-m2:cloud", "minimax-m2:cloud"),
        ("plain:latest", tag("plain:latest", remote_host="https://ollama.com:443", remote_model="gpt-oss:120b")),
        ("plain:latest", tag("plain:latest", remote_host="https://ollama.com:443")),
    ],
    ids=["a cloud tag", "another", "a remote model", "a remote host"],
)
async def test_g7_model_that_ollama_only_forwards_counts_as_cloud(model: str, there: Any) -> None:
    async with FakeOllama(models=(there, "llama3.2:3b")) as ollama:
        host = await survey(ollama.host)
        assert host.leaves(model)
        assert not host.has(model)
        refusal = host.refusal("ollama:x", model)
        assert refusal is not None
        assert isinstance(refusal(), NotLocal)


async def test_g7_place_that_has_moved_away_when_it_is_asked_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeOllama() as near:
        names = Names(monkeypatch, "127.0.0.1")
        host = f"gpu-box:{near.host.rpartition(':')[2]}"
        async with open_chat_models(Settings(profile="local", ollama_host=host)) as models:
            endpoint, *_ = await models.ladder("analyst")
            names.ip = FAR
            with pytest.raises(NotLocal, match=FAR):
                await anext(models.stream(endpoint, [*QUESTION], deadline=Deadline.after(5)))
        assert near.chats == []
