"""The embedded chat model streams, keeps to a schema, and ends when told."""

import json

import httpx

from config.settings import Settings
from services.embedded_model import MODEL, embedded_model, ensure_embedded_model
from services.process import stop

LEVEL = {
    "type": "object",
    "properties": {"level": {"enum": ["low", "medium", "high"]}},
    "required": ["level"],
    "additionalProperties": False,
}
AS_LEVEL = {"type": "json_schema", "json_schema": {"name": "level", "schema": LEVEL}}


def ask(question: str, **more: object) -> dict[str, object]:
    """Make a chat request."""
    return {
        "model": MODEL,
        "messages": [{"role": "user", "content": question}],
        "max_tokens": 64,
        "temperature": 0,
        **more,
    }


async def test_chat_is_streamed_and_a_schema_kept_and_sigterm_ends_it(settings: Settings) -> None:
    url = await ensure_embedded_model(settings)
    async with httpx.AsyncClient(base_url=url, timeout=20, limits=httpx.Limits(max_keepalive_connections=0)) as client:
        async with client.stream("POST", "chat/completions", json=ask("Say hello.", stream=True)) as reply:
            lines = [line.removeprefix("data: ") async for line in reply.aiter_lines() if line]
        chunks = [json.loads(line)["choices"][0]["delta"] for line in lines if line != "[DONE]"]
        assert lines[-1] == "[DONE]"
        assert len([chunk for chunk in chunks if chunk.get("content")]) > 1
        reply = await client.post("chat/completions", json=ask("How high is 9?", response_format=AS_LEVEL))
        answer = json.loads(reply.json()["choices"][0]["message"]["content"])
        assert answer["level"] in ("low", "medium", "high")
    service = embedded_model(settings)
    assert await stop(service)
    assert "Say hello" not in service.log.read_text()
