"""Cloud models beside the local ones: each prompt through the privacy gate, as in an answer, and on no other way."""

import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from config.settings import Settings
from gateway.model_matrix.questions import ToExplain
from gateway.model_matrix.trial import Prompt, Speak
from graphs.live_data import LiveData
from graphs.live_privacy import LivePrivacy
from graphs.privacy_parts import open_privacy, policy_of
from models import Deadline, Endpoint
from models.cloud_sites import CloudSite
from models.usage import Chunk
from nodes.prompt import pieces
from nodes.retrieve_context import labelled
from privacy.labels import Label, join_all
from tools.readings import Inventory


@dataclass(frozen=True, slots=True)
class Clouds:
    """The cloud models that the settings name, and the gate before them."""

    privacy: LivePrivacy
    inventory: Inventory

    def endpoints(self) -> Sequence[Endpoint]:
        """Return them; none where no key is there."""
        return self.privacy.endpoints()

    async def speaker(self, endpoint: str, asked: ToExplain) -> Speak | str:
        """Return how to have facts explained, or why the gate does not let their prompt out.

        The facts leave under the labels to which the policy's rules lower them; the prompt that is sent is the cleared
        one, whatever the caller holds.
        """
        facts, _ = await labelled(asked.facts, self.privacy)
        evidence = list({e.id: e for f in facts for e in f.evidence}.values())
        written = await self.privacy.label_of(asked.words)
        label = join_all([Label.INTERNAL, written, *(e.label for e in evidence)])
        decision = await self.privacy.clear(endpoint, pieces(asked.words, evidence, [], self.inventory), label)
        if decision.clearance is None:
            return decision.reason
        clearance, question_id = decision.clearance, f"r{uuid.uuid4().hex[:12]}"

        def speak(_prompt: Prompt, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
            return self.privacy.speak(endpoint, clearance, deadline, label, question_id)

        return speak


@asynccontextmanager
async def open_clouds(
    settings: Settings, data: LiveData, sites: Iterable[CloudSite] | None = None
) -> AsyncIterator[Clouds]:
    """Open the cloud models over a conversation of their own. `sites` replace their addresses, for tests."""
    conversation = f"models-bench-{uuid.uuid4().hex}"
    async with open_privacy(settings, policy_of(settings).current, data, lambda: conversation, sites) as privacy:
        yield Clouds(privacy, await data.inventory())
