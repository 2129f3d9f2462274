"""One measured call: the coordinator reads a question, or the analyst explains its facts, as in an answer.

Nothing is read twice and nothing is shown: what a model writes is judged and counted, and forgotten.
"""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.model_matrix.questions import UNSURE, ToExplain, ToRead, same
from models import ChatModels, Deadline, Endpoint, Sampling, Usage
from models.errors import MalformedAnswer, ModelError, TruncatedAnswer
from models.matrix import Call
from models.matrix.call import Reading
from models.usage import Chunk, estimate_tokens
from nodes.coordinate import coordinate
from nodes.draft import Draft
from nodes.prompt import messages
from nodes.verification import Carried, SentenceStream, carried
from privacy.labels import Label
from tools.evidence import Evidence
from tools.grammar import Parsed
from tools.readings import Inventory

Prompt = list[tuple[str, str]]
Speak = Callable[[Prompt, Deadline], AsyncGenerator[Chunk, None]]
OUT_OF_FORM = (MalformedAnswer, TruncatedAnswer)


@dataclass(frozen=True, slots=True)
class World:
    """What every call is made in: the names there are, and the time it is."""

    inventory: Inventory
    now: datetime


async def read_question(
    chat: ChatModels, endpoint: Endpoint, asked: ToRead, world: World, deadline: Deadline, sampling: Sampling
) -> Call:
    """Have a coordinator read a question; what it fills is checked as in an answer, then held against the truth."""
    filler = _Filler(chat, endpoint, deadline, sampling)
    read = await coordinate(asked.words, UNSURE, world.inventory, world.now, filler, Label.INTERNAL)
    usage, failure = filler.usage, filler.failure
    return Call(
        endpoint.id,
        "classification",
        filler.total_ms,
        ttft_ms=usage.ttft_ms if usage else None,
        tokens_in=usage.tokens_in if usage else 0,
        tokens_out=usage.tokens_out if usage else 0,
        estimated=usage.estimated if usage else False,
        failure=failure,
        in_form=None if failure else filler.in_form,
        reading=None if failure else _reading(read, asked),
    )


def _reading(read: Parsed, asked: ToRead) -> Reading:
    if not read.queries:
        return "declined"
    return "right" if same(read.queries[0], asked.truth) else "wrong"


@dataclass
class _Filler:
    """The coordinator's port over one endpoint; notes what the call took."""

    chat: ChatModels
    endpoint: Endpoint
    deadline: Deadline
    sampling: Sampling
    usage: Usage | None = None
    total_ms: float = 0.0
    failure: str = ""
    in_form: bool = False

    async def fill(self, asked: Prompt, schema: type[Any], _label: Label) -> Any:
        """Return a filled form, or raise `ModelError`."""
        started = time.perf_counter()
        try:
            form = await self.chat.fill(
                self.endpoint, asked, schema, deadline=self.deadline, sampling=self.sampling, on_usage=self._noted
            )
        except ModelError as why:
            # With its cost told the stream came to its end, and what is wrong is the form.
            if not (self.usage and isinstance(why, OUT_OF_FORM)):
                self.failure = type(why).__name__
            raise
        else:
            self.in_form = True
            return form
        finally:
            self.total_ms = 1000 * (time.perf_counter() - started)

    def _noted(self, usage: Usage) -> None:
        self.usage = usage


async def explain_facts(model: str, speak: Speak, asked: ToExplain, world: World, deadline: Deadline) -> Call:
    """Have an analyst explain facts; read on until enough sentences hold or nearly none do, as in an answer."""
    evidence = evidence_of(asked)
    hearing = _Hearing(carried(evidence, world.inventory, world.now))
    prompt = messages(asked.words, evidence, [], world.inventory)
    failure = ""
    try:
        async with aclosing(speak(prompt, deadline)) as chunks:
            async for chunk in chunks:
                if hearing.hear(chunk):
                    break
    except ModelError as why:
        failure = type(why).__name__
    return hearing.call(model, prompt, failure)


def evidence_of(asked: ToExplain) -> list[Evidence]:
    """Return the facts of a question, each once."""
    return list({e.id: e for facts in asked.facts for e in facts.evidence}.values())


@dataclass
class _Hearing:
    """What has come of one analysis so far."""

    known: Carried
    draft: Draft = field(default_factory=lambda: Draft([]))
    stream: SentenceStream = field(default_factory=SentenceStream)
    started: float = field(default_factory=time.perf_counter)
    pieces: int = 0
    first_ms: float | None = None
    first_sentence_ms: float | None = None
    usage: Usage | None = None

    def hear(self, chunk: Chunk) -> bool:
        """Take a chunk; tell whether to stop reading."""
        if chunk.text:
            self.pieces += 1
            self.first_ms = self._ms() if self.first_ms is None else self.first_ms
            self._judge(list(self.stream.feed(chunk.text)))
        if chunk.usage is not None:
            self.usage = chunk.usage
            self._judge(self.stream.rest(complete=chunk.finish == "stop"))
        return self.draft.enough

    def _judge(self, found: list[str]) -> None:
        for sentence in found:
            if not self.draft.enough and self.draft.take(sentence, self.known) and self.first_sentence_ms is None:
                self.first_sentence_ms = self._ms()

    def _ms(self) -> float:
        return 1000 * (time.perf_counter() - self.started)

    def call(self, model: str, prompt: Prompt, failure: str) -> Call:
        """Return the call. A stream that was left early has no counts: local servers send a token a piece."""
        usage = self.usage
        said = "\n".join(words for _, words in prompt)
        return Call(
            model,
            "analysis",
            self._ms(),
            ttft_ms=self.first_ms,
            tokens_in=usage.tokens_in if usage else estimate_tokens(said),
            tokens_out=usage.tokens_out if usage else self.pieces,
            estimated=usage.estimated if usage else True,
            failure=failure,
            checked=self.draft.checked,
            kept=self.draft.kept,
            stands=not failure and self.draft.fault() is None,
            first_sentence_ms=self.first_sentence_ms,
        )
