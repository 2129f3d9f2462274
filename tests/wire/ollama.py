"""A fake Ollama: its protocol as version 0.17.4 speaks it, recorded from the real one."""

import json
from typing import Any

from tests.wire.refusals import ollama_refusal
from tests.wire.script import Act, Break, Call, Say, Status
from tests.wire.server import FakeServer, Request

CREATED_AT = "2026-01-01T00:00:00.000000001Z"


def tag(name: str, **more: str) -> dict[str, Any]:
    """Return an entry of `/api/tags`; `remote_host=...` makes it one that Ollama only forwards."""
    size = {"parameter_size": "134.52M", "quantization_level": "Q4_1", "family": "llama", "families": ["llama"]}
    fixed = {"modified_at": CREATED_AT, "size": 98363022, "digest": "c1", "details": size | {"format": "gguf"}}
    return {"name": name, "model": name} | fixed | more


class FakeOllama(FakeServer):
    """An Ollama that has `models` and answers each chat by its script."""

    stream_type = "application/x-ndjson"

    def __init__(self, *script: Act, models: tuple[str | dict[str, Any], ...] = ("llama3.2:3b", "qwen2.5:7b")) -> None:
        super().__init__(*script)
        self.tags = [tag(model) if isinstance(model, str) else model for model in models]
        self.aliases: list[dict[str, Any]] = []
        self.version = "0.17.4"

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for a chat."""
        return request.path == "/api/chat"

    def other(self, request: Request) -> tuple[int, bytes]:
        """Return status and body for any other request."""
        known = {
            "/api/version": {"version": self.version},
            "/api/tags": {"models": self.tags},
            "/api/experimental/aliases": {"aliases": self.aliases},
        }
        if request.path not in known:
            return 404, b"404 page not found"
        return 200, json.dumps(known[request.path]).encode()

    def token(self, text: str) -> bytes:
        """Return the line of one token."""
        return self._line({"message": {"role": "assistant", "content": text}, "done": False})

    def last(self, say: Say) -> list[bytes]:
        """Return the line that ends an answer, with the counts."""
        counts = {} if say.usage is None else {"prompt_eval_count": say.usage[0], "eval_count": say.usage[1]}
        durations = {"total_duration": 9000, "load_duration": 1000, "prompt_eval_duration": 3000, "eval_duration": 5000}
        end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": say.finish}
        return [self._line(end | durations | counts, say.model)]

    def call(self, call: Call) -> list[bytes]:
        """Return the lines of a call of a tool."""
        called = {"function": {"name": call.name, "arguments": call.arguments}}
        message = {"role": "assistant", "content": "", "tool_calls": [called]}
        return [self._line({"message": message, "done": False}), *self.last(Say())]

    def blank(self) -> bytes:
        """Return a line that says nothing."""
        return self._line({"message": {"role": "assistant", "content": ""}, "done": False})

    def broken(self, act: Break) -> bytes:
        """Return the line of an error inside a stream."""
        return json.dumps(ollama_refusal(act)).encode() + b"\n"

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        return json.dumps(ollama_refusal(status)).encode()

    def _line(self, message: dict[str, Any], model: str | None = None) -> bytes:
        return (
            json.dumps({"model": model or "m", "created_at": CREATED_AT} | message, separators=(",", ":")).encode()
            + b"\n"
        )
