"""A fake server of OpenAI's chat protocol, as llama.cpp speaks it, recorded from the real one."""

import json
from typing import Any

from tests.wire.refusals import llama_cpp_refusal
from tests.wire.script import Act, Break, Call, Say, Status
from tests.wire.server import FakeServer, Request


class FakeOpenAI(FakeServer):
    """A server that answers each chat completion by its script."""

    stream_type = "text/event-stream"

    def __init__(self, *script: Act) -> None:
        super().__init__(*script)

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for a chat completion."""
        return request.path == "/v1/chat/completions"

    def other(self, request: Request) -> tuple[int, bytes]:
        """Return status and body for any other request."""
        return (200, b'{"status":"ok"}') if request.path == "/health" else (404, b"{}")

    def first(self) -> list[bytes]:
        """Return the event that begins an answer: who speaks, and nothing said yet."""
        return [self._choice({"role": "assistant", "content": None})]

    def token(self, text: str) -> bytes:
        """Return the event of one token."""
        return self._choice({"content": text})

    def last(self, say: Say) -> list[bytes]:
        """Return the events that end an answer: why it ended, and the counts."""
        return [self._choice({}, say.finish, say.model), *self._counts(say.usage)]

    def mark(self) -> list[bytes]:
        """Return the mark of the end."""
        return [b"data: [DONE]\n\n"]

    def call(self, call: Call) -> list[bytes]:
        """Return the events of a call of a tool."""
        function = {"name": call.name, "arguments": json.dumps(call.arguments)}
        called = {"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}]}
        return [self._choice(called), self._choice({}, "tool_calls")]

    def blank(self) -> bytes:
        """Return an event that holds no choice."""
        return self._event({"choices": []})

    def broken(self, act: Break) -> bytes:
        """Return the event of an error inside a stream."""
        return b"data: %b\n\n" % json.dumps(llama_cpp_refusal(act)).encode()

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        return json.dumps(llama_cpp_refusal(status)).encode()

    def _choice(self, delta: dict[str, Any], finish: str | None = None, model: str | None = None) -> bytes:
        return self._event({"choices": [{"finish_reason": finish, "index": 0, "delta": delta}]}, model)

    def _counts(self, usage: tuple[int, int] | None) -> list[bytes]:
        if usage is None:
            return []
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        return [self._event({"choices": [], "usage": counts})]

    def _event(self, message: dict[str, Any], model: str | None = None) -> bytes:
        fixed = {
            "created": 1795308861,
            "id": "chatcmpl-1",
            "model": model or "m",
            "object": "chat.completion.chunk",
        }
        return b"data: " + json.dumps(message | fixed, separators=(",", ":")).encode() + b"\n\n"
