"""The port by which nodes ask models."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TYPE_CHECKING

from config.settings import Settings
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelError, ModelTimeout, NotLocal
from models.filling import Answer, filled
from models.fitting import require_fits
from models.profile import Resolution, resolve
from models.roles import ANALYSIS, CLASSIFICATION, PATIENCE, Patience, Role, Sampling
from models.streaming import relay
from models.usage import Chunk, Usage
from models.voices import StartEmbedded, Voices, start_embedded_model

if TYPE_CHECKING:
    from models.voice import Messages, Schema, Voice

FRESH_S = 5.0
"""How long a look at Ollama holds, seconds: one that comes up is seen by the next question."""


@contextlib.asynccontextmanager
async def open_chat_models(
    settings: Settings, *, start_embedded: StartEmbedded = start_embedded_model, patience: Patience = PATIENCE
) -> AsyncIterator["ChatModels"]:
    """Open the chat models for `settings`, and close their connections at the end."""
    models = ChatModels(settings, start_embedded=start_embedded, patience=patience)
    try:
        yield models
    finally:
        await models.close()


class ChatModels:
    """The chat models of one profile. Nothing is imported, opened or started before it is first needed."""

    def __init__(
        self,
        settings: Settings,
        *,
        start_embedded: StartEmbedded = start_embedded_model,
        patience: Patience = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._patience, self._clock = settings, patience, clock
        self._voices = Voices(settings, start_embedded)
        self._resolved: tuple[float, Resolution] | None = None
        self._resolving = asyncio.Lock()

    async def resolution(self) -> Resolution:
        """Return what the profile comes to now, and why; a look at Ollama holds for `FRESH_S`."""
        async with self._resolving:
            if self._resolved is None or self._clock() - self._resolved[0] >= FRESH_S:
                self._resolved = (self._clock(), await resolve(self._settings))
            return self._resolved[1]

    async def ladder(self, role: Role) -> list[Endpoint]:
        """Return the endpoints of a role in the order to try them; one that cannot work fails at once when asked."""
        return list((await self.resolution()).ladders[role])

    def stream(
        self,
        endpoint: Endpoint,
        messages: "Messages",
        *,
        deadline: Deadline,
        sampling: Sampling = ANALYSIS,
    ) -> AsyncGenerator[Chunk, None]:
        """Ask once; yield texts as they come, then one last chunk with finish and usage.

        Messages are those of LangChain, or (role, text) pairs. Raises `ModelError`, also in the middle of an answer:
        a stream that ends without its last chunk has raised. Close it (`contextlib.aclosing`) to stop the model early.
        """
        return self._ask(endpoint, messages, sampling, None, deadline)

    async def fill(
        self,
        endpoint: Endpoint,
        messages: "Messages",
        schema: type[Answer],
        *,
        deadline: Deadline,
        sampling: Sampling = CLASSIFICATION,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> Answer:
        """Ask once for an answer of a form, held to its JSON schema while it is written, and return it validated.

        Grammars hold for enums and types, not for ranges of numbers: what does not validate raises `MalformedAnswer`,
        `TruncatedAnswer` where it was cut at its longest. `on_usage` is told the cost, also of an answer out of form.
        """
        source = self._ask(endpoint, messages, sampling, schema.model_json_schema(), deadline)
        return await filled(source, schema, endpoint=endpoint.id, max_tokens=sampling.max_tokens, on_usage=on_usage)

    async def close(self) -> None:
        """Close every connection."""
        await self._voices.close()

    async def _ask(
        self, endpoint: Endpoint, messages: "Messages", sampling: Sampling, schema: "Schema | None", deadline: Deadline
    ) -> AsyncGenerator[Chunk, None]:
        prompt = _text(messages)
        endpoint.require_usable()
        if not endpoint.local:
            raise NotLocal(endpoint.id, "a cloud takes a cleared prompt, through `CloudModels`")
        require_fits(prompt, sampling.max_tokens, endpoint)
        voice = await self._voice(endpoint, deadline)
        source = voice.parts(messages, sampling, schema)
        answer = relay(source, endpoint=endpoint.id, prompt=prompt, deadline=deadline, patience=self._patience)
        try:
            async with contextlib.aclosing(answer) as chunks:
                async for chunk in chunks:
                    yield chunk
        except ModelError:
            self._voices.forget(endpoint)
            raise

    async def _voice(self, endpoint: Endpoint, deadline: Deadline) -> "Voice":
        left = deadline.remaining()
        try:
            async with asyncio.timeout(left):
                return await self._voices.of(endpoint)
        except TimeoutError:
            raise ModelTimeout(endpoint.id, "start", left) from None


def _text(messages: "Messages") -> str:
    return "\n".join(message[1] if isinstance(message, tuple) else str(message.text) for message in messages)
