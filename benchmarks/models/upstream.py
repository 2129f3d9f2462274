"""A server of OpenAI's chat protocol that misbehaves as it is told, and keeps every byte that it is sent with its time.

It speaks bytes on a free port of loopback, so that it can break off where no framework would.
"""

import asyncio
import contextlib
import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, Self

from benchmarks.models.acts import PREFILL_REFUSED, Act, Answering, Behaviour, Refusing, Resetting, Silent, Try, healthy
from benchmarks.models.wire_answer import Answer, error_body, pause, write

RST = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends a reset."""


class Upstream:
    """One model at one port, healthy until `begin` is told otherwise. Use it as an async context."""

    def __init__(self, text: str, *, takes_prefill: bool = True) -> None:
        self.tokens = [word if i == 0 else f" {word}" for i, word in enumerate(text.split())]
        self.tries: list[Try] = []
        self.received: list[tuple[float, bytes]] = []
        """Every piece that came, with the second since `begin`."""
        self.connections = self.prefills_refused = 0
        self.host = ""
        self._behave: Behaviour = healthy
        self._takes_prefill = takes_prefill
        self._began = time.monotonic()
        self._open: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}

    @property
    def base_url(self) -> str:
        """Return where its API begins."""
        return f"http://{self.host}/v1"

    @property
    def bytes_in(self) -> int:
        """Return how many bytes it was ever sent."""
        return sum(len(data) for _, data in self.received)

    def begin(self, behave: Behaviour = healthy) -> None:
        """Behave so from now on, at the beginning of the clock; forget the tries."""
        self._behave, self._began = behave, time.monotonic()
        self.tries.clear()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()

        def connected() -> asyncio.StreamReaderProtocol:
            return asyncio.StreamReaderProtocol(_Noted(self._note), self._serve, loop=loop)

        self._server = await loop.create_server(connected, "127.0.0.1", 0)
        self.host = "{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._open.values():
            writer.transport.abort()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _at_s(self) -> float:
        return time.monotonic() - self._began

    def _note(self, data: bytes) -> None:
        self.received.append((self._at_s(), bytes(data)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer
        self.connections += 1
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            writer.close()
            del self._open[task]

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; tell whether the connection stays open."""
        target, body = await _request(reader)
        if target != "POST /v1/chat/completions":
            await write(writer, 404, error_body(Refusing(404, f"no {target} here", "invalid_request_error")))
            return True
        asked = json.loads(body)
        tried = Try(self._at_s(), len(body), "")
        self.tries.append(tried)
        return await self._act(self._chosen(asked, tried), asked, tried, reader, writer)

    def _chosen(self, asked: dict[str, Any], tried: Try) -> Act:
        if not self._takes_prefill and asked["messages"][-1]["role"] == "assistant":
            self.prefills_refused += 1
            return PREFILL_REFUSED
        return self._behave(len(self.tries), tried.at_s)

    async def _act(
        self,
        act: Act,
        asked: dict[str, Any],
        tried: Try,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        match act:
            case Refusing():
                tried.did = f"{act.status} {act.code or ''}".strip()
                after = {} if act.retry_after_s is None else {"Retry-After": str(act.retry_after_s)}
                await write(writer, act.status, error_body(act), after)
                return True
            case Resetting():
                tried.did = "reset"
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST)
                writer.transport.abort()
                return False
            case Silent():
                tried.did = "silence"
                await pause(reader, act.for_s)
                return False
            case Answering():
                return await Answer(act, asked, tried, self.tokens, reader, writer).send()


class _Noted(asyncio.StreamReader):
    """A reader that tells of every byte as it comes, whether it is ever read or not."""

    def __init__(self, note: Callable[[bytes], None]) -> None:
        super().__init__(limit=8 * 1024 * 1024)
        self._note = note

    def feed_data(self, data: Any) -> None:
        self._note(data)
        super().feed_data(data)


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """Return method and path of the next request, and its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return first.rpartition(" ")[0], body
