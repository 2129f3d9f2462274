"""The privacy gate as the graph uses it: one policy, one scanner for the names there are, one audit log."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace

from graphs.account import account_of, asker
from models.cloud_chat import CloudModels
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import NotClearedForCloud
from models.usage import Chunk
from nodes.ports import Names
from privacy.audit import Audit
from privacy.declassifier import Declassifier
from privacy.declassify import Grounds
from privacy.gate import Clearance, Decision, Gate, Vault
from privacy.labels import Label
from privacy.pieces import Message, Outgoing
from privacy.policy import Policy
from privacy.preview import Preview
from privacy.spans import Scan
from telemetry.log import log
from tools.errors import DataUnavailable
from tools.readings import Inventory

CLOUD = "cloud:"
LOAD_S = 20.0
"""How long the detectors may take to be made, once for each set of names; it takes a third of a second."""
LABEL_S = 2.0
"""How long a question may be looked at; what takes longer counts as restricted."""
Scan_ = Callable[[str, int], Scan]
Scanners = Callable[[Inventory | None], Scan_]


class LivePrivacy:
    """Gate, cloud and labeller over one policy. Implements the three ports of the nodes.

    `scanners` makes the scan for the names of an inventory, or for the ones known without data; it is asked again when
    the names change. `conversation` gives the id of the conversation that asks.
    """

    def __init__(
        self,
        policy: Callable[[], Policy],
        scanners: Scanners,
        audit: Audit,
        vault: Vault,
        cloud: CloudModels,
        names: Names,
        conversation: Callable[[], str],
    ) -> None:
        self._policy, self._scanners, self._cloud, self._names = policy, scanners, cloud, names
        self._conversation = conversation
        self._declassifier = Declassifier(policy, audit)
        self._gate = Gate(policy, self._scan_now, audit, vault, self._declassifier.label_of)
        self._scanner: tuple[object, Scan_] | None = None
        self._scanning = asyncio.Lock()

    def endpoints(self) -> list[Endpoint]:
        """Return the cloud's endpoints, for the ladder."""
        return [self._cloud.endpoint(d) for d in self._cloud.destinations]

    async def warm(self) -> None:
        """Load the detectors for what is bound outward, where there is a cloud to be asked."""
        if self._cloud.destinations:
            await self._ready()
            await asyncio.to_thread(self._scan_now, "Is the building warm?", 2)

    async def clear(self, endpoint: str, messages: tuple[Message, ...], label: Label) -> Decision:
        """Decide whether a prompt may go to a cloud endpoint. It never raises: what fails is denied."""
        try:
            await self._ready()
        except Exception as fault:  # noqa: BLE001 - without detectors the door stays shut, whatever is wrong with them
            log.error("the detectors could not be made: %s", type(fault).__name__)
            reason = f"denied: the detectors could not be made ({type(fault).__name__})"
            return Decision("denied", label, "default", reason, self._policy().hash)
        return await self._gate.clear(self._asked(endpoint, messages, label, self._conversation()))

    async def preview(self, endpoint: str, messages: tuple[Message, ...], label: Label, conversation: str) -> Preview:
        """Return what `clear` would decide in a conversation; nothing is written down."""
        await self._ready()
        return await self._gate.preview(self._asked(endpoint, messages, label, conversation))

    async def speak(
        self, endpoint: str, clearance: str, deadline: Deadline, label: Label, question_id: str
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of a cloud model, with its names restored as they come.

        A clearance serves once, and only while the run's label is no higher than the one that it was given for.
        """
        held = self._gate.take(clearance)
        if held is None or held.prompt.destination != endpoint.removeprefix(CLOUD):
            raise NotClearedForCloud(endpoint, "its clearance is not known here; ask the gate again")
        if label > (cleared := held.prompt.label):
            raise NotClearedForCloud(endpoint, f"the label rose to {label.name}, and it was cleared as {cleared.name}")
        asked = self._cloud.stream(held.prompt, deadline=deadline, account=account_of(question_id))
        async with aclosing(asked) as chunks:
            async for chunk in restored(held, chunks):
                yield chunk

    async def label_of(self, text: str) -> Label:
        """Return what the quick detectors make of a text; RESTRICTED where that fails or takes too long."""
        try:
            async with asyncio.timeout(LOAD_S):
                await self._ready()
            async with asyncio.timeout(LABEL_S):
                return (await asyncio.to_thread(self._scan_now, text, 1)).label
        except Exception as fault:  # noqa: BLE001 - a question that could not be looked at is restricted, and still answered
            log.error("the question could not be looked at: %s", type(fault).__name__)
            return Label.RESTRICTED

    def scan(self, text: str) -> Scan:
        """Return what the quick detectors find, by the names of the last question; for logs and traces. May block."""
        if self._scanner is None:
            self._scanner = (None, self._scanners(None))
        return self._scan_now(text, 1)

    async def lower(self, facts: Mapping[str, Grounds]) -> tuple[dict[str, Label], str | None]:
        """Return the label of each fact after the policy's rules."""
        return await self._declassifier.lower(facts)

    def _asked(self, endpoint: str, messages: tuple[Message, ...], label: Label, conversation: str) -> Outgoing:
        destination = endpoint.removeprefix(CLOUD)
        known = destination in self._cloud.destinations
        return Outgoing(
            messages,
            label,
            destination,
            conversation=conversation,
            asker=asker(),
            model=self._cloud.endpoint(destination).model if known else "",
            temperature=self._cloud.analysis.temperature,
            max_tokens=self._cloud.analysis.max_tokens,
        )

    def _scan_now(self, text: str, stage: int) -> Scan:
        assert self._scanner is not None, "a scan comes after `_ready`"
        return self._scanner[1](text, stage)

    async def _ready(self) -> None:
        """Make the scanner anew where names or policy have changed; without data the names of the last time count."""
        try:
            inventory: Inventory | None = await self._names.inventory()
        except DataUnavailable:
            inventory = None
        async with self._scanning:
            key = (inventory, self._policy().hash)  # an inventory is compared by identity
            if self._scanner is None or self._scanner[0] != key:
                self._scanner = (key, await asyncio.to_thread(self._made, inventory))

    def _made(self, inventory: Inventory | None) -> Scan_:
        """Return the scan for some names, with its first detectors loaded."""
        scan = self._scanners(inventory)
        scan("Is it warm?", 1)
        return scan


async def restored(held: Clearance, chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[Chunk, None]:
    """Yield an answer's chunks with the names of its conversation restored, whatever bytes it was cut at."""
    stream = held.names.stream(held.transform)
    async for chunk in chunks:
        text = stream.feed(chunk.text)
        if chunk.finish is not None:
            text += stream.rest()
        yield replace(chunk, text=text)
