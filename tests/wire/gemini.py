"""A fake Gemini. Its messages have the shapes of the published reference, with the fields that clients skip."""

import json
from typing import Any

from tests.wire.cloud_server import FakeCloud
from tests.wire.refusals import gemini_refusal
from tests.wire.script import Break, Call, Say, Status, tokens
from tests.wire.server import Request

GEMINI_FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
RATINGS = [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}]


class FakeGemini(FakeCloud):
    """The protocol of Gemini: `generateContent`, and `streamGenerateContent` as server-sent events."""

    model = "gemini-2.5-flash"

    def is_chat(self, request: Request) -> bool:
        """Tell whether a request asks for content."""
        path = request.path.partition("?")[0]
        return path.startswith("/v1beta/models/") and path.endswith((":generateContent", ":streamGenerateContent"))

    def is_streamed(self, request: Request) -> bool:
        """Tell whether a request wants its answer in pieces."""
        return ":streamGenerateContent" in request.path

    def whole(self, act: Say | Call) -> dict[str, Any]:
        """Return the answer in one piece."""
        if isinstance(act, Call):
            return self._content([self._called(act)], "STOP") | self._usage((42, 7))
        return self._content([{"text": act.text}], GEMINI_FINISH[act.finish], act.model) | self._usage(
            act.usage, act.cached
        )

    def token(self, text: str) -> bytes:
        """Return the event of one piece."""
        return self._event(self._content([{"text": text}]))

    def last(self, say: Say) -> list[bytes]:
        """Return the event that ends an answer."""
        end = self._content([{"text": ""}], GEMINI_FINISH[say.finish], say.model)
        return [self._event(end | self._usage(say.usage, say.cached))]

    def call(self, call: Call) -> list[bytes]:
        """Return the event of a call of a tool, which comes whole."""
        return [self._event(self.whole(call))]

    def blank(self) -> bytes:
        """Return an event that holds no candidate."""
        return self._event({"candidates": [], "modelVersion": self.model})

    def blocked(self) -> list[bytes]:
        """Return the event of a prompt that is not answered."""
        feedback = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT", "safetyRatings": RATINGS}}
        return [self._event(feedback | self._usage((42, 0)) | {"modelVersion": self.model})]

    def broken(self, act: Break) -> bytes:
        """Return what comes instead of an event where the model breaks."""
        return self._event(gemini_refusal(act))

    def refused(self, status: Status) -> bytes:
        """Return the body that goes with a status; `retry-delay` among its headers is said in the body."""
        return json.dumps(gemini_refusal(status, status.headers.get("retry-delay")), indent=2).encode()

    def _all(self, say: Say) -> list[bytes]:
        """Return the events of an answer: each has the counts of all that came so far."""
        said, pieces = [], tokens(say.text)
        for number, text in enumerate(pieces, 1):
            counts = say.usage and (say.usage[0], say.usage[1] * number // (len(pieces) + 1))
            said.append(self._event(self._content([{"text": text}]) | self._usage(counts, say.cached)))
        return [*said, *self.last(say)]

    def _content(
        self, parts: list[dict[str, Any]], finish: str | None = None, model: str | None = None
    ) -> dict[str, Any]:
        candidate: dict[str, Any] = {"content": {"parts": parts, "role": "model"}, "index": 0}
        if finish is not None:
            candidate |= {"finishReason": finish, "safetyRatings": RATINGS}
        return {"candidates": [candidate], "modelVersion": model or self.model, "responseId": "mAitaLmkHPPlz7IP"}

    def _called(self, call: Call) -> dict[str, Any]:
        return {"functionCall": {"name": call.name, "args": call.arguments}}

    def _usage(self, usage: tuple[int, int] | None, cached: int = 0) -> dict[str, Any]:
        if usage is None:
            return {}
        counts = {"promptTokenCount": usage[0], "candidatesTokenCount": usage[1], "totalTokenCount": sum(usage)}
        counts |= {"cachedContentTokenCount": cached} if cached else {}
        return {"usageMetadata": counts | {"promptTokensDetails": [{"modality": "TEXT", "tokenCount": usage[0]}]}}

    def _event(self, message: dict[str, Any]) -> bytes:
        return b"data: " + json.dumps(message).encode() + b"\r\n\r\n"
