"""A fake cloud that records every byte, in the protocol of whoever is made of it."""

import asyncio
import contextlib
import json
from abc import abstractmethod
from typing import Any, cast

from tests.wire.script import Act, Call, Say, Status
from tests.wire.server import FakeServer, Request, _Answer, _read


class FakeCloud(FakeServer):
    """A cloud that keeps its connections open, as clouds do, and keeps all that it is sent in `received`."""

    stream_type = "text/event-stream"
    parting = False
    """Whether it closes each connection after one answer, for clients that nobody closes."""

    def __init__(self, *script: Act) -> None:
        super().__init__(*script)
        self.received = bytearray()
        self.connections = 0

    @abstractmethod
    def whole(self, act: Say | Call) -> dict[str, Any]:
        """Return the answer to a request that wants it in one piece."""

    @abstractmethod
    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""

    def other(self, _request: Request) -> tuple[int, bytes]:
        """Return status and body for any other request."""
        return 404, b"{}"

    def act_for(self, _request: Request) -> Act:
        """Return what is done with a chat request: the next of the script."""
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer.transport
        self.connections += 1
        self._record(reader)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self._answer(reader, writer):
                pass
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        del self._open[task]

    def _record(self, reader: asyncio.StreamReader) -> None:
        """Note bytes as they come, whether they make a request or not."""
        feed, seen = reader.feed_data, self.received

        def noted(data: bytes) -> None:
            seen.extend(data)
            feed(data)

        cast("Any", reader).feed_data = noted

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; tell whether the connection stays open."""
        request = await _read(reader)
        self.requests.append(request)
        answer = _Answer(writer, reader, request, self.parting)
        if not self.is_chat(request):
            await answer.whole(*self.other(request))
            return not self.parting
        act = self.act_for(request)
        if isinstance(act, Say | Call) and not self.is_streamed(request):
            await answer.whole(200, json.dumps(self.whole(act)).encode())
        else:
            await self._act(act, answer)
        is_ended = isinstance(act, Status | Call) or (isinstance(act, Say) and act.end in {"marked", "unmarked"})
        return is_ended and not self.parting
