"""Fake clouds that record every byte: OpenAI's and DeepSeek's chat completions, and Gemini's `generateContent`.

Their messages have the shapes of the providers' published references, with the fields that clients skip.
"""

import json
from typing import Any

from tests.wire.cloud_server import FakeCloud
from tests.wire.gemini import FakeGemini
from tests.wire.refusals import deepseek_refusal, openai_refusal
from tests.wire.script import Break, Call, Say, Status
from tests.wire.server import Request

__all__ = ["FakeChatCompletions", "FakeCloud", "FakeDeepSeek", "FakeGemini"]

ID = "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT"


class FakeChatCompletions(FakeCloud):
    """The protocol of OpenAI."""

    model = "gpt-4o-2024-08-06"

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for a chat completion."""
        return request.path == "/v1/chat/completions" and request.method == "POST"

    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""
        return bool(request.json.get("stream"))

    def whole(self, act: Say | Call) -> dict[str, Any]:
        """Return the answer in one piece."""
        say = act if isinstance(act, Say) else Say("", finish="tool_calls")
        called = {} if isinstance(act, Say) else {"tool_calls": [self._called(act)]}
        message: dict[str, Any] = {"role": "assistant", "content": say.text or None, "refusal": None, "annotations": []}
        choice = {"index": 0, "message": message | called, "logprobs": None, "finish_reason": say.finish}
        answer = self._fixed("chat.completion", say.model)
        return answer | {"choices": [choice], "usage": say.usage and self.usage(say.usage, say.cached)}

    def first(self) -> list[bytes]:
        """Return the event that begins an answer."""
        return [self._choice({"role": "assistant", "content": "", "refusal": None})]

    def token(self, text: str) -> bytes:
        """Return the event of one token."""
        return self._choice({"content": text})

    def last(self, say: Say) -> list[bytes]:
        """Return the events that end an answer."""
        counts = (
            []
            if say.usage is None
            else [self._event({"choices": [], "usage": self.usage(say.usage, say.cached)}, say.model)]
        )
        return [self._choice({}, say.finish, say.model), *counts]

    def mark(self) -> list[bytes]:
        """Return the mark of the end."""
        return [b"data: [DONE]\n\n"]

    def call(self, call: Call) -> list[bytes]:
        """Return the events of a call of a tool: its name, then its arguments in pieces."""
        called = self._called(call)
        arguments = called["function"]["arguments"]
        opening = {"index": 0} | called | {"function": {"name": call.name, "arguments": ""}}
        halves = [arguments[: len(arguments) // 2], arguments[len(arguments) // 2 :]]
        deltas = [opening, *({"index": 0, "function": {"arguments": half}} for half in halves)]
        events = [self._choice({"tool_calls": [delta]}) for delta in deltas]
        return [*events, *self.last(Say(finish="tool_calls"))]

    def blank(self) -> bytes:
        """Return an event that holds no choice."""
        return self._event({"choices": []})

    def broken(self, act: Break) -> bytes:
        """Return the event of an error inside a stream."""
        return b"data: " + json.dumps(self.refusal(act)).encode() + b"\n\n"

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status."""
        return json.dumps(self.refusal(status)).encode()

    def refusal(self, act: Status | Break) -> dict[str, Any]:
        """Return what stands in the place of an answer."""
        return openai_refusal(act)

    def usage(self, counts: tuple[int, int], cached: int) -> dict[str, Any]:
        """Return the counts of tokens."""
        plain = {"prompt_tokens": counts[0], "completion_tokens": counts[1], "total_tokens": sum(counts)}
        return plain | {"prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0}}

    def _called(self, call: Call) -> dict[str, Any]:
        function = {"name": call.name, "arguments": json.dumps(call.arguments)}
        return {"id": "call_62136354", "type": "function", "function": function}

    def _choice(self, delta: dict[str, Any], finish: str | None = None, model: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._event({"choices": [choice], "usage": None}, model)

    def _event(self, message: dict[str, Any], model: str | None = None) -> bytes:
        said = self._fixed("chat.completion.chunk", model) | message
        return b"data: " + json.dumps(said, separators=(",", ":")).encode() + b"\n\n"

    def _fixed(self, kind: str, model: str | None) -> dict[str, Any]:
        more = {"service_tier": "default", "system_fingerprint": "fp_44709d6fcb"}
        return {"id": ID, "object": kind, "created": 1741569952, "model": model or self.model} | more


class FakeDeepSeek(FakeChatCompletions):
    """DeepSeek's variation: it says that it is still there, counts what it found in its cache, and refuses in words."""

    model = "deepseek-chat"

    def first(self) -> list[bytes]:
        """Return what begins an answer: comments while it waits for its turn, then who speaks."""
        return [b": keep-alive\n\n", b": keep-alive\n\n", self._choice({"role": "assistant", "content": ""})]

    def last(self, say: Say) -> list[bytes]:
        """Return the event that ends an answer, with the counts in it."""
        choice = {"index": 0, "delta": {"content": ""}, "logprobs": None, "finish_reason": say.finish}
        counts = {"usage": self.usage(say.usage, say.cached)} if say.usage else {}
        return [self._event({"choices": [choice]} | counts, say.model)]

    def refusal(self, act: Status | Break) -> dict[str, Any]:
        """Return what stands in the place of an answer."""
        return deepseek_refusal(act)

    def usage(self, counts: tuple[int, int], cached: int) -> dict[str, Any]:
        """Return the counts of tokens."""
        told = {"prompt_cache_hit_tokens": cached, "prompt_cache_miss_tokens": counts[0] - cached}
        return super().usage(counts, cached) | told
