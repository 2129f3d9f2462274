"""The one body that a cleared prompt makes in each protocol.

A body on its way out is not searched for what is bad: it must be this one. So a field that nobody thought of (tools,
metadata, a user's name, a file) has no place to be, and what is sent is written here, from the cleared prompt and
constants, whatever the client library wrote.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from privacy.cleared import ClearedPrompt

Protocol = Literal["openai", "deepseek", "gemini"]
GEMINI_ROLES = {"user": "user", "assistant": "model"}


@dataclass(frozen=True, slots=True)
class May:
    """A constant that a client library may send or leave out; we leave it out."""

    value: Any


def openai_body(prompt: ClearedPrompt, model: str, *, streamed: bool) -> dict[str, Any]:
    """Return the body of OpenAI's `/chat/completions`."""
    said: dict[str, Any] = _chat(prompt, model, streamed=streamed) | {"max_completion_tokens": prompt.max_tokens}
    if prompt.schema is not None:
        form = {"name": "answer", "schema": json.loads(prompt.schema), "strict": True}
        said["response_format"] = {"type": "json_schema", "json_schema": form}
    return said


def deepseek_body(prompt: ClearedPrompt, model: str, *, streamed: bool) -> dict[str, Any]:
    """Return the body of DeepSeek's `/chat/completions`: an older limit, and JSON without a schema."""
    said: dict[str, Any] = _chat(prompt, model, streamed=streamed) | {"max_tokens": prompt.max_tokens}
    return said if prompt.schema is None else said | {"response_format": {"type": "json_object"}}


def gemini_body(prompt: ClearedPrompt, thinking_budget: int | None) -> dict[str, Any]:
    """Return the body of Gemini's `generateContent`, which is that of `streamGenerateContent`."""
    system = [{"text": text} for role, text in prompt.messages if role == "system"]
    turns = [
        {"role": GEMINI_ROLES[role], "parts": [{"text": text}]} for role, text in prompt.messages if role != "system"
    ]
    settings: dict[str, Any] = {
        "temperature": prompt.temperature,
        "maxOutputTokens": prompt.max_tokens,
        "candidateCount": May(1),
    }
    if prompt.schema is not None:
        settings |= {"responseMimeType": "application/json", "responseJsonSchema": json.loads(prompt.schema)}
    if thinking_budget is not None:
        settings["thinkingConfig"] = {"thinking_budget": thinking_budget}
    said: dict[str, Any] = {"contents": turns, "generationConfig": settings, "safetySettings": May([])}
    return said | ({"systemInstruction": {"parts": system}} if system else {})


def difference(form: Any, found: Any, where: str = "the body") -> str | None:
    """Say where `found` is not of `form`, in the form's own words only, or return None where it is."""
    if isinstance(form, May):
        return difference(form.value, found, where)
    if isinstance(form, Mapping):
        return _other_keys(form, found, where)
    if isinstance(form, list):
        return _other_items(form, found, where)
    return None if _equal(form, found) else f"{where} is not as cleared"


def written(form: Any) -> Any:
    """Return a form as the value to send."""
    if isinstance(form, Mapping):
        return {key: written(value) for key, value in form.items() if not isinstance(value, May)}
    return [written(item) for item in form] if isinstance(form, list) else form


def _chat(prompt: ClearedPrompt, model: str, *, streamed: bool) -> dict[str, Any]:
    streaming = {"stream": True, "stream_options": {"include_usage": True}}
    return {
        "model": model,
        "messages": [{"role": role, "content": text} for role, text in prompt.messages],
        "temperature": prompt.temperature,
        "n": May(1),
        **(streaming if streamed else {"stream": May(value=False)}),
    }


def _other_keys(form: Mapping[str, Any], found: Any, where: str) -> str | None:
    if not isinstance(found, dict):
        return f"{where} is not as cleared"
    if found.keys() - form.keys():
        return f"{where} has a key that is not of a cleared prompt"
    if missing := [key for key, value in form.items() if key not in found and not isinstance(value, May)]:
        return f"{where} lacks {missing[0]!r}"
    return _first(lambda key: difference(form[key], found[key], f"{where}: {key}"), found)


def _other_items(form: list[Any], found: Any, where: str) -> str | None:
    if not isinstance(found, list) or len(found) != len(form):
        return f"{where} has not as many entries as cleared"
    return _first(lambda at: difference(form[at], found[at], f"{where} {at + 1}"), range(len(form)))


def _first(say: Callable[[Any], str | None], places: Any) -> str | None:
    return next((said for place in places if (said := say(place)) is not None), None)


def _equal(form: Any, found: Any) -> bool:
    """Tell whether two plain values are the same in JSON: true is not 1, and 0 is 0.0."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (form, found))
    return (numbers or type(form) is type(found)) and bool(form == found)
