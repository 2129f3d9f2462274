"""What nodes need of the world: ports, each with the one or two methods that a node asks for."""

from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import Protocol

from models.deadline import Deadline
from models.usage import Chunk
from privacy.declassify import Grounds
from privacy.gate import Decision
from privacy.labels import Label
from privacy.pieces import Message
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

    def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an endpoint, by its id. Raises `ModelError`, also in the middle.

        Runs of one label that ask the same at the same moment may share a call.
        """
        ...


class Gatekeeper(Protocol):
    """The privacy gate."""

    async def clear(self, endpoint: str, messages: tuple[Message, ...], label: Label) -> Decision:
        """Decide whether a prompt may go to a cloud endpoint. Never raises: what fails is denied."""
        ...


class CloudAnalysts(Protocol):
    """The models of a cloud. They take a clearance, never a text."""

    def speak(
        self, endpoint: str, clearance: str, deadline: Deadline, label: Label, question_id: str
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer with its names restored, at the cost of a question.

        Raises `ModelError`: also where there is no such clearance, where it is for a lower label than the run has now,
        and where the budget does not pay for the call. Nothing has been sent then.
        """
        ...


class Labeller(Protocol):
    """What says how sensitive a text or a fact is."""

    async def label_of(self, text: str) -> Label:
        """Return what the quick detectors make of a text; RESTRICTED where one of them fails. Never raises."""
        ...

    async def lower(self, facts: Mapping[str, Grounds]) -> tuple[dict[str, Label], str | None]:
        """Return the label of each fact after the policy's rules, audited, and a note where none could be used."""
        ...
