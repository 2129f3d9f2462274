"""Nothing but a cleared prompt goes through a guarded transport, whoever sends it and however."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from models.cloud_sites import SITES
from models.cloud_transport import (
    Clients,
    ClosedTransport,
    Guard,
    carrying,
)
from privacy.cleared import SENDS, ClearedPrompt
from privacy.errors import NotCleared
from tests.models.cloud_asking import KEY, POLICY, QUESTION, cleared, fake_of, guard_of, site_at
from tests.wire.cloud import FakeCloud
from tests.wire.impostor import impostor
from tests.wire.script import Say, Status


def body_of(prompt: ClearedPrompt) -> dict[str, Any]:
    return {
        "model": "gpt-4o",
        "messages": [{"role": role, "content": text} for role, text in prompt.messages],
        "temperature": prompt.temperature,
        "max_completion_tokens": prompt.max_tokens,
    }


class Way:
    """A client on a guarded transport, blocking or not, to be asked in the same words."""

    def __init__(self, server: FakeCloud, *, blocking: bool, **guarding: Any) -> None:
        self.site = site_at("gpt-4o", server)
        self.url = f"{self.site.base_url}/chat/completions"
        self.prompt = cleared(self.site)
        self.clients = Clients.of(replace(guard_of(self.site), **guarding))
        self.blocking = blocking

    async def send(self, prompt: ClearedPrompt | None = None, url: str | None = None, **request: Any) -> httpx.Response:
        """Send the body of the prompt; `request` changes what httpx is told."""
        given: dict[str, Any] = {"json": body_of(self.prompt)} | request
        if prompt is None:
            return await self._post(url or self.url, given)
        with carrying(prompt):
            return await self._post(url or self.url, given)

    async def _post(self, url: str, given: dict[str, Any]) -> httpx.Response:
        if self.blocking:
            return await asyncio.to_thread(self.clients.blocking.post, url, **given)
        return await self.clients.asynchronous.post(url, **given)


@pytest.fixture(params=[False, True], ids=["async", "blocking"])
def blocking(request: pytest.FixtureRequest) -> bool:
    """Say which of the two transports is under test."""
    return bool(request.param)


async def test_cleared_prompt_is_sent_with_headers_of_ours_only(blocking: bool) -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking)
        answer = await way.send(way.prompt, headers={"x-stainless-os": "Linux", "openai-organization": "us"})
        assert answer.json()["choices"][0]["message"]["content"]
        await way.clients.close()
        (request,) = server.requests
    assert request.headers == {
        "host": server.host,
        "accept": "application/json, text/event-stream",
        "accept-encoding": "identity",
        "content-type": "application/json",
        "user-agent": "eaio",
        "authorization": f"Bearer {KEY}",
        "content-length": str(len(request.body)),
    }
    assert [message["content"] for message in request.json["messages"]] == [text for _, text in QUESTION]


async def test_without_a_prompt_nothing_is_opened(blocking: bool) -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking)
        with pytest.raises(NotCleared, match="without a cleared prompt"):
            await way.send()
        assert (server.connections, bytes(server.received)) == (0, b"")


async def test_prompt_holds_for_the_step_that_carries_it_and_no_longer(blocking: bool) -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking)
        await way.send(way.prompt)
        with pytest.raises(NotCleared):
            await way.send()
        assert len(server.requests) == 1
        await way.clients.close()


async def test_prompts_of_calls_at_the_same_time_are_not_mixed_up() -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=False)
        prompts = [cleared(way.site, messages=[("user", f"Question {n}")]) for n in range(5)]
        results = await asyncio.gather(*(way.send(prompt, json=body_of(prompt)) for prompt in prompts))
        assert all(result.is_success for result in results)
        with pytest.raises(NotCleared):
            await way.send(prompts[0], json=body_of(prompts[1]))
        assert len(server.requests) == 5
        await way.clients.close()


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"model": "gpt-4o"}},
        {"content": b"opens at 07:40"},
        {"json": None, "data": {"a": "b"}},
        {"json": None, "files": {"file": b"opens at 07:40"}},
        {"headers": {"x-note": "opens at 07:40"}},
        {"cookies": {"a": "b"}},
        {"params": {"q": "opens"}},
        {"url": "https://api.openai.com/v1/chat/completions"},
    ],
    ids=["body", "bytes", "form", "file", "header", "cookie", "query", "host"],
)
@pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
async def test_other_requests_with_a_prompt_send_nothing(blocking: bool, request_: dict[str, Any]) -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking)
        given = {"json": None, **request_} if "content" in request_ else request_
        with pytest.raises(NotCleared):
            await way.send(way.prompt, **given)
        assert server.connections == 0


async def test_body_that_is_written_while_it_is_sent_is_refused() -> None:
    async def written() -> AsyncIterator[bytes]:
        yield b"opens at 07:40"

    def blocking_written() -> Iterator[bytes]:
        yield b"opens at 07:40"

    async with fake_of("gpt-4o") as server:
        for blocking, content in ((False, written()), (True, blocking_written())):
            way = Way(server, blocking=blocking)
            with pytest.raises(NotCleared, match="plain bytes"):
                await way.send(way.prompt, json=None, content=content, headers={"content-type": "application/json"})
        assert server.connections == 0


async def test_extension_of_httpx_that_replaces_the_url_is_dropped() -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=False)
        await way.send(way.prompt, extensions={"target": b"/opens-at-07:40", "sni_hostname": "opens"})
        assert server.requests[0].path == "/v1/chat/completions"
        assert b"opens" not in server.received
        await way.clients.close()


async def test_prompt_for_another_destination_sends_nothing(blocking: bool) -> None:
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking)
        with pytest.raises(NotCleared, match="cleared for gemini"):
            await way.send(cleared(way.site, destination="gemini"))
        with pytest.raises(NotCleared, match="not a host"):
            await way.send(cleared(way.site, hosts=("api.openai.com",)))
        with pytest.raises(NotCleared, match="expired"):
            await way.send(cleared(way.site, lifetime_s=0))
        assert server.connections == 0


async def test_policy_that_changed_after_the_clearing_stops_the_prompt(blocking: bool) -> None:
    force = [POLICY]
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking, policy_hash=lambda: force[0])
        await way.send(way.prompt)
        force[0] = "ffffffffffff"
        with pytest.raises(NotCleared, match="no longer in force"):
            await way.send(way.prompt)
        assert len(server.requests) == 1
        await way.clients.close()


async def test_policy_that_changes_while_the_connection_opens_stops_the_prompt(blocking: bool) -> None:
    hashes = iter([POLICY, "ffffffffffff"])
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=blocking, policy_hash=lambda: next(hashes, POLICY))
        with pytest.raises(NotCleared, match="no longer in force"):
            await way.send(way.prompt)
        assert server.received == b""
        await way.send(way.prompt)
        assert len(server.requests) == 1
        await way.clients.close()


async def test_retries_end_after_a_few(blocking: bool) -> None:
    async with fake_of("gpt-4o", Status(503)) as server:
        way = Way(server, blocking=blocking)
        for _ in range(SENDS):
            assert (await way.send(way.prompt)).status_code == 503
        with pytest.raises(NotCleared, match=f"sent {SENDS} times"):
            await way.send(way.prompt)
        assert len(server.requests) == SENDS
        await way.clients.close()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_redirect_is_not_followed_even_by_a_client_that_would(blocking: bool, code: int) -> None:
    async with fake_of("gpt-4o") as elsewhere:
        away = Status(code, headers={"Location": f"{elsewhere.url}/v1/chat/completions"})
        async with fake_of("gpt-4o", away) as server:
            way = Way(server, blocking=blocking)
            with pytest.raises(NotCleared, match=f"redirects.*{code}"):
                await way.send(way.prompt, follow_redirects=True)
            await way.clients.close()
            assert len(server.requests) == 1
        assert elsewhere.connections == 0


async def test_cookie_of_an_answer_is_not_sent_back(blocking: bool) -> None:
    async with fake_of("gpt-4o", Status(429, headers={"Set-Cookie": "__cf_bm=x", "Retry-After": "3"}), Say()) as server:
        way = Way(server, blocking=blocking)
        busy = await way.send(way.prompt)
        assert "set-cookie" not in busy.headers
        assert busy.headers["retry-after"] == "3"
        assert (await way.send(way.prompt)).is_success
        assert b"__cf_bm" not in server.received
        await way.clients.close()


async def test_key_is_asked_for_at_each_sending() -> None:
    keys = iter(["first", "second"])
    async with fake_of("gpt-4o") as server:
        way = Way(server, blocking=False, credential=lambda: SecretStr(next(keys)))
        await way.send(way.prompt)
        await way.send(way.prompt)
        assert [request.headers["authorization"] for request in server.requests] == ["Bearer first", "Bearer second"]
        await way.clients.close()


async def test_proxies_of_the_environment_are_passed_by(blocking: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    async with fake_of("gpt-4o") as proxy, fake_of("gpt-4o") as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        way = Way(server, blocking=blocking)
        await way.send(way.prompt)
        await way.clients.close()
        assert (proxy.connections, len(server.requests)) == (0, 1)


async def test_cloud_whose_certificate_nobody_vouches_for_is_told_nothing(blocking: bool, tmp_path: Path) -> None:
    async with impostor(tmp_path) as server:
        site = replace(SITES["gpt-4o"], base_url=f"{server.url}/v1")
        clients, prompt = Clients.of(guard_of(site)), cleared(site)
        url, body = site.door.url(streamed=True), body_of(prompt)
        sync = asyncio.to_thread(clients.blocking.post, url, json=body) if blocking else None
        with carrying(prompt), pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await (sync or clients.asynchronous.post(url, json=body))
        await clients.close()
        assert server.heard == b""


async def test_transport_for_clients_that_are_not_ours_carries_nothing() -> None:
    async with fake_of("gpt-4o") as server:
        async with httpx.AsyncClient(transport=ClosedTransport()) as client:
            with pytest.raises(NotCleared, match="of a library's own"):
                await client.get(server.url)
        with httpx.Client(transport=ClosedTransport()) as blocking, pytest.raises(NotCleared, match="own"):
            await asyncio.to_thread(blocking.get, server.url)
        assert server.connections == 0


def test_guard_shows_no_key() -> None:
    site = replace(SITES["gpt-4o"], api_key=SecretStr(KEY))
    assert KEY not in f"{site!r} {Guard(site.door, lambda: SecretStr(KEY))!r} {site.endpoint('analyst')!r}"
