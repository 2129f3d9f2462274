"""The prompts that models are measured with: questions of the answer set, drawn by a seed, each with its truth.

A question is right where it reads as the query that the grammar reads from the answer set's own wording; all of those
are known to be right. The coordinator's form cannot say everything that the grammar reads (no comparison, no month by
month), so it is only asked what the form filled without a fault would carry.
"""

import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from gateway.errors import BadUsage
from models.errors import MalformedAnswer
from nodes.coordinate import coordinate
from privacy.labels import Label
from tools.compute import Facts, compute
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.grammar import Parsed, parse
from tools.readings import Inventory, Readings

SHIPPED = Path(__file__).resolve().parents[2] / "benchmarks" / "answers"
TRUTHS = ("questions.jsonl", "more_questions.jsonl")
PARAPHRASES = "paraphrases.jsonl"
UNSURE = Parsed("ask", sure=False, because="a model is measured")
HOURS = {"all": "all hours", "night": "at night", "weekend": "at weekends", "weekday": "on weekdays"}
STATISTICS = {"mean": "average", "load_factor": "load factor"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in somebody's words, and the wording whose reading is its truth."""

    kind: str
    words: str
    original: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """What a coordinator is asked: a question, and the query that it means."""

    words: str
    truth: EnergyQuery


@dataclass(frozen=True, slots=True)
class ToExplain:
    """What an analyst is asked: a question with its facts."""

    words: str
    facts: tuple[Facts, ...]


def load(folder: Path | None = None) -> list[Question]:
    """Return the questions that have an answer, in their own and in other words.

    Raises `BadUsage` where the folder does not hold the answer set.
    """
    place = folder or SHIPPED
    try:
        truths = {t["id"]: t for name in TRUTHS for t in _lines(place / name)}
        others = [(truths[p["id"]], p["question"]) for p in _lines(place / PARAPHRASES)]
        asked = [*((t, t["question"]) for t in truths.values()), *others]
        return [Question(t["kind"], words, t["question"]) for t, words in asked if t["status"] == "answered"]
    except OSError as why:
        said = f"{place} does not hold the answer set ({why.strerror}); --questions FOLDER names where it is"
        raise BadUsage(said) from why
    except (ValueError, KeyError, TypeError) as why:
        raise BadUsage(
            f"the answer set in {place} is not as it was written ({type(why).__name__}); restore it"
        ) from why


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


Item = TypeVar("Item")


def shuffled(questions: Sequence[Question], seed: int) -> list[Question]:
    """Return the questions in an order in which kinds take turns, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - an order that can be repeated, not a secret
    kinds: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        kinds[question.kind].append(question)
    groups = [chance.sample(group, len(group)) for group in kinds.values()]
    chance.shuffle(groups)
    return [q for q in chain.from_iterable(zip_longest(*groups)) if q is not None]


async def to_read(questions: Sequence[Question], inventory: Inventory, now: datetime, most: int) -> list[ToRead]:
    """Return the first questions that the coordinator's form can carry, at most so many."""
    return await _first(_readable(questions, inventory, now), most)


async def to_explain(
    questions: Sequence[Question], readings: Readings, inventory: Inventory, now: datetime, most: int
) -> list[ToExplain]:
    """Return the first questions with their facts, computed from the readings there are; at most so many."""
    return await _first(_explainable(questions, readings, inventory, now), most)


async def _first(found: AsyncIterator[Item], most: int) -> list[Item]:
    items: list[Item] = []
    async for item in found:
        if len(items) == most:
            break
        items.append(item)
    return items


async def _readable(questions: Sequence[Question], inventory: Inventory, now: datetime) -> AsyncIterator[ToRead]:
    for question in questions:
        truth = _truth(question, inventory, now)
        if len(truth) != 1:
            continue
        read = await coordinate(question.words, UNSURE, inventory, now, _Faultless(truth[0]), Label.INTERNAL)
        if read.queries and same(read.queries[0], truth[0]):
            yield ToRead(question.words, truth[0])


async def _explainable(
    questions: Sequence[Question], readings: Readings, inventory: Inventory, now: datetime
) -> AsyncIterator[ToExplain]:
    for question in questions:
        try:
            facts = [await compute(q, readings, inventory) for q in _truth(question, inventory, now)]
        except (BadQuestion, NoData):
            continue
        if facts:
            yield ToExplain(question.words, tuple(facts))


def _truth(question: Question, inventory: Inventory, now: datetime) -> tuple[EnergyQuery, ...]:
    """Return what the question means; nothing where its buildings are not among the data here."""
    try:
        return parse(question.original, inventory, now).queries
    except (BadQuestion, NoData):
        return ()


def same(read: EnergyQuery, truth: EnergyQuery) -> bool:
    """Tell whether two queries ask for the same, however they were put."""
    return _meant(read) == _meant(truth)


def _meant(query: EnergyQuery) -> dict[str, Any]:
    """Return a query without what says how it was put: the unit to show, and the words of its periods."""
    return query.model_dump(exclude={"unit": True, "period": {"words"}, "against_period": {"words"}})


@dataclass(frozen=True, slots=True)
class _Faultless:
    """A coordinator that knows the truth, as far as the form can say it."""

    truth: EnergyQuery

    async def fill(self, _messages: list[tuple[str, str]], schema: Any, _label: Label) -> Any:
        """Return the form."""
        q = self.truth
        filled = {
            "about_energy": "yes",
            "measure": q.measure,
            "statistic": STATISTICS.get(q.statistic, q.statistic),
            "building": " and ".join(q.buildings),
            "period": q.period.words if q.period else "whole record",
            "night_or_weekend": HOURS.get(str(q.hours), str(q.hours)),
            "rank": q.order or "none",
        }
        try:
            return schema.model_validate(filled)
        except ValidationError:
            raise MalformedAnswer("truth", "the form has no words for it") from None
