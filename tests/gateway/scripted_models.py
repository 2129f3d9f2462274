"""Models that follow a script, over the small site: what measuring them needs, without a server or a database."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from config.settings import Settings
from gateway.command import Parser
from gateway.model_matrix import command as models_matrix
from gateway.model_matrix.prepared import Prepared
from gateway.model_matrix.questions import load, shuffled
from gateway.model_matrix.trial import World
from models import Chunk, Deadline, Endpoint, Sampling, Usage
from models.errors import ModelError
from models.routing import load_routing
from tests.small_site import SmallSite

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TRUE = "b1 used 17,520 kWh in 2018. "
GOOD = [TRUE, "The building manager should check the schedule of the heating. "]
RIGHT = {
    "about_energy": "yes",
    "measure": "electricity",
    "statistic": "total",
    "building": "b1",
    "period": "2018",
    "night_or_weekend": "all hours",
    "rank": "none",
}
ASKED = {"total": "How much electricity did b1 use in 2018?", "peak": "What was the peak demand of b2 in 2018?"}
USAGE = Usage(120, 20, False, 100.0, 300.0)


def answer_set(folder: Path) -> Path:
    """Write an answer set of the small site; return its folder."""
    folder.mkdir(exist_ok=True)
    lines = [{"id": k, "kind": k, "question": q, "status": "answered"} for k, q in ASKED.items()]
    lines.append({"id": "refused", "kind": "refused", "question": "Write a poem.", "status": "refused"})
    (folder / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "more_questions.jsonl").write_text("")
    said = {"id": "total", "question": "b1: electricity used in 2018"}
    (folder / "paraphrases.jsonl").write_text(json.dumps(said) + "\n")
    return folder


@dataclass
class ScriptedChat:
    """The chat port; what a model writes and fills is set by its id, `""` for all others."""

    writes: dict[str, list[str] | ModelError] = field(default_factory=lambda: {"": GOOD})
    fills: dict[str, dict[str, Any] | ModelError] = field(default_factory=lambda: {"": RIGHT})
    ladders: dict[str, list[Endpoint]] = field(default_factory=dict)
    usage: Usage | None = USAGE
    asked: list[tuple[str, str, Sampling]] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None

    async def ladder(self, role: str) -> list[Endpoint]:
        """Return the endpoints of a role."""
        return self.ladders.get(role, [])

    async def stream(
        self, endpoint: Endpoint, messages: Any, *, deadline: Deadline, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        """Write what is scripted."""
        self._note(endpoint, "stream", sampling)
        said = self.writes.get(endpoint.id, self.writes.get("", []))
        if isinstance(said, ModelError):
            raise said
        for piece in said:
            yield Chunk(piece)
        yield Chunk("", finish="stop", usage=self.usage)

    async def fill(
        self, endpoint: Endpoint, messages: Any, schema: Any, *, deadline: Deadline, sampling: Sampling, on_usage: Any
    ) -> Any:
        """Fill what is scripted; an error that is of the form has its cost told first."""
        self._note(endpoint, "fill", sampling)
        said = self.fills.get(endpoint.id, self.fills.get("", {}))
        if self.usage is not None:
            on_usage(self.usage)
        if isinstance(said, ModelError):
            raise said
        return schema.model_validate(said)

    def _note(self, endpoint: Endpoint, how: str, sampling: Sampling) -> None:
        self.asked.append((endpoint.id, how, sampling))
        self.before(endpoint.id)


def endpoint(model: str, place: Any = "ollama", role: Any = "analyst", **other: Any) -> Endpoint:
    """Return an endpoint by the name of its model."""
    return Endpoint(f"{place}:{model}", role, place, model, "http://127.0.0.1:11434", 4096, **other)


def options(*words: str) -> Any:
    """Read a command line of `eaio models`."""
    parser = Parser(prog="eaio models")
    models_matrix.add(parser.add_subparsers(parser_class=Parser))
    read = parser.parse_args(words)
    read.written = False
    return read


def preparing(chat: ScriptedChat, folder: Path) -> Any:
    """Return what stands in for `prepared`: the same, over the script and the small site."""

    @asynccontextmanager
    async def stand_in(given: Any, settings: Settings) -> AsyncIterator[Prepared]:
        site = SmallSite()
        world = World(await site.inventory(), NOW)
        questions = shuffled(load(folder), given.seed)
        yield Prepared(settings, load_routing(), cast(Any, chat), cast(Any, site), world, questions)

    return stand_in


async def no_time_passes(*_: Any, **__: Any) -> None:
    """Stand in for what asks a real server and has nothing to tell."""
    await asyncio.sleep(0)
