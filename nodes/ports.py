"""What nodes need of the world: ports, each with the one or two methods that a node asks for."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Protocol

from models.deadline import Deadline
from models.usage import Chunk
from tools.readings import Inventory


class Names(Protocol):
    """Where names come from."""

    async def inventory(self) -> Inventory:
        """Return the names known now. Raises `DataUnavailable`."""
        ...


class Clock(Protocol):
    """What time it is."""

    def __call__(self) -> datetime:
        """Return now, aware."""
        ...


class Analysts(Protocol):
    """The models of role `analyst`."""

    def speak(self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an endpoint, by its id. Raises `ModelError`, also in the middle."""
        ...
