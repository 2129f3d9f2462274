"""Every sending to a cloud is paid for: set aside before, counted after, however it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from models import Deadline, Patience
from models.budget import UNMETERED, Account, Planned, Reservation, Spent, nusd_of
from models.cloud_chat import CloudModels, open_cloud_models
from models.cloud_sites import SITES, CloudSite
from models.errors import (
    BudgetDown,
    BudgetLow,
    BudgetRefused,
    BudgetSpent,
    CredentialRejected,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelTimeout,
    NotClearedForCloud,
    TruncatedAnswer,
)
from models.paying import bill
from models.pool.breaker import weight
from models.pool.retry import Backoff
from models.pooled import Pooled
from models.prices import BASELINE
from models.router.budget_view import BudgetView
from models.usage import estimate_tokens
from tests.models.cloud_asking import DESTINATIONS, LONG, QUESTION, cleared, fake_of, site_at
from tests.models.wrong_ways import Level
from tests.wire.cloud_server import FakeCloud
from tests.wire.script import TEXT, Act, Cut, Hang, Say, Status

ANN = Account("acme", "ann", "r000000000001")
SHORT = Patience(first_token_s=0.5, next_token_s=0.5)
READ = estimate_tokens("\n".join(text for _, text in QUESTION))


@dataclass
class Recorder:
    """Gives what is asked for, and remembers it; or refuses after so many."""

    refusal: BudgetRefused | None = None
    after: int = 0
    reserved: list[Reservation] = field(default_factory=list)
    settled: list[tuple[Reservation, Spent]] = field(default_factory=list)

    async def view(self, account: Account) -> BudgetView:
        return await UNMETERED.view(account)

    async def reserve(self, account: Account, planned: Planned) -> Reservation:
        if self.refusal and len(self.reserved) >= self.after:
            raise self.refusal
        self.reserved.append(await UNMETERED.reserve(account, planned))
        return self.reserved[-1]

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        await asyncio.sleep(0)  # a store is waited for, and whoever waits may be cancelled
        self.settled.append((reservation, spent))

    @property
    def spent(self) -> Spent:
        """Return the one settlement, of the one reservation."""
        ((reservation, spent),) = self.settled
        assert [reservation] == self.reserved
        return spent


@dataclass(frozen=True)
class Paid:
    """A fake cloud, and models that pay for it."""

    server: FakeCloud
    site: CloudSite
    models: CloudModels

    async def ask(self, deadline_s: float = 10) -> str:
        """Ask and return the text."""
        asked = self.models.stream(cleared(self.site), deadline=Deadline.after(deadline_s), account=ANN)
        async with aclosing(asked) as chunks:
            return "".join([chunk.text async for chunk in chunks])


@asynccontextmanager
async def paying(
    purse: Recorder, *script: Act, destination: str = "gpt-4o", patience: Patience = LONG, tries: int = 1
) -> AsyncIterator[Paid]:
    """Open cloud models on a fake cloud, at the cost of a purse."""
    async with fake_of(destination, *script) as server:
        site = site_at(destination, server)
        pooled = Pooled(backoff=Backoff(tries, 0, 0))
        async with open_cloud_models([site], patience=patience, pooled=pooled, purse=purse) as models:
            yield Paid(server, site, models)


@pytest.mark.parametrize("destination", DESTINATIONS)
async def test_call_is_set_aside_before_it_is_sent_and_counted_after(destination: str) -> None:
    purse = Recorder()
    async with paying(purse, Say(usage=(1000, 7), cached=600), destination=destination) as paid:
        assert await paid.ask() == TEXT
        price = paid.site.priced.price
    (reservation,) = purse.reserved
    planned, spent = reservation.planned, purse.spent
    assert reservation.account == ANN
    assert (planned.endpoint, planned.label, planned.task) == (f"cloud:{destination}", "PUBLIC", "analysis")
    assert planned.price_version == "genai-prices 0.2.3"
    assert (spent.tokens_in, spent.tokens_out, spent.cached, spent.estimated) == (1000, 7, 600, False)
    assert spent.cost_nusd == nusd_of(price.cost_usd(1000, 7, 600)) > 0
    assert spent.saved_nusd == nusd_of(BASELINE.cost_usd(1000, 7, 600)) - spent.cost_nusd
    assert (spent.outcome, spent.reason) == ("answered", "")
    assert spent.ms >= (spent.ttft_ms or 0) > 0


@pytest.mark.parametrize("kind", [BudgetSpent, BudgetLow, BudgetDown])
async def test_call_that_is_not_paid_for_is_not_sent(kind: type[BudgetRefused]) -> None:
    purse = Recorder(kind("cloud:gpt-4o", "for a reason"))
    async with paying(purse) as paid:
        with pytest.raises(kind, match="cloud:gpt-4o is not paid for: for a reason"):
            await paid.ask()
        assert paid.server.connections == 0
    assert purse.settled == []


def test_budget_that_is_spent_says_nothing_of_the_endpoint() -> None:
    assert weight(BudgetSpent("cloud:gpt-4o", "spent")) == 0


@pytest.mark.slow
async def test_each_try_is_paid_for() -> None:
    purse = Recorder()
    async with paying(purse, Status(500), Status(503), Say(), tries=3) as paid:
        assert await paid.ask() == TEXT
        assert len(paid.server.requests) == 3
    assert [spent.reason for _, spent in purse.settled] == ["ModelFailed", "ModelBusy", ""]
    assert [bool(spent.cost_nusd) for _, spent in purse.settled] == [False, False, True]
    assert [reservation for reservation, _ in purse.settled] == purse.reserved


async def test_try_that_is_no_longer_paid_for_leaves_the_fault_before_it() -> None:
    purse = Recorder(BudgetSpent("cloud:gpt-4o", "spent"), after=1)
    async with paying(purse, Status(500), tries=3) as paid:
        with pytest.raises(ModelFailed):
            await paid.ask()
        assert len(paid.server.requests) == 1


async def test_form_is_paid_for_with_its_schema() -> None:
    purse = Recorder()
    async with paying(purse, Say(text='{"why": "cold", "level": 2}')) as paid:
        prompt = cleared(paid.site, schema=Level.model_json_schema())
        await paid.models.fill(prompt, Level, deadline=Deadline.after(10), account=ANN)
    assert purse.reserved[0].planned.task == "form"
    assert purse.spent.outcome == "answered"


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Status(401), CredentialRejected),
        (Status(429), ModelBusy),
        (Status(500), ModelFailed),
        (Status(302), ModelError),
    ],
)
async def test_call_that_was_refused_unread_costs_nothing(act: Act, error: type[ModelError]) -> None:
    purse = Recorder()
    async with paying(purse, act) as paid:
        with pytest.raises(error) as raised:
            await paid.ask()
    assert purse.spent == replace(
        Spent(outcome="failed", reason=type(raised.value).__name__), ms=purse.spent.ms, ttft_ms=None
    )


@pytest.mark.parametrize(("act", "error"), [(Cut(), TruncatedAnswer), (Hang(after=2), ModelTimeout)])
async def test_answer_that_was_cut_costs_the_prompt_and_what_came(act: Act, error: type[ModelError]) -> None:
    purse = Recorder()
    async with paying(purse, act, patience=SHORT) as paid:
        with pytest.raises(error):
            await paid.ask()
    spent = purse.spent
    assert (spent.tokens_in, spent.tokens_out, spent.estimated) == (READ, estimate_tokens("The building"), True)
    assert (spent.outcome, spent.reason) == ("failed", error.__name__)
    assert 0 < spent.cost_nusd <= purse.reserved[0].planned.most_nusd


async def test_silence_may_have_cost_the_prompt() -> None:
    purse = Recorder()
    async with paying(purse, Hang(), patience=SHORT) as paid:
        with pytest.raises(ModelTimeout):
            await paid.ask()
    assert (purse.spent.tokens_in, purse.spent.tokens_out) == (READ, 0)


async def test_answer_that_is_left_early_costs_the_prompt_and_what_came() -> None:
    purse = Recorder()
    async with paying(purse, Hang(after=3)) as paid:
        asked = paid.models.stream(cleared(paid.site), deadline=Deadline.after(10), account=ANN)
        async with aclosing(asked) as chunks:
            assert (await anext(chunks)).text
    assert (purse.spent.outcome, purse.spent.tokens_in, purse.spent.tokens_out > 0) == ("left", READ, True)


async def test_call_whose_caller_is_cancelled_is_counted_before_the_models_are_closed() -> None:
    purse = Recorder()
    async with paying(purse, Hang()) as paid:
        asking = asyncio.create_task(paid.ask())
        while not paid.server.requests:
            await asyncio.sleep(0.01)
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()
    assert (purse.spent.outcome, purse.spent.tokens_in) == ("left", READ)


async def test_prompt_that_is_not_cleared_is_not_even_set_aside() -> None:
    purse = Recorder()
    async with paying(purse) as paid:
        with pytest.raises(NotClearedForCloud):
            await anext(paid.models.stream("a text", deadline=Deadline.after(1)))  # type: ignore[arg-type]
    assert purse.reserved == []


async def test_call_that_waits_for_its_turn_sets_nothing_aside() -> None:
    purse = Recorder()
    async with fake_of("gpt-4o", Hang()) as server:
        site = replace(site_at("gpt-4o", server), concurrency=1)
        async with open_cloud_models([site], patience=LONG, purse=purse) as models:
            paid = Paid(server, site, models)
            asking = [asyncio.create_task(paid.ask()) for _ in range(3)]
            while not server.requests:
                await asyncio.sleep(0.01)
            assert len(purse.reserved) == 1
            for one in asking:
                one.cancel()
            await asyncio.wait(asking)


async def test_call_without_an_account_is_a_question_of_its_own() -> None:
    purse = Recorder()
    async with paying(purse) as paid:
        for _ in range(2):
            async with aclosing(paid.models.stream(cleared(paid.site), deadline=Deadline.after(10))) as chunks:
                assert [chunk async for chunk in chunks]
    assert len({reservation.account.question for reservation in purse.reserved}) == 2


@pytest.mark.parametrize(
    "text",
    ["1" * 400, "Why is Building A high? " * 20, "雪" * 100, "🏢" * 50, "{}[]\u202e\u0301" * 30, "\n" * 99],
    ids="digits words chinese emoji marks lines".split(),
)
def test_what_is_set_aside_pays_for_a_token_at_each_byte(text: str) -> None:
    site = SITES["gpt-4o"]
    prompt = cleared(site, messages=(("user", text),))
    planned = bill(site.endpoint("analyst"), prompt, text, ANN).planned
    price = site.priced.price
    assert planned.most_nusd >= nusd_of(price.cost_usd(len(text.encode()), prompt.max_tokens))
