"""Two wire-true clouds behind the real gate, for graphs whose local model fails."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from graphs.live_privacy import LivePrivacy
from models.budget import Account, Planned, Purse, Reservation, Spent
from models.cloud_chat import CloudModels, open_cloud_models
from models.errors import ModelUnreachable
from models.pool.retry import Backoff
from models.pooled import Pooled
from models.router import BudgetView
from privacy.policy import Policy
from tests.graphs.gatehouse import POLICY, gatehouse
from tests.graphs.small_graph import Scripted, Written
from tests.models.cloud_asking import fake_of, site_at
from tests.small_site import SmallSite
from tests.wire.cloud_server import FakeCloud
from tests.wire.script import Act

FIRST, SECOND = "cloud:gpt-4o", "cloud:gemini"


@dataclass
class TwoClouds:
    """GPT-4o, then Gemini, under the policy in force."""

    servers: dict[str, FakeCloud]
    policy: Policy
    models: CloudModels

    @property
    def privacy(self) -> LivePrivacy:
        """Return the gate, with a conversation of its own."""
        return gatehouse(SmallSite(), policy=lambda: self.policy, cloud=self.models)

    @property
    def received(self) -> bytes:
        """Return every byte that a cloud got."""
        return b"".join(bytes(server.received) for server in self.servers.values())

    def script(self, **fields: Any) -> Scripted:
        """Return a script whose local model is not there, so that the clouds are next."""
        gone: list[Written] = [ModelUnreachable("m1", "nowhere", "connection refused")]
        return Scripted({"m1": gone, FIRST: [], SECOND: []}, remote=(FIRST, SECOND), **fields)


@asynccontextmanager
async def two_clouds(first: Act, second: Act, purse: Purse | None = None) -> AsyncIterator[TwoClouds]:
    """Open them, each with what it does."""
    async with AsyncExitStack() as stack:
        acts = {"gpt-4o": first, "gemini": second}
        servers = {name: await stack.enter_async_context(fake_of(name, act)) for name, act in acts.items()}
        hosts = {n: replace(POLICY.destinations[n], hosts=(s.url.removeprefix("http://"),)) for n, s in servers.items()}
        found = TwoClouds(servers, replace(POLICY, destinations={**POLICY.destinations, **hosts}), CloudModels(()))
        sites = [site_at(name, server) for name, server in servers.items()]
        once = Pooled(backoff=Backoff(tries=1))
        opened = open_cloud_models(sites, policy_hash=lambda: found.policy.hash, pooled=once, purse=purse)
        found.models = await stack.enter_async_context(opened)
        yield found


@dataclass
class CountingPurse:
    """A purse that notes what it is asked for; `refuses` is raised in place of money, by endpoint."""

    refuses: dict[str, Exception] = field(default_factory=dict)
    reserved: list[tuple[Account, Planned]] = field(default_factory=list)
    settled: list[tuple[str, Spent]] = field(default_factory=list)

    async def view(self, account: Account) -> BudgetView:
        """Return plenty."""
        return BudgetView("ample", 1.0, 1.0, 1.0)

    async def reserve(self, account: Account, planned: Planned) -> Reservation:
        """Note who pays for what."""
        if planned.endpoint in self.refuses:
            raise self.refuses[planned.endpoint]
        self.reserved.append((account, planned))
        return Reservation(str(len(self.reserved)), account, planned)

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        """Note what it came to."""
        self.settled.append((reservation.planned.endpoint, spent))
