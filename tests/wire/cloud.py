"""Fake clouds that record every byte: OpenAI's and DeepSeek's chat completions, and Gemini's `generateContent`.

Their messages have the shapes of the providers' published references, with the fields that clients skip.
"""

import asyncio
import contextlib
import json
from abc import abstractmethod
from typing import Any, cast

from tests.wire.script import Act, Say, Status
from tests.wire.server import FakeServer, Request, _Answer, _read

ID = "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT"
GEMINI_FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
STATUS_WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"} | {
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class FakeCloud(FakeServer):
    """A cloud that keeps its connections open, as clouds do, and keeps all that it is sent in `received`."""

    stream_type = "text/event-stream"

    def __init__(self, *script: Act) -> None:
        super().__init__(*script)
        self.received = bytearray()
        self.connections = 0

    @abstractmethod
    def whole(self, say: Say) -> dict[str, Any]:
        """Return the answer to a request that wants it in one piece."""

    @abstractmethod
    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""

    def other(self, _request: Request) -> tuple[int, bytes]:
        """Return status and body for any other request."""
        return 404, b"{}"

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
        answer = _Answer(writer, reader, request)
        if not self.is_chat(request):
            await answer.whole(*self.other(request))
            return True
        act = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(act, Say) and not self.is_streamed(request):
            await answer.whole(200, json.dumps(self.whole(act)).encode())
        else:
            await self._act(act, answer)
        return isinstance(act, Say | Status)


class FakeChatCompletions(FakeCloud):
    """The protocol of OpenAI, which DeepSeek speaks too."""

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for a chat completion."""
        return request.path == "/v1/chat/completions" and request.method == "POST"

    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""
        return bool(request.json.get("stream"))

    def whole(self, say: Say) -> dict[str, Any]:
        """Return the answer in one piece."""
        message: dict[str, Any] = {"role": "assistant", "content": say.text, "refusal": None, "annotations": []}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": say.finish}
        return self._fixed("chat.completion") | {"choices": [choice], "usage": self._usage(say.usage)}

    def first(self) -> list[bytes]:
        """Return the event that begins an answer."""
        return [self._choice({"role": "assistant", "content": "", "refusal": None})]

    def token(self, text: str) -> bytes:
        """Return the event of one token."""
        return self._choice({"content": text})

    def last(self, say: Say) -> list[bytes]:
        """Return the events that end an answer."""
        counts = [] if say.usage is None else [self._event({"choices": [], "usage": self._usage(say.usage)})]
        return [self._choice({}, say.finish), *counts, b"data: [DONE]\n\n"]

    def broken(self, said: str) -> bytes:
        """Return the event of an error inside a stream."""
        return b"data: %b\n\n" % self.refused(Status(500, said))

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        codes = {401: "invalid_api_key", 429: "rate_limit_exceeded", 404: "model_not_found"}
        error = {"message": status.said, "type": "invalid_request_error", "param": None, "code": codes.get(status.code)}
        return json.dumps({"error": error}).encode()

    def _choice(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._event({"choices": [choice], "usage": None})

    def _event(self, message: dict[str, Any]) -> bytes:
        said = self._fixed("chat.completion.chunk") | message
        return b"data: " + json.dumps(said, separators=(",", ":")).encode() + b"\n\n"

    def _fixed(self, kind: str) -> dict[str, Any]:
        more = {"service_tier": "default", "system_fingerprint": "fp_44709d6fcb"}
        return {"id": ID, "object": kind, "created": 1741569952, "model": "gpt-4o-2024-08-06"} | more

    def _usage(self, usage: tuple[int, int] | None) -> dict[str, Any] | None:
        if usage is None:
            return None
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        return counts | {"prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0}}


class FakeGemini(FakeCloud):
    """The protocol of Gemini: `generateContent`, and `streamGenerateContent` as server-sent events."""

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for content."""
        path = request.path.partition("?")[0]
        return path.startswith("/v1beta/models/") and path.endswith((":generateContent", ":streamGenerateContent"))

    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""
        return ":streamGenerateContent" in request.path

    def whole(self, say: Say) -> dict[str, Any]:
        """Return the answer in one piece."""
        return self._content(say.text, GEMINI_FINISH[say.finish]) | self._usage(say.usage)

    def token(self, text: str) -> bytes:
        """Return the event of one piece."""
        return self._event(self._content(text))

    def last(self, say: Say) -> list[bytes]:
        """Return the event that ends an answer."""
        return [self._event(self._content("", GEMINI_FINISH[say.finish]) | self._usage(say.usage))]

    def broken(self, said: str) -> bytes:
        """Return what comes instead of an event where the model breaks."""
        return self._event(json.loads(self.refused(Status(500, said))))

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        error = {"code": status.code, "message": status.said, "status": STATUS_WORDS.get(status.code, "UNKNOWN")}
        return json.dumps({"error": error}, indent=2).encode()

    def _content(self, text: str, finish: str | None = None) -> dict[str, Any]:
        candidate: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}
        if finish is not None:
            candidate["finishReason"] = finish
        return {"candidates": [candidate], "modelVersion": "gemini-2.5-flash", "responseId": "mAitaLmkHPPlz7IP"}

    def _usage(self, usage: tuple[int, int] | None) -> dict[str, Any]:
        if usage is None:
            return {}
        counts = {"promptTokenCount": usage[0], "candidatesTokenCount": usage[1], "totalTokenCount": sum(usage)}
        return {"usageMetadata": counts | {"promptTokensDetails": [{"modality": "TEXT", "tokenCount": usage[0]}]}}

    def _event(self, message: dict[str, Any]) -> bytes:
        return b"data: " + json.dumps(message).encode() + b"\r\n\r\n"
