"""LiteLLM's proxy as a peer, in an environment and a process of its own.

It is set up as its documentation shows: two retries, a limit of 30 s, a fallback, also for prompts that are too long.
That is the set-up of the public catalogue too. All else is as it comes; so there is no limit for the first token.
"""

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import httpx
import yaml  # type: ignore[import-untyped]

from benchmarks.models.advisor import prompts_without_gate
from benchmarks.models.upstream import Upstream
from benchmarks.models.verdicts import Told

VERSION = "1.106.2"
"""The newest of 1.106 whose `proxy` extra can be installed, and the one that the public catalogue measured. 1.107 was
withdrawn."""
HOME = Path("~/.cache/eaio/litellm-1.106").expanduser()
RETRIES, TIMEOUT_S = 2, 30
STARTS_S = 120.0
Prompt = list[tuple[str, str]]
Pairs = Mapping[str, tuple[Upstream, Upstream]]
"""The two upstreams of each fault, by its id."""


@dataclass(frozen=True)
class ViaLiteLLM:
    """A streaming client of the proxy, for one pair of upstreams."""

    gated: ClassVar[bool] = False
    client: httpx.AsyncClient
    model: str
    fallback_model: str
    cleared: Prompt
    restricted: list[Prompt]

    async def ask(self, longest_s: float) -> Told:
        """Ask for the answer that a healthy upstream gives."""
        return await self._asked(self.cleared, longest_s)

    async def ask_restricted(self, longest_s: float) -> list[Told]:
        """Ask what our gate would not let go."""
        return [await self._asked(prompt, longest_s) for prompt in self.restricted]

    async def _asked(self, prompt: Prompt, longest_s: float) -> Told:
        started, read = time.monotonic(), _Read()
        try:
            async with asyncio.timeout(longest_s):
                await self._stream(prompt, read)
        except TimeoutError:
            return Told("hang", took_s=time.monotonic() - started)
        except httpx.HTTPError as fault:
            read.error = f"{type(fault).__name__}: {fault}"
        took_s = time.monotonic() - started
        if read.error:
            return Told("error", reason=read.error, took_s=took_s)
        return Told("answer", read.text, read.model, read.tokens, took_s=took_s, served=True)

    async def _stream(self, prompt: Prompt, read: "_Read") -> None:
        asked: dict[str, Any] = {"model": self.model}
        asked["messages"] = [{"role": role, "content": text} for role, text in prompt]
        asked |= {"stream": True, "stream_options": {"include_usage": True}, "max_tokens": 400, "temperature": 0.2}
        async with self.client.stream("POST", "/v1/chat/completions", json=asked) as response:
            if response.status_code != httpx.codes.OK:
                said = (await response.aread()).decode(errors="replace")
                read.error = f"status {response.status_code}: {said}"
                return
            async for said in response.aiter_lines():
                if said.startswith("data: ") and said != "data: [DONE]":
                    read.take(json.loads(said.removeprefix("data: ")))


@dataclass
class _Read:
    """What a stream has said so far."""

    text: str = ""
    model: str = ""
    tokens: int | None = None
    error: str = ""

    def take(self, event: dict[str, Any]) -> None:
        """Read an event; an error in it is the end, whatever has come before."""
        if event.get("error"):
            self.error = said_of(event)
            return
        self.model = event.get("model") or self.model
        self.text += "".join((c.get("delta") or {}).get("content") or "" for c in event.get("choices") or [])
        self.tokens = (event.get("usage") or {}).get("completion_tokens", self.tokens)


def said_of(event: dict[str, Any]) -> str:
    """Return the message of an error, or all of it where it has another form."""
    error = event["error"]
    return str(error.get("message", error) if isinstance(error, dict) else error)


@dataclass(frozen=True)
class Proxy:
    """The running proxy."""

    client: httpx.AsyncClient
    cleared: Prompt
    restricted: list[Prompt]

    def over(self, fault: str) -> ViaLiteLLM:
        """Return a client for the upstreams of a fault."""
        return ViaLiteLLM(self.client, *names(fault), self.cleared, self.restricted)


@asynccontextmanager
async def litellm_proxy(pairs: Pairs) -> AsyncIterator[Proxy]:
    """Install the proxy where it is not yet, run it over pairs of upstreams, and end it."""
    await asyncio.to_thread(install)
    cleared, restricted = await prompts_without_gate()
    with tempfile.TemporaryDirectory(prefix="litellm-") as folder:
        key, port = f"sk-{secrets.token_hex(16)}", await _free_port()
        config = Path(folder, "config.yaml")
        config.write_text(yaml.safe_dump(config_of(pairs, key)))  # noqa: ASYNC240 - a small file, once
        headers = {"authorization": f"Bearer {key}"}
        async with (
            _process(config, port, Path(folder)),
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=None, trust_env=False
            ) as client,
        ):
            await _until_ready(client)
            yield Proxy(client, cleared, restricted)


def names(fault: str) -> tuple[str, str]:
    """Return the names of primary and fallback, the same to the proxy's client and to the upstreams."""
    return f"gpt-4o-{fault.lower()}", f"deepseek-chat-{fault.lower()}"


def config_of(pairs: Pairs, key: str) -> dict[str, Any]:
    """Return the proxy's configuration."""
    models = [
        {
            "model_name": name,
            "litellm_params": {"model": f"openai/{name}", "api_base": upstream.base_url, "api_key": "sk-chaos"},
        }
        for fault, pair in pairs.items()
        for name, upstream in zip(names(fault), pair, strict=True)
    ]
    fallbacks = [{names(fault)[0]: [names(fault)[1]]} for fault in pairs]
    router = {
        "num_retries": RETRIES,
        "timeout": TIMEOUT_S,
        "fallbacks": fallbacks,
        "context_window_fallbacks": fallbacks,
    }
    return {
        "model_list": models,
        "router_settings": router,
        "litellm_settings": {"drop_params": True},
        "general_settings": {"master_key": key},
    }


def install() -> None:
    """Make the environment, once; takes a minute. Ends the program where it cannot be had."""
    done = HOME / f"installed-{VERSION}"
    if done.exists():
        return
    print(f"installing LiteLLM {VERSION} into {HOME}", file=sys.stderr, flush=True)
    wanted = [str(HOME / "bin" / "pip"), "install", "--quiet", "--only-binary", ":all:", f"litellm[proxy]=={VERSION}"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run(wanted, check=True, stdout=sys.stderr)
    except subprocess.CalledProcessError as fault:
        sys.exit(f"LiteLLM {VERSION} could not be installed ({fault}); run without --beside")
    done.touch()


@asynccontextmanager
async def _process(config: Path, port: int, home: Path) -> AsyncIterator[None]:
    """Run the proxy, which gets nothing of this process's environment and looks up nothing outside."""
    words = ("--config", str(config), "--host", "127.0.0.1", "--port", str(port))
    environment = {
        "PATH": os.defpath,
        "HOME": str(home),
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_MODE": "PRODUCTION",
        "NO_PROXY": "127.0.0.1",
    }
    with (home / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            str(HOME / "bin" / "litellm"), *words, env=environment, cwd=home, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(10):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _until_ready(client: httpx.AsyncClient) -> None:
    """Wait until the proxy answers; raise `TimeoutError` where it does not come up."""
    async with asyncio.timeout(STARTS_S):
        while True:
            with contextlib.suppress(httpx.TransportError):
                if (await client.get("/health/liveliness", timeout=5)).is_success:
                    return
            await asyncio.sleep(0.5)


async def _free_port() -> int:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    return port
