"""A fake server of OpenAI's chat protocol, as llama.cpp speaks it, recorded from the real one."""

import json
from typing import Any

from tests.wire.script import Act, Say, Status
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
        """Return the events that end an answer: why it ended, the counts, the mark."""
        return [self._choice({}, say.finish), *self._counts(say.usage), b"data: [DONE]\n\n"]

    def broken(self, said: str) -> bytes:
        """Return the event of an error inside a stream."""
        return b"data: %b\n\n" % _error(500, said)

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        return _error(status.code, status.said)

    def _choice(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        return self._event({"choices": [{"finish_reason": finish, "index": 0, "delta": delta}]})

    def _counts(self, usage: tuple[int, int] | None) -> list[bytes]:
        if usage is None:
            return []
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        return [self._event({"choices": [], "usage": counts})]

    def _event(self, message: dict[str, Any]) -> bytes:
        fixed = {"created": 1795308861, "id": "chatcmpl-1", "model": "m", "object": "chat.completion.chunk"}
        return b"data: " + json.dumps(message | fixed, separators=(",", ":")).encode() + b"\n\n"


def _error(code: int, said: str) -> bytes:
    return json.dumps({"error": {"code": code, "message": said, "type": "invalid_request_error"}}).encode()
