"""One answer of OpenAI's chat protocol on its way out, streamed or in one piece, in full or amiss.

Its messages have the shapes of the published reference, with the fields that clients skip.
"""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from benchmarks.models.acts import Answering, Refusing, Try

PACE_S = 0.015
"""From one token to the next, seconds."""
REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}
STREAM = {"Content-Type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked"}


@dataclass
class Answer:
    """One answer on its way out."""

    act: Answering
    asked: dict[str, Any]
    tried: Try
    tokens: list[str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self) -> bool:
        """Send it; tell whether the connection stays open."""
        if not self.asked.get("stream"):
            self.tried.did, self.tried.whole = "200 in one piece", True
            await write(self.writer, 200, json.dumps(self._whole()).encode())
            return True
        self.tried.did = "200 and no end"
        self.writer.write(_head(200, STREAM))
        await self.writer.drain()
        await pause(self.reader, self.act.first_after_s)
        numbers = count(1)
        await self._event(self._choice({"role": "assistant", "content": "", "refusal": None}), numbers)
        for sent, token in enumerate(self.tokens):
            if sent == self.act.cut_after or sent == self.act.stall_after:
                return await self._break_off()
            await self._event(self._choice({"content": token}), numbers)
            await asyncio.sleep(PACE_S)
        await self._end(numbers)
        return True

    async def _break_off(self) -> bool:
        if self.act.stall_after is not None:
            await pause(self.reader, self.act.stall_s)
        return False

    async def _end(self, numbers: "count[int]") -> None:
        await self._event(self._choice({}, "stop"), numbers)
        if (self.asked.get("stream_options") or {}).get("include_usage"):
            await self._event({"choices": [], "usage": self._usage()}, numbers)
        await self._chunk(b"data: [DONE]\n\n" if self.act.done else b"")
        self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()
        self.tried.did, self.tried.whole = "200 to its end", True

    async def _event(self, said: dict[str, Any], numbers: "count[int]") -> None:
        """Send an event, and the malformed one before it where its turn has come."""
        data = b"data: " + json.dumps(self._fixed("chat.completion.chunk") | said).encode() + b"\n\n"
        if next(numbers) == self.act.malformed_event:
            next(numbers)
            await self._chunk(data[: len(data) // 2] + b"\n\n")
        await self._chunk(data)

    async def _chunk(self, data: bytes) -> None:
        if data:  # an empty chunk would end the body
            self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            await self.writer.drain()

    def _choice(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {"choices": [choice], "usage": None}

    def _whole(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "role": "assistant",
            "content": "".join(self.tokens),
            "refusal": None,
            "annotations": [],
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._fixed("chat.completion") | {"choices": [choice], "usage": self._usage()}

    def _usage(self) -> dict[str, Any]:
        """Return the counts: a token a word."""
        sent, said = sum(len(str(m["content"]).split()) for m in self.asked["messages"]), len(self.tokens)
        return {
            "prompt_tokens": sent,
            "completion_tokens": said,
            "total_tokens": sent + said,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        }

    def _fixed(self, kind: str) -> dict[str, Any]:
        return {
            "id": "chatcmpl-C7rvtJb7H1mF2sQwX0aZpKdY3Lq9e",
            "object": kind,
            "created": int(time.time()),
            "model": self.asked["model"],
            "service_tier": "default",
            "system_fingerprint": "fp_44709d6fcb",
        }


async def pause(reader: asyncio.StreamReader, for_s: float) -> None:
    """Wait so many seconds; raise `ConnectionResetError` as soon as the client has gone."""
    if for_s == 0:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(for_s):
            await reader.read(1)
            raise ConnectionResetError


def _head(status: int, headers: dict[str, str]) -> bytes:
    known = {"x-request-id": "req_6f7c1d8a4b2e49d0", "openai-version": "2020-10-01"}
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}"]
    return "\r\n".join([*lines, *(f"{k}: {v}" for k, v in (known | headers).items()), "", ""]).encode()


async def write(writer: asyncio.StreamWriter, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    """Write an answer in one piece."""
    fixed = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    writer.write(_head(status, fixed | (headers or {})) + body)
    await writer.drain()


def error_body(act: Refusing) -> bytes:
    """Return the error that goes with a status."""
    said = {"message": act.message, "type": act.kind, "param": None, "code": act.code}
    return json.dumps({"error": said}, indent=2).encode()
