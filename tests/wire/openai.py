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
        known = {"/health": {"status": "ok"}, "/v1/models": {"object": "list", "data": [{"id": "m", "object": "model"}]}}
        return (200, json.dumps(known[request.path]).encode()) if request.path in known else (404, b"{}")

    def token(self, text: str) -> bytes:
        """Return the event of one token."""
        return self._event({"choices": [{"finish_reason": None, "index": 0, "delta": {"content": text}}]})

    def last(self, say: Say) -> list[bytes]:
        """Return the events that end an answer: why it ended, the counts, the mark."""
        end = self._event({"choices": [{"finish_reason": say.finish, "index": 0, "delta": {}}]})
        return [end, *self._counts(say.usage), b"data: [DONE]\n\n"]

    def broken(self, said: str) -> bytes:
        """Return the event of an error inside a stream."""
        return b"data: " + json.dumps({"error": {"code": 500, "message": said, "type": "server_error"}}).encode() + b"\n\n"

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        return json.dumps({"error": {"code": status.code, "message": status.said, "type": "invalid_request_error"}}).encode()

    def _counts(self, usage: tuple[int, int] | None) -> list[bytes]:
        if usage is None:
            return []
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        return [self._event({"choices": [], "usage": counts})]

    def _event(self, message: dict[str, Any]) -> bytes:
        fixed = {"created": 1795308861, "id": "chatcmpl-1", "model": "m", "object": "chat.completion.chunk"}
        return b"data: " + json.dumps(message | fixed, separators=(",", ":")).encode() + b"\n\n"
