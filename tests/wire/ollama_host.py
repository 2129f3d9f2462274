"""A fake Ollama host as its operator sees it: models come, go, load and hang. Shapes recorded from version 0.17.4."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from tests.wire.ollama import tag

HEAD = {
    "general.architecture": "llama",
    "llama.attention.head_count": 9,
    "llama.attention.head_count_kv": 3,
    "llama.block_count": 30,
    "llama.context_length": 8192,
    "llama.embedding_length": 576,
}
PULLED = ("pulling manifest", {"status": "pulling c1", "digest": "c1", "total": 100, "completed": 40}, "success")
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)

Reply = tuple[int, bytes]


@dataclass
class FakeOllamaHost:
    """What the host has, and how it behaves; a test sets what it needs and reads what was asked."""

    models: tuple[str, ...] = ("llama3.2:3b", "qwen2.5:7b")
    version: str = "0.17.4"
    remote: dict[str, str] = field(default_factory=dict)
    """Models that are forwarded, with the host they are forwarded to."""
    info: dict[str, Any] = field(default_factory=lambda: dict(HEAD))
    digests: dict[str, str] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)
    lease: Callable[[], timedelta] = timedelta
    """Returns how far the leases of loaded models have moved."""
    pulls: list[Any] = field(default_factory=lambda: list(PULLED))
    """What a pull says; a text is a status, a tuple is a status code and its error, None is silence."""
    pulled_is_remote: bool = False
    hung: bool = False
    """Whether the models generate nothing, while all else answers."""
    stopped: bool = False
    """Whether nothing answers at all."""
    failing: list[Reply] = field(default_factory=list)
    """What the next tokens fail with."""
    host: str = ""
    asked: list[tuple[str, Any]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._open = set[asyncio.StreamWriter]()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.host = "{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.sleep(0)

    def paths(self) -> list[str]:
        """Return what was asked, in order."""
        return [path for path, _ in self.asked]

    def tokens(self) -> list[Any]:
        """Return the questions for a token."""
        return [body for path, body in self.asked if path == "/api/chat"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            path, body = await _read(reader)
            self.asked.append((path, body))
            if self.stopped or (self.hung and path == "/api/chat"):
                await reader.read()
            elif path == "/api/pull":
                await self._pull(body["model"], writer)
            else:
                _write(writer, *self._answer(path, body))
                await writer.drain()
        self._open.discard(writer)
        writer.close()

    def _answer(self, path: str, body: Any) -> Reply:
        known: dict[str, Callable[[], Any]] = {
            "/api/version": lambda: {"version": self.version},
            "/api/tags": lambda: {"models": [self._tag(name) for name in self.models]},
            "/api/ps": lambda: {"models": [self._resident(name) for name in self.loaded]},
            "/api/chat": lambda: self._token(body),
            "/api/show": lambda: self._show(body),
            "/api/generate": lambda: self._unload(body),
            "/api/delete": lambda: self._delete(body),
        }
        answer = known[path]() if path in known else (404, b"404 page not found")
        return answer if isinstance(answer, tuple) else (200, json.dumps(answer).encode())

    def _tag(self, name: str) -> dict[str, Any]:
        more = {"remote_host": self.remote[name], "remote_model": name} if name in self.remote else {}
        return tag(name, digest=self.digests.get(name, f"digest of {name}"), **more)

    def _resident(self, name: str) -> dict[str, Any]:
        held = {"size": 190948608, "size_vram": 0, "context_length": 4096}
        expires = (BEGUN + self.lease()).isoformat().replace("+00:00", "Z")
        return self._tag(name) | held | {"expires_at": expires}

    def _token(self, body: Any) -> Any:
        if self.failing:
            return self.failing.pop(0)
        if body["model"] not in self.models:
            return 404, b'{"error":"model not found"}'
        if body["model"] not in self.loaded:
            self.loaded.append(body["model"])
        return {"message": {"role": "assistant", "content": "A"}, "done": True, "done_reason": "length"}

    def _show(self, body: Any) -> Any:
        if body["model"] not in self.models:
            return 404, b'{"error":"model not found"}'
        return {"details": tag("any")["details"], "model_info": self.info, "capabilities": ["completion"]}

    def _unload(self, body: Any) -> Any:
        if body["model"] in self.loaded:
            self.loaded.remove(body["model"])
        return {"model": body["model"], "response": "", "done": True, "done_reason": "unload"}

    def _delete(self, body: Any) -> Any:
        self.models = tuple(name for name in self.models if name != body["model"])
        return {}

    async def _pull(self, model: str, writer: asyncio.StreamWriter) -> None:
        if self.pulls and isinstance(self.pulls[0], tuple):
            status, said = self.pulls[0]
            _write(writer, status, json.dumps({"error": said}).encode())
            return
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n")
        for step in self.pulls:
            if step is None:
                await asyncio.Event().wait()
            line = {"status": step} if isinstance(step, str) else step
            writer.write(json.dumps(line).encode() + b"\n\n")
            await writer.drain()
            if step == "success":
                self.models = (*self.models, model)
                self.remote |= {model: "https://ollama.com:443"} if self.pulled_is_remote else {}


async def _read(reader: asyncio.StreamReader) -> tuple[str, Any]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = next((int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length:")), 0)
    body = await reader.readexactly(length)
    return head.split(" ")[1], json.loads(body) if body else None


def _write(writer: asyncio.StreamWriter, status: int, body: bytes) -> None:
    head = f"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
