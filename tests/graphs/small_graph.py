"""The advisor over the small site, with models and memory that a test scripts in a line."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graphs.advisor import Advisor, build
from graphs.live_privacy import LivePrivacy
from graphs.parts import Parts
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.errors import ModelError, ModelUnreachable
from models.router import BudgetView
from models.usage import Chunk, Usage
from nodes.route import Snapshot
from nodes.state import AdvisorState
from privacy.labels import Label
from tests.graphs.gatehouse import gatehouse
from tests.graphs.snapshots import PLENTY, snapshot_of
from tests.small_site import SmallSite
from tools.evidence import Evidence

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RANK = "Which building in London used the most electricity in 2018?"
Written = str | ModelError


@dataclass
class Scripted:
    """Every model and memory port. `writes` maps an endpoint to what it writes; an error among it is raised there."""

    writes: dict[str, list[Written]] = field(default_factory=lambda: {"m1": ["b2 used the most. "]})
    remote: tuple[str, ...] = ()
    recalled: list[tuple[str, Label]] = field(default_factory=list)
    kept: list[AdvisorState] = field(default_factory=list)
    cache: str | None = None
    filled: Any = None
    asked: list[list[tuple[str, str]]] = field(default_factory=list)
    most: str | None = "CONFIDENTIAL"
    left: BudgetView = PLENTY
    counted: list[str] = field(default_factory=list)

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return an endpoint for each script, in their order."""
        endpoints = [Endpoint(m, "analyst", "embedded", m, None, 4096, local=m not in self.remote) for m in self.writes]
        return snapshot_of(endpoints, tokens_in, most=self.most)

    async def budget(self, question_id: str) -> BudgetView:
        """Return what is scripted."""
        self.counted.append(question_id)
        return self.left

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script of an endpoint."""
        self.asked.append(prompt)
        for piece in self.writes[endpoint]:
            if isinstance(piece, ModelError):
                raise piece
            yield Chunk(piece)
        yield Chunk("", finish="stop", usage=Usage(10, 5, False, 1.0, 2.0))

    async def fill(self, messages: list[tuple[str, str]], schema: Any, label: Label) -> Any:
        """Fill the form as scripted, or not at all."""
        if self.filled is None:
            raise ModelUnreachable("m1", "nowhere", "no coordinator here")
        return schema(**self.filled)

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what is scripted."""
        return self.recalled, None

    async def cached(self, evidence: Sequence[Evidence], language: str, writer: str) -> tuple[str | None, str | None]:
        """Return what is scripted."""
        return self.cache, None

    async def keep(self, state: AdvisorState) -> list[str]:
        """Note the state."""
        self.kept.append(state)
        return []


def graph_of(scripted: Scripted, site: Any = None, privacy: LivePrivacy | None = None, **options: Any) -> Advisor:
    """Wire the advisor to a script, and to the real privacy gate."""
    return build(parts_of(scripted, site, privacy), **options)


def parts_of(scripted: Scripted, site: Any = None, privacy: LivePrivacy | None = None) -> Parts:
    """Return the parts of a script, with the real privacy gate."""
    s, readings = scripted, site or SmallSite()
    p = privacy or gatehouse(readings)
    return Parts(readings, s, s, s, p, p, p, s, s, lambda: NOW, "test")


async def run(
    question: Any, scripted: Scripted | None = None, site: Any = None, privacy: LivePrivacy | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Run a question; return the final state and the events on the way."""
    state: dict[str, Any] = {}
    events: list[dict[str, Any]] = []
    graph: Any = graph_of(scripted or Scripted(), site, privacy)
    async for mode, chunk in graph.astream({"question": question}, stream_mode=["custom", "values"]):
        if mode == "values":
            state = chunk
        else:
            events.append(chunk)
    return state, events
