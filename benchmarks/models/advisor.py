"""Our advisor as it is asked in a run of a fault: the whole graph and the real gate, two clouds and no local model."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import SecretStr

from benchmarks.models.upstream import Upstream
from benchmarks.models.verdicts import Told
from graphs.advisor import build
from graphs.answer_json import answer_json
from graphs.live_privacy import LivePrivacy
from graphs.parts import Parts
from models.cloud_chat import open_cloud_models
from models.cloud_sites import SITES
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelUnreachable
from models.router import BudgetView
from models.usage import Chunk
from nodes.prompt import messages
from nodes.route import Snapshot
from privacy.audit.in_memory import MemoryAudit
from privacy.labels import Label
from privacy.names import names_of
from privacy.names.inventory import NameInventory
from privacy.policy import Policy
from privacy.policy.file import load_policy
from privacy.pseudonyms.vault import PseudonymVault
from privacy.scanner import Scanner
from privacy.spans import Scan
from tests.graphs.snapshots import PLENTY, snapshot_of
from tests.small_site import SmallSite
from tools.readings import HourlySeries, Inventory

CLEARED = "Which building in London used the most electricity in 2018?"
"""A question on facts that may leave under pseudonyms."""
RESTRICTED = (
    "Show the hourly profile of b2 in 2018",
    f"{CLEARED} The building is empty after 18:05 every day.",
)
"""One on hourly readings, and one that tells when a building is empty."""
NAMES = ("london", "south hall", "west hall", "b2", "b3")
"""Names of the site; none may stand in what a cloud is sent."""
TEXT = (
    "Perhaps fans and pumps there run for longer than people need them. "
    "Old lighting or worn controls may be a reason for this result. "
    "The building manager should check the schedules of heating and cooling soon. "
    "Inspect the plant room to find machines that run without any need. "
    "Compare the meters with the schedules to see where savings are possible."
)
"""What a healthy model answers: 60 words in five sentences, which hold of any building."""
PRIMARY, FALLBACK = "gpt-4o", "deepseek-v3"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHIPPED = load_policy()
LOCAL = "ollama:qwen2.5:7b"


class KeptSite(SmallSite):
    """The small site, whose hours are worked out once."""

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: _hours(m, start, end) for m in meters}


@lru_cache(maxsize=1_000)
def _hours(meter: str, start: datetime, end: datetime) -> HourlySeries:
    return SITE._series(SITE._inventory.meters[meter], start, end)  # noqa: SLF001 - the same rows, kept


SITE = KeptSite()


@dataclass
class NoLocalModel:
    """The ladder, the local models and memory: there is no local model, and nothing is remembered."""

    clouds: Callable[[], list[Endpoint]]

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return a local endpoint that does not answer, and the clouds."""
        local = Endpoint(LOCAL, "analyst", "ollama", LOCAL, None, 4096)
        return snapshot_of([local, *self.clouds()], tokens_in, profile="production", reason="no Ollama answers")

    async def budget(self, question_id: str) -> BudgetView:
        """Return plenty."""
        return PLENTY

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Fail as an Ollama that is not there."""
        raise ModelUnreachable(endpoint, "127.0.0.1:11434", "connection refused")
        yield Chunk("")

    async def fill(self, messages: list[tuple[str, str]], schema: Any, label: Label) -> Any:
        """Fail as an Ollama that is not there."""
        raise ModelUnreachable(LOCAL, "127.0.0.1:11434", "connection refused")

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return nothing."""
        return [], None

    async def cached(self, evidence: Any, language: str, writer: str) -> tuple[str | None, str | None]:
        """Return nothing."""
        return None, None

    async def keep(self, state: Any) -> list[str]:
        """Keep nothing."""
        return []


@dataclass(frozen=True)
class Advisor:
    """The graph over two upstreams."""

    gated: ClassVar[bool] = True
    graph: Any
    fallback_model: str = FALLBACK

    async def ask(self, longest_s: float) -> Told:
        """Ask a question that may leave."""
        return await self._asked(CLEARED, longest_s)

    async def ask_restricted(self, longest_s: float) -> list[Told]:
        """Ask what may not leave."""
        return [await self._asked(question, longest_s) for question in RESTRICTED]

    async def _asked(self, question: str, longest_s: float) -> Told:
        started = time.monotonic()
        state: dict[str, Any] = {}
        shown: list[str] = []
        try:
            async with asyncio.timeout(longest_s):
                async for mode, chunk in self.graph.astream({"question": question}, stream_mode=["custom", "values"]):
                    if mode == "values":
                        state = chunk
                    elif chunk["event"] == "sentence":
                        shown.append(chunk["text"])
        except TimeoutError:
            return Told("hang", took_s=time.monotonic() - started)
        return _told(answer_json(state, "", {}), shown, time.monotonic() - started)  # type: ignore[arg-type]


def _told(answer: dict[str, Any], shown: list[str], took_s: float) -> Told:
    """Return what the caller is told: the text as it was shown, the model and the reasons of the receipt."""
    receipt, served = answer["receipt"], answer["status"] == "answered" and bool(answer["answer"])
    tries = [a for a in receipt.get("attempts", []) if a["endpoint"].startswith("cloud:")]
    reason = "; ".join(a["reason"] for a in tries if a["outcome"] != "verified")
    chosen = receipt["chosen"] or ""
    if not served or not chosen.startswith("cloud:"):
        return Told("error", model=chosen, reason=reason, took_s=took_s, served=served)
    said = next(a for a in reversed(tries) if a["endpoint"] == chosen)
    tokens = None if said["estimated"] else int(said["tokens_out"])
    text = answer["analysis"] if " ".join(shown) == answer["analysis"] else f"shown otherwise: {' '.join(shown)}"
    named = said.get("model") in (None, SITES[chosen.removeprefix("cloud:")].model)
    model = chosen if named else f"{chosen}, which says it is {said['model']}"
    return Told("answer", text, model, tokens, reason, took_s, served)


@asynccontextmanager
async def advisor(primary: Upstream, fallback: Upstream) -> AsyncIterator[Advisor]:
    """Open the graph whose gpt-4o is one upstream and whose DeepSeek the other, which takes pseudonymised data here."""
    at = {PRIMARY: primary, FALLBACK: fallback}
    policy = policy_for({d: upstream.host for d, upstream in at.items()})
    sites = [replace(SITES[d], base_url=u.base_url, api_key=SecretStr("sk-chaos-0123456789")) for d, u in at.items()]
    async with open_cloud_models(sites, policy_hash=lambda: policy.hash) as cloud:
        privacy = LivePrivacy(
            lambda: policy, scan_of, MemoryAudit(), PseudonymVault(), cloud, SITE, lambda: primary.host
        )
        await privacy.warm()
        yield Advisor(graph_of(privacy, NoLocalModel(privacy.endpoints)))


def graph_of(privacy: LivePrivacy, none: NoLocalModel) -> Any:
    """Return the advisor's graph without local model and memory."""
    return build(
        Parts(
            readings=SITE,
            coordinator=none,
            ladder=none,
            analysts=none,
            cloud=privacy,
            gate=privacy,
            labeller=privacy,
            recall=none,
            keeper=none,
            clock=lambda: NOW,
            fingerprint="chaos",
        )
    )


def policy_for(hosts: dict[str, str]) -> Policy:
    """Return the shipped policy with these hosts for clouds, each of which gets internal data under pseudonyms."""
    opened = {
        d: replace(known, hosts=(hosts[d],), rows={**known.rows, Label.INTERNAL: "pseudonymise"})
        for d, known in SHIPPED.destinations.items()
        if d in hosts
    }
    return replace(SHIPPED, destinations={**SHIPPED.destinations, **opened})


def scan_of(_inventory: Inventory | None) -> Callable[[str, int], Scan]:
    """Return the scan that the product does, of one scanner for all runs."""
    return _scanner().scan


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    inventory = SITE._inventory  # noqa: SLF001 - what its `inventory` returns
    names = names_of(sites=inventory.sites.values(), buildings=inventory.buildings.values(), meters=inventory.meters)
    return Scanner(NameInventory.build(names), SHIPPED.types, SHIPPED.combinations)


async def prompts_without_gate() -> tuple[list[tuple[str, str]], list[list[tuple[str, str]]]]:
    """Return the prompts of the question that may leave and of those that may not, as they are without a gate."""
    async with open_cloud_models(()) as cloud:
        privacy = LivePrivacy(lambda: SHIPPED, scan_of, MemoryAudit(), PseudonymVault(), cloud, SITE, lambda: "one")
        graph = graph_of(privacy, NoLocalModel(list))
        cleared, *restricted = [await _prompt(graph, question) for question in (CLEARED, *RESTRICTED)]
        return cleared, restricted


async def _prompt(graph: Any, question: str) -> list[tuple[str, str]]:
    state = await graph.ainvoke({"question": question})
    return messages(question, state["evidence"], [], await SITE.inventory())
