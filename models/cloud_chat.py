"""The port by which nodes ask a cloud: with a cleared prompt, and with nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from models.budget import UNMETERED, Account, Purse
from models.cloud_sites import CloudSite
from models.cloud_transport import Guard
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelTimeout, NotClearedForCloud
from models.filling import Answer, filled
from models.fitting import require_fits
from models.key_turns import with_keys
from models.keys import KeyRing
from models.paying import Bill, Payments, bill
from models.pool import Priority, Work
from models.pool.urgency import urgency_or
from models.pooled import Pooled
from models.roles import ANALYSIS, CLOUD_PATIENCE, Patience, Role, Sampling
from models.streaming import relay
from models.usage import Chunk, Usage, estimate_tokens
from privacy.cleared import ClearedPrompt, check
from privacy.errors import NotCleared

if TYPE_CHECKING:
    from models.cloud_voice import CloudVoice


@contextlib.asynccontextmanager
async def open_cloud_models(
    sites: Iterable[CloudSite],
    *,
    policy_hash: Callable[[], str] | None = None,
    patience: Patience = CLOUD_PATIENCE,
    pooled: Pooled | None = None,
    analysis: Sampling = ANALYSIS,
    purse: Purse | None = None,
) -> AsyncIterator["CloudModels"]:
    """Open the cloud models of `sites`, and close their connections at the end."""
    models = CloudModels(
        sites, policy_hash=policy_hash, patience=patience, pooled=pooled, analysis=analysis, purse=purse
    )
    try:
        yield models
    finally:
        await models.close()


class CloudModels:
    """The cloud models by destination. Nothing is imported or opened before it is first needed.

    `policy_hash` gives the hash of the policy in force: what was cleared under another is then not sent. `purse` pays
    for every sending; without one nothing is metered.
    """

    def __init__(
        self,
        sites: Iterable[CloudSite],
        *,
        policy_hash: Callable[[], str] | None = None,
        patience: Patience = CLOUD_PATIENCE,
        pooled: Pooled | None = None,
        analysis: Sampling = ANALYSIS,
        purse: Purse | None = None,
    ) -> None:
        self._sites = {site.destination: site for site in sites}
        self._policy_hash, self._patience = policy_hash, patience
        self._pooled, self._payments = pooled or Pooled(), Payments(purse or UNMETERED)
        self.analysis = analysis
        """How prompts for an analysis are to be cleared: they hold their temperature and their longest answer."""
        self._rings = {site.destination: site.keys or KeyRing.of(site.api_key) for site in self._sites.values()}
        self._voices: dict[str, CloudVoice] = {}
        self._opening = asyncio.Lock()

    @property
    def destinations(self) -> tuple[str, ...]:
        """Return the destinations that there are, usable or not."""
        return tuple(self._sites)

    def endpoint(self, destination: str, role: Role = "analyst") -> Endpoint:
        """Return a destination as an endpoint, for a ladder or a receipt."""
        return self._sites[destination].endpoint(role)

    async def stream(
        self, prompt: ClearedPrompt, *, deadline: Deadline, account: Account | None = None
    ) -> AsyncGenerator[Chunk, None]:
        """Ask once at the cost of `account`; yield texts as they come, then one last chunk with finish and usage.

        Raises `ModelError` as `ChatModels.stream` does, `NotClearedForCloud` where the prompt does not hold, and
        `BudgetRefused` where it is not paid for. Each sending is, also one that is tried again.
        """
        site = self._site_for(prompt)
        text = "\n".join(text for _, text in prompt.messages)
        endpoint = site.endpoint("analyst")
        endpoint.require_usable()
        require_fits(text, prompt.max_tokens, endpoint)
        work = Work(estimate_tokens(text), prompt.max_tokens)
        billed = bill(endpoint, prompt, text, account or Account.unnamed())

        def ask() -> AsyncGenerator[Chunk, None]:
            return self._once(site, prompt, billed, deadline)

        priority = urgency_or(Priority.ANALYSIS)
        answer = self._pooled.stream(endpoint, ask, work=work, deadline=deadline, priority=priority)
        async with contextlib.aclosing(answer) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _once(
        self, site: CloudSite, prompt: ClearedPrompt, billed: Bill, deadline: Deadline
    ) -> AsyncGenerator[Chunk, None]:
        voice = await self._voice(site, deadline)

        def send() -> AsyncGenerator[Chunk, None]:
            source = with_keys(self._rings[site.destination], site.id, partial(voice.parts, prompt))
            return relay(source, endpoint=site.id, prompt=billed.prompt, deadline=deadline, patience=self._patience)

        async with contextlib.aclosing(self._payments.stream(billed, send)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def fill(
        self,
        prompt: ClearedPrompt,
        schema: type[Answer],
        *,
        deadline: Deadline,
        account: Account | None = None,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> Answer:
        """Ask once for an answer of a form and return it validated; the prompt was cleared with the form's schema."""
        source = self.stream(prompt, deadline=deadline, account=account)
        endpoint = f"cloud:{prompt.destination}"
        return await filled(source, schema, endpoint=endpoint, max_tokens=prompt.max_tokens, on_usage=on_usage)

    async def close(self) -> None:
        """Close every connection, once all that was spent is counted."""
        await self._payments.close()
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
                    self._voices[site.destination] = await asyncio.to_thread(
                        _open, site, self._rings[site.destination], self._policy_hash
                    )
                return self._voices[site.destination]
        except TimeoutError:
            raise ModelTimeout(site.id, "start", left) from None


def _open(site: CloudSite, ring: KeyRing, policy_hash: Callable[[], str] | None) -> "CloudVoice":
    """Load the client library, which takes a second, and make the voice; runs in a thread."""
    guard = Guard(site.door, ring.credential, policy_hash)
    if site.protocol == "gemini":
        from models.gemini_cloud import open_gemini_cloud

        return open_gemini_cloud(site, guard)
    from models.openai_cloud import open_openai_cloud

    return open_openai_cloud(site, guard)
