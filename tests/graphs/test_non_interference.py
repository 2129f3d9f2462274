"""The strongest form of "nothing restricted leaves": what is restricted does not change one byte of what is sent.

Two stores hold the same names and the same sums of every month, and otherwise any readings at all. The same questions
are asked of both, every local model fails, and the clouds record what they get.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graphs.live_privacy import LivePrivacy
from models.cloud_chat import CloudModels, open_cloud_models
from models.errors import ModelUnreachable
from privacy.policy import Policy
from privacy.pseudonyms.vault import PseudonymVault
from tests.graphs.gatehouse import gatehouse
from tests.graphs.small_graph import Scripted, run
from tests.graphs.test_privacy_gate import at
from tests.models.cloud_asking import site_at
from tests.small_site import END, HOUR, START, SmallSite
from tests.wire.echo_cloud import EchoCloud
from tools.readings import HourlySeries

CLOUD = "cloud:gpt-4o"
FIRST, LAST = START - 2 * 24 * HOUR, END + 2 * 24 * HOUR
SENT = [
    "Which building in London used the most electricity in 2018?",
    "How much electricity did b1 use in March 2018?",
    "Compare b2 and b3 in 2018",
    "electricity of b2 by month in 2018",
]
KEPT = [
    "What was the peak of b2 in July 2018?",
    "How much did b2 use on 5 May 2018?",
    "hour of day profile of b2 in 2018",
]


class Shuffled(SmallSite):
    """The small site with the hours of each month in another order: the same sums, another life in the building."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        whole = await super().hourly(meters, FIRST, LAST)
        return {m: part(self._shuffled(m, series), start, end) for m, series in whole.items()}

    def _shuffled(self, meter: str, series: HourlySeries) -> HourlySeries:
        """Shuffle the inner days of each month, which are of the same month in UTC and in the site's own time."""
        values, flags = series.values.copy(), series.flags.copy()
        times = np.datetime64(series.start.replace(tzinfo=None), "h") + np.arange(len(values))
        months = times.astype("datetime64[M]")
        days = (times.astype("datetime64[D]") - months).astype(int)
        for month in np.unique(months):
            inside = np.flatnonzero((months == month) & (days > 0) & (days < 27))
            order = np.random.default_rng([self.seed, int(month.astype(int)) + 1_000, len(meter)]).permutation(inside)
            values[inside], flags[inside] = values[order], flags[order]
        return HourlySeries(series.start, values, flags)


def part(series: HourlySeries, start: datetime, end: datetime) -> HourlySeries:
    """Return the hours of [start, end) of a series."""
    a, b = (int(np.ceil((at - series.start) / HOUR)) for at in (start, end))
    return HourlySeries(series.start + a * HOUR, series.values[a:b], series.flags[a:b])


async def transcript(
    site: SmallSite, questions: Sequence[str], server: EchoCloud, models: CloudModels, policy: Policy
) -> bytes:
    """Return every byte that the cloud gets while the questions are asked."""
    server.received.clear()
    privacy: LivePrivacy = gatehouse(
        site, policy=lambda: policy, cloud=models, vault=PseudonymVault(new_key=lambda: b"the same key for both stores")
    )
    for question in questions:
        fails = Scripted({"m1": [ModelUnreachable("m1", "nowhere", "down")], CLOUD: []}, remote=(CLOUD,))
        await run(question, fails, site, privacy)
    return bytes(server.received)


async def both(questions: Sequence[str], left: int, right: int) -> tuple[bytes, bytes]:
    async with EchoCloud() as server:
        policy = at(server)
        async with open_cloud_models([site_at("gpt-4o", server)], policy_hash=lambda: policy.hash) as models:
            one = await transcript(Shuffled(left), questions, server, models, policy)
            other = await transcript(Shuffled(right), questions, server, models, policy)
    return one, other


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_restricted_readings_do_not_change_a_byte_of_what_a_cloud_gets(left: int, right: int) -> None:
    one, other = asyncio.run(both([SENT[left % len(SENT)], KEPT[right % len(KEPT)]], left, right))
    assert one
    assert one == other


@pytest.mark.parametrize("question", KEPT)
def test_question_about_restricted_readings_sends_nothing_whatever_they_are(question: str) -> None:
    assert asyncio.run(both([question], 1, 2)) == (b"", b"")


def test_shuffling_does_change_the_restricted_facts() -> None:
    """Else the property would hold of a store that is the same."""

    async def days() -> list[float]:
        states = [await run("How much did b2 use on 5 May 2018?", site=Shuffled(seed)) for seed in (1, 2)]
        return [state["evidence"][0].value for state, _ in states]

    one, other = asyncio.run(days())
    assert one != other
