"""The port by which nodes ask a cloud: with a cleared prompt, and with nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from typing import TYPE_CHECKING

from pydantic import SecretStr

from models.cloud_sites import CloudSite
from models.cloud_transport import Guard
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelTimeout, NotClearedForCloud
from models.filling import Answer, filled
from models.fitting import require_fits
from models.roles import PATIENCE, Patience, Role
from models.streaming import relay
from models.usage import Chunk, Usage
from privacy.cleared import ClearedPrompt, check
from privacy.errors import NotCleared

if TYPE_CHECKING:
    from models.cloud_voice import CloudVoice


@contextlib.asynccontextmanager
async def open_cloud_models(
    sites: Iterable[CloudSite], *, policy_hash: Callable[[], str] | None = None, patience: Patience = PATIENCE
) -> AsyncIterator["CloudModels"]:
    """Open the cloud models of `sites`, and close their connections at the end."""
    models = CloudModels(sites, policy_hash=policy_hash, patience=patience)
    try:
        yield models
    finally:
        await models.close()


class CloudModels:
    """The cloud models by destination. Nothing is imported or opened before it is first needed.

    `policy_hash` gives the hash of the policy in force: what was cleared under another is then not sent.
    """

    def __init__(
        self,
        sites: Iterable[CloudSite],
        *,
        policy_hash: Callable[[], str] | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        self._sites = {site.destination: site for site in sites}
        self._policy_hash, self._patience = policy_hash, patience
        self._voices: dict[str, CloudVoice] = {}
        self._opening = asyncio.Lock()

    @property
    def destinations(self) -> tuple[str, ...]:
        """Return the destinations that there are, usable or not."""
        return tuple(self._sites)

    def endpoint(self, destination: str, role: Role = "analyst") -> Endpoint:
        """Return a destination as an endpoint, for a ladder or a receipt."""
        return self._sites[destination].endpoint(role)

    async def stream(self, prompt: ClearedPrompt, *, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        """Ask once; yield texts as they come, then one last chunk with finish and usage.

        Raises `ModelError` as `ChatModels.stream` does, and `NotClearedForCloud` where the prompt does not hold.
        """
        site = self._site_for(prompt)
        text = "\n".join(text for _, text in prompt.messages)
        endpoint = site.endpoint("analyst")
        endpoint.require_usable()
        require_fits(text, prompt.max_tokens, endpoint)
        source = (await self._voice(site, deadline)).parts(prompt)
        answer = relay(source, endpoint=site.id, prompt=text, deadline=deadline, patience=self._patience)
        async with contextlib.aclosing(answer) as chunks:
            async for chunk in chunks:
                yield chunk

    async def fill(
        self,
        prompt: ClearedPrompt,
        schema: type[Answer],
        *,
        deadline: Deadline,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> Answer:
        """Ask once for an answer of a form and return it validated; the prompt was cleared with the form's schema."""
        source = self.stream(prompt, deadline=deadline)
        endpoint = f"cloud:{prompt.destination}"
        return await filled(source, schema, endpoint=endpoint, max_tokens=prompt.max_tokens, on_usage=on_usage)

    async def close(self) -> None:
        """Close every connection."""
        voices, self._voices = self._voices, {}
        for voice in voices.values():
            await voice.clients.close()

    def _site_for(self, prompt: object) -> CloudSite:
        """Return where a prompt goes; it is looked at again, with every byte, when it is sent."""
        destination = getattr(prompt, "destination", "")
        id_ = self._sites[destination].id if destination in self._sites else "cloud"
        try:
            check(prompt, destination, self._policy_hash() if self._policy_hash else None)
        except NotCleared as fault:
            raise NotClearedForCloud(id_, str(fault)) from fault
        if destination not in self._sites:
            raise NotClearedForCloud(id_, f"there is no model {destination!r}, only {', '.join(self._sites) or 'none'}")
        return self._sites[destination]

    async def _voice(self, site: CloudSite, deadline: Deadline) -> "CloudVoice":
        left = deadline.remaining()
        try:
            async with asyncio.timeout(left), self._opening:
                if site.destination not in self._voices:
                    self._voices[site.destination] = await asyncio.to_thread(_open, site, self._policy_hash)
                return self._voices[site.destination]
        except TimeoutError:
            raise ModelTimeout(site.id, "start", left) from None


def _open(site: CloudSite, policy_hash: Callable[[], str] | None) -> "CloudVoice":
    """Load the client library, which takes a second, and make the voice; runs in a thread."""

    def credential() -> SecretStr:
        assert site.api_key is not None  # else the endpoint is not usable
        return site.api_key

    guard = Guard(site.door, credential, policy_hash)
    if site.protocol == "gemini":
        from models.gemini_cloud import open_gemini_cloud

        return open_gemini_cloud(site, guard)
    from models.openai_cloud import open_openai_cloud

    return open_openai_cloud(site, guard)
