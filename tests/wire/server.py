"""An HTTP/1.1 server of a few lines, for model servers that follow a script on a free port of loopback.

It speaks bytes instead of using a framework, so that it can also break off where no framework would.
"""

import asyncio
import contextlib
import json
import zlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self

from tests.wire.script import Act, Blank, Block, Break, Call, Cut, Garbage, Hang, Say, Spoil, Status, tokens

REASONS = {200: "OK", 307: "Temporary Redirect", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}
GZIP = 31
"""Window bits by which zlib writes gzip."""


@dataclass
class Request:
    """A request as it came, and whether the client went away before its answer was complete."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    dropped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


class FakeServer(ABC):
    """A model server that does what its script says, a step for each chat request."""

    stream_type: str

    def __init__(self, *script: Act) -> None:
        self.script: list[Act] = list(script) or [Say()]
        self.requests: list[Request] = []
        self.host = ""
        self._open: dict[asyncio.Task[Any], asyncio.WriteTransport] = {}

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://{self.host}"

    @property
    def chats(self) -> list[Request]:
        """Return the chat requests that came."""
        return [request for request in self.requests if self.is_chat(request)]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.host = "{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for transport in self._open.values():
            transport.abort()
        await asyncio.gather(*self._open, return_exceptions=True)

    @abstractmethod
    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for a chat."""

    @abstractmethod
    def other(self, request: Request) -> tuple[int, bytes]:
        """Return status and body for any other request."""

    def first(self) -> list[bytes]:
        """Return the messages that begin an answer."""
        return []

    @abstractmethod
    def token(self, text: str) -> bytes:
        """Return the bytes of one token."""

    @abstractmethod
    def last(self, say: Say) -> list[bytes]:
        """Return the messages that end an answer, but for the mark."""

    def mark(self) -> list[bytes]:
        """Return what a protocol sends to say that no more comes."""
        return []

    @abstractmethod
    def call(self, call: Call) -> list[bytes]:
        """Return the messages of a call of a tool."""

    def blank(self) -> bytes:
        """Return a message that holds no choice."""
        return b""

    def blocked(self) -> list[bytes]:
        """Return the messages of a prompt that is not answered, for whoever says so with status 200."""
        return [self.blank()]

    @abstractmethod
    def broken(self, act: Break) -> bytes:
        """Return the bytes of an error inside a stream."""

    @abstractmethod
    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer.transport
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            request = await _read(reader)
            self.requests.append(request)
            answer = _Answer(writer, reader, request)
            if self.is_chat(request):
                await self._act(self.script.pop(0) if len(self.script) > 1 else self.script[0], answer)
            else:
                status, body = self.other(request)
                await answer.whole(status, body)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        del self._open[task]

    async def _act(self, act: Act, answer: "_Answer") -> None:
        match act:
            case Status():
                await answer.whole(act.code, self.refused(act), act.headers)
            case Garbage():
                await answer.whole(200, act.body, {"Content-Type": act.content_type or self.stream_type})
            case Say():
                await self._say(act, answer)
            case Call():
                await answer.stream([*self.first(), *self.call(act), *self.mark()], self.stream_type)
            case Spoil():
                said = self._all(Say(act.text))
                await answer.stream([*said[: act.after], self.token("x")[:-9] + b"\n\n", *said], self.stream_type)
            case Blank():
                await answer.stream([self.blank(), self.blank(), *self.mark()], self.stream_type)
            case Block():
                await answer.stream(self.blocked(), self.stream_type)
            case Hang(mute=True):
                await answer.until_dropped()
            case Hang() | Cut() | Break():
                await self._begin(act, answer)

    async def _say(self, say: Say, answer: "_Answer") -> None:
        await asyncio.sleep(say.delay_s)
        messages = self._all(say) + (self.mark() if say.end == "marked" else [])
        kind = say.content_type or self.stream_type
        is_ended = say.end in {"marked", "unmarked"}
        await answer.stream(messages, kind, byte_by_byte=say.trickle, packed=say.packed, ended=is_ended)
        if say.end == "open":
            await answer.until_dropped()

    async def _begin(self, act: Hang | Cut | Break, answer: "_Answer") -> None:
        await answer.head(200, {"Content-Type": self.stream_type, "Transfer-Encoding": "chunked"})
        opening = self.first() if act.after else []
        for message in [*opening, *map(self.token, tokens(act.text)[: act.after])]:
            await answer.chunk(message)
        match act:
            case Hang():
                await answer.until_dropped()
            case Break():
                await answer.chunk(self.broken(act))
                await answer.chunk(b"")
            case Cut():
                if act.torn:
                    half = self.token(" and")
                    await answer.chunk(half[: len(half) // 2])
                if act.clean:
                    await answer.chunk(b"")

    def _all(self, say: Say) -> list[bytes]:
        return [*self.first(), *map(self.token, tokens(say.text)), *self.last(say)]


@dataclass
class _Answer:
    """One answer on its way out."""

    writer: asyncio.StreamWriter
    reader: asyncio.StreamReader
    request: Request
    parting: bool = False
    """Whether it says that the connection is closed afterwards."""

    async def head(self, status: int, headers: dict[str, str]) -> None:
        more = {"Connection": "close"} if self.parting else {}
        lines = [
            f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}",
            *(f"{k}: {v}" for k, v in (headers | more).items()),
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        await self.writer.drain()

    async def whole(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        fixed = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
        await self.head(status, fixed | (headers or {}))
        self.writer.write(body)
        await self.writer.drain()

    async def stream(
        self,
        messages: list[bytes],
        content_type: str,
        *,
        byte_by_byte: bool = False,
        packed: bool = False,
        ended: bool = True,
    ) -> None:
        """Write a body in chunks; one that is not `ended` lacks the last, empty chunk."""
        packer = zlib.compressobj(wbits=GZIP) if packed else None
        encoding = {"Content-Encoding": "gzip"} if packed else {}
        await self.head(200, {"Content-Type": content_type, "Transfer-Encoding": "chunked"} | encoding)
        for message in messages:
            data = message if packer is None else packer.compress(message) + packer.flush(zlib.Z_SYNC_FLUSH)
            for piece in map(bytes, zip(data)) if byte_by_byte else [data]:
                await self.chunk(piece)
        if packer is not None:
            await self.chunk(packer.flush())
        if ended:
            await self.chunk(b"")

    async def chunk(self, data: bytes) -> None:
        """Write a chunk of the body; an empty one ends it."""
        self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self.writer.drain()

    async def until_dropped(self) -> None:
        await self.reader.read()
        self.request.dropped.set()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


@contextlib.asynccontextmanager
async def silent_port() -> AsyncIterator[str]:
    """Give a `host:port` where connections are taken and nothing is ever said."""
    held: list[asyncio.WriteTransport] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer.transport)
        await reader.read()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    try:
        yield "{}:{}".format(*server.sockets[0].getsockname())
    finally:
        server.close()
        for transport in held:
            transport.abort()
        await asyncio.sleep(0)  # one turn of the loop, in which an aborted transport closes its socket
