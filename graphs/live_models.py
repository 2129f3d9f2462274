"""Models as the graph uses them: the analysts by their ids, the coordinator under its time."""

from collections.abc import AsyncGenerator, Sequence
from typing import TypeVar

from pydantic import BaseModel

from config.settings import Settings
from models import ChatModels, Chunk, Deadline, Endpoint
from models.errors import ModelNotFound

Form = TypeVar("Form", bound=BaseModel)


class LiveModels:
    """The ladder, the analysts and the coordinator over `ChatModels`."""

    def __init__(self, settings: Settings, chat: ChatModels, cloud: Sequence[Endpoint] = ()) -> None:
        """`cloud` endpoints come after the local analysts."""
        self._settings, self._chat, self._cloud = settings, chat, tuple(cloud)

    async def analysts(self) -> tuple[str, str, Sequence[Endpoint]]:
        """Return the profile that is in force, why, and the endpoints of role `analyst`."""
        found = await self._chat.resolution()
        return found.profile, found.reason, (*found.ladders["analyst"], *self._cloud)

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an analyst. Raises `ModelError`, also in the middle."""
        ladder = await self._chat.ladder("analyst")
        one = next((e for e in ladder if e.id == endpoint), None)
        if one is None:
            raise ModelNotFound(endpoint, endpoint, [e.id for e in ladder])
        stream = self._chat.stream(one, prompt, deadline=deadline)
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()

    async def fill(self, messages: list[tuple[str, str]], schema: type[Form]) -> Form:
        """Return a form filled by the coordinator within its budget. Raises `ModelError`."""
        ladder = await self._chat.ladder("coordinator")
        return await self._chat.fill(
            ladder[0], messages, schema, deadline=Deadline.after(self._settings.coordinator_budget_s)
        )
