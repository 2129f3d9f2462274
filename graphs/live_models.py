"""Models as the graph uses them: the analysts by their ids, the coordinator under its time."""

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from config.settings import Settings
from models import ChatModels, Chunk, Deadline, Endpoint
from models.errors import ModelError, ModelNotFound

Form = TypeVar("Form", bound=BaseModel)


class LiveModels:
    """The ladder, the analysts and the coordinator over `ChatModels`."""

    def __init__(
        self, settings: Settings, chat: ChatModels, cloud: Callable[[], Sequence[Endpoint]] = tuple[Endpoint, ...]
    ) -> None:
        """Put what `cloud` gives among the local analysts as the routing document orders them."""
        self._settings, self._chat, self._cloud = settings, chat, cloud

    async def analysts(self) -> tuple[str, str, Sequence[Endpoint]]:
        """Return the profile that is in force, why, and the endpoints of role `analyst`."""
        found = await self._chat.resolution()
        place = {name: number for number, name in enumerate(found.order)}
        local = await self._chat.ladder("analyst")
        endpoints = sorted((*local, *self._cloud()), key=lambda e: place.get(e.name, len(place)))
        return found.profile, found.reason, endpoints

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
        """Return a form filled by the first coordinator that can, within its budget. Raises `ModelError`."""
        deadline = Deadline.after(self._settings.coordinator_budget_s)
        failed: ModelError = ModelNotFound("coordinator", "a coordinator", [])
        for endpoint in await self._chat.ladder("coordinator"):
            try:
                return await self._chat.fill(endpoint, messages, schema, deadline=deadline)
            except ModelError as fault:
                failed = fault
        raise failed
