"""What measuring models needs, opened together: the building data, the models, the answer set, the routing document."""

from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from config.settings import Settings
from gateway.errors import BadUsage
from gateway.model_matrix.questions import Question, ToExplain, ToRead, load, shuffled, to_explain, to_read
from gateway.model_matrix.trial import World
from gateway.opened import open_data
from graphs.live_data import LiveData
from models import ChatModels, Patience, Sampling, open_chat_models
from models.cloud_sites import site_of
from models.matrix import Task
from models.price import Price
from models.routing import Routing, load_routing

PATIENCE = Patience(first_token_s=180.0, next_token_s=30.0)
"""A large model loads for minutes, and a slow one is to be told slow, not failed; each call has an end of its own."""
REFERENCE = "gpt-4o"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Reference:
    """The price that is saved, and where it stands."""

    model: str
    price: Price
    source: str


@dataclass(frozen=True)
class Prepared:
    """Open parts; `questions` are in the order in which they are drawn."""

    settings: Settings
    routing: Routing
    chat: ChatModels
    data: LiveData
    world: World
    questions: Sequence[Question]

    async def reading(self, most: int) -> list[ToRead]:
        """Return what coordinators are asked. Raises `BadUsage` where the data here is not that of the answer set."""
        found = await to_read(self.questions, self.world.inventory, self.world.now, most)
        return some(found)

    async def explaining(self, most: int) -> list[ToExplain]:
        """Return what analysts are asked. Raises `BadUsage` where the data here is not that of the answer set."""
        found = await to_explain(self.questions, self.data, self.world.inventory, self.world.now, most)
        return some(found)


def some(found: list[Item]) -> list[Item]:
    """Return what was found; raises `BadUsage` where that is nothing."""
    if not found:
        raise BadUsage("no question of the answer set fits the data here; `eaio data load` loads the shipped readings")
    return found


@asynccontextmanager
async def prepared(options: Namespace, settings: Settings) -> AsyncIterator[Prepared]:
    """Open everything; raises `DataUnavailable`, `DocumentError` or `BadUsage` with the remedy."""
    routing = load_routing(settings.routing)
    questions = shuffled(load(Path(options.questions) if options.questions else None), options.seed)
    async with open_data(options) as data, open_chat_models(settings, patience=PATIENCE) as chat:
        world = World(await data.inventory(), datetime.now(UTC))
        yield Prepared(settings, routing, chat, data, world, questions)


def samplings(routing: Routing) -> dict[Task, Sampling]:
    """Return how each task is asked now."""
    tasks: tuple[Task, ...] = ("classification", "analysis")
    return {task: routing.document.tasks[task].sampling() for task in tasks}


def reference(routing: Routing) -> Reference | None:
    """Return the price of the model that is saved; None where the document does not name it."""
    part = routing.document.endpoints.get(REFERENCE)
    if part is None:
        return None
    found = site_of(REFERENCE, part).priced
    return Reference(REFERENCE, found.price, found.version)
