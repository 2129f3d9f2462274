"""Fake clouds whose model does what it is asked: it calls the tool that it must, and fills the form that it gets."""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.wire.cloud import FakeChatCompletions, FakeDeepSeek, FakeGemini
from tests.wire.script import Act, Call, Say
from tests.wire.server import Request

JOKE = {"type": "object", "properties": {"setup": {"type": "string"}, "punchline": {"type": "string"}}}
"""What is answered where JSON is asked for without saying which."""


def filled(schema: Mapping[str, Any], text: str) -> Any:
    """Return a value of a JSON schema, with the first number and the first quoted name of `text` in it."""
    if "anyOf" in schema:
        return filled(schema["anyOf"][0], text)
    match str(schema.get("type", "string")).lower():
        case "object":
            return {name: filled(part, text) for name, part in (schema.get("properties") or {}).items()}
        case "array":
            return [filled(schema["items"], text)]
        case "integer" | "number":
            found = re.search(r"\d+", text)
            return int(found[0]) if found else 1
        case "boolean":
            return True
    quoted = re.search(r"'([^']+)'", text)
    return quoted[1] if quoted else "pirate"


class ObligingChatCompletions(FakeChatCompletions):
    """A model of OpenAI's protocol that does what it is asked."""

    def act_for(self, request: Request) -> Act:
        """Return a call of a tool where there are tools and no result of one yet, else the text that is wanted."""
        body = request.json
        *_, last = body["messages"]
        text = str(last["content"])
        if body.get("tools") and last["role"] != "tool":
            return self._call(body, text)
        form = body.get("response_format", {"type": "text"})
        if form["type"] == "text":
            return Say()
        schema = form["json_schema"]["schema"] if form["type"] == "json_schema" else JOKE
        return Say(json.dumps(filled(schema, text)))

    def _call(self, body: dict[str, Any], text: str) -> Call:
        choice = body.get("tool_choice")
        wanted = choice["function"]["name"] if isinstance(choice, dict) else None
        functions = [tool["function"] for tool in body["tools"]]
        function = next(f for f in functions if wanted in (None, f["name"]))
        return Call(function["name"], filled(function["parameters"], text))


class ObligingDeepSeek(ObligingChatCompletions, FakeDeepSeek):
    """DeepSeek's variation of it."""


class ObligingGemini(FakeGemini):
    """A model of Gemini's protocol that does what it is asked."""

    def act_for(self, request: Request) -> Act:
        """Return a call of a tool where there are tools and no result of one yet, else the text that is wanted."""
        body = request.json
        parts = body["contents"][-1]["parts"]
        text = "\n".join(part.get("text", "") for part in parts)
        if body.get("tools") and not any("functionResponse" in part for part in parts):
            return self._call(body, text)
        settings = body.get("generationConfig", {})
        if settings.get("responseMimeType") != "application/json":
            return Say()
        schema = settings.get("responseJsonSchema") or settings.get("responseSchema") or JOKE
        return Say(json.dumps(filled(schema, text)))

    def _call(self, body: dict[str, Any], text: str) -> Call:
        allowed = body.get("toolConfig", {}).get("functionCallingConfig", {}).get("allowedFunctionNames")
        functions = [function for tool in body["tools"] for function in tool["functionDeclarations"]]
        function = next(f for f in functions if not allowed or f["name"] in allowed)
        schema = function.get("parametersJsonSchema") or function.get("parameters") or {"type": "object"}
        return Call(function["name"], filled(schema, text))
