"""Ask one endpoint, and release what it writes sentence by sentence, each only after it was verified."""

import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from models.deadline import Deadline
from models.errors import (
    BudgetRefused,
    ModelError,
    NotClearedForCloud,
    PromptTooLong,
    TruncatedAnswer,
    may_have_cost,
)
from models.price import Price
from models.usage import Chunk
from nodes.draft import Draft, Heard
from nodes.events import Emit, rung_event, sentence_event
from nodes.ports import Analysts, Clock, CloudAnalysts, Names
from nodes.prompt import FEWER_FACTS, OPENINGS, messages, words_only
from nodes.rungs import FREE, current_endpoint, denied, price_of
from nodes.state import AdvisorState, AdvisorUpdate, Attempt, Usage, Verification
from nodes.time_left import deadline_of
from nodes.verification import Carried, carried
from telemetry.log import log

MORE_CALL_S = 3.0
NEVER_SENT = (BudgetRefused, NotClearedForCloud)
"""What is refused on our side of a cloud's door."""
Prompt = list[tuple[str, str]]
Speak = Callable[[Prompt, Deadline], AsyncGenerator[Chunk, None]]


@dataclass(frozen=True)
class Writer:
    """One endpoint at work on one draft."""

    endpoint: str
    speak: Speak
    deadline: Deadline
    known: Carried
    emit: Emit
    draft: Draft
    price: Price = FREE
    """Of a call whose end nobody hears, so that its cost is not told."""

    async def persist(self, prompt: Prompt, opening: str = "") -> ModelError | None:
        """Write, and once more where the answer was cut off; what the first one has shown stays."""
        failure = await self.write(prompt, opening)
        if isinstance(failure, TruncatedAnswer) and self.deadline.remaining() > MORE_CALL_S:
            log.warning("generate: %s was cut off and is asked once more", self.endpoint)
            self.draft.begin_anew()
            failure = await self.write(prompt, opening)
        return failure

    async def write(self, prompt: Prompt, opening: str = "") -> ModelError | None:
        """Stream one answer, which goes on from `opening`, into the draft; return why it failed, or None."""
        heard, failure = Heard(opening), None
        try:
            await self._listen(prompt, heard)
            self._release(heard.sentences.rest(complete=heard.finish == "stop"))
        except ModelError as why:
            log.warning("generate: %s", type(why).__name__)
            failure, heard.shared, heard.usage = why, why.shared, heard.usage or why.usage
        self.draft.stopped = heard.finish == "length"
        if heard.usage or heard.text or failure is None or may_have_cost(failure):
            self.draft.calls.append(heard.cost(prompt, self.price))
        return failure

    async def _listen(self, prompt: Prompt, heard: Heard) -> None:
        """Show each sentence as soon as it holds, until the end or enough of it."""
        async with aclosing(self.speak(prompt, self.deadline)) as chunks:
            async for chunk in chunks:
                self._release(heard.take(chunk))
                if self.draft.enough:
                    return
        if heard.finish is None:
            raise TruncatedAnswer(self.endpoint, "the stream ended without its last word")

    def _release(self, found: Iterable[str]) -> None:
        for sentence in found:
            if not self.draft.enough and (shown := self.draft.take(sentence, self.known)):
                self.emit(sentence_event(shown))


async def generate_local(
    state: AdvisorState, *, analysts: Analysts, names: Names, emit: Emit, clock: Clock, budget_s: float
) -> AdvisorUpdate:
    """Make one attempt at the local endpoint of the current rung. What fails is told in `attempts`, never raised.

    A model of whose sentences too few hold is asked again, twice at most, for words without numbers, while there is
    time: the smallest models spoil the numbers and can still say what to check. It is not told what another rung has
    said before it was cut off: told, the embedded model mostly repeats it, and untold it goes on with new words. One
    that is cut off itself is asked once more: its server is started anew meanwhile, and nothing has to leave for it.
    """
    endpoint, started = current_endpoint(state), time.perf_counter()
    inventory = await names.inventory()
    known = carried(state["evidence"], inventory, clock())
    deadline, label = deadline_of(state, budget_s), state["label"]

    def speak(prompt: Prompt, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        return analysts.speak(endpoint, prompt, deadline, label)

    writer = Writer(endpoint, speak, deadline, known, emit, Draft(list(state["draft"])))
    emit(rung_event(endpoint))
    question, evidence = state["question"], state["evidence"]
    failure, facts = await writer.persist(messages(question, evidence, state["recalled"], inventory)), len(evidence)
    for fewer in [n for n in FEWER_FACTS if n < len(evidence)]:
        if not isinstance(failure, PromptTooLong):
            break
        facts = fewer
        log.warning("generate: %s takes %d of %d facts", endpoint, facts, len(evidence))
        failure = await writer.persist(messages(question, evidence, [], inventory, facts))
    for opening in OPENINGS:
        if failure is not None or not writer.draft.fault() or deadline.remaining() <= MORE_CALL_S:
            break
        writer.draft.begin_anew()
        failure = await writer.persist(words_only(evidence[0].query, opening), opening)
    told = _told(state, endpoint, writer.draft, failure, _ms_since(started))
    if facts < len(evidence):
        told["attempts"][-1]["reason"] += f"; its context has room for {facts} of {len(evidence)} facts"
    return told


def _ms_since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)


def _told(state: AdvisorState, endpoint: str, draft: Draft, failure: ModelError | None, ms: float) -> AdvisorUpdate:
    """Return what the attempt changed: the draft, the counts, and the attempt itself."""
    before, spent, used = state["verification"], state["usage"], draft.usage()
    error = type(failure).__name__ if failure else None
    reason = f"{error}: {failure}" if failure else draft.fault()
    attempt = Attempt(
        endpoint=endpoint,
        outcome="denied" if isinstance(failure, NEVER_SENT) else "failed" if reason else "verified",
        reason=reason or f"{draft.kept} of {draft.checked} sentences carried by the evidence",
        ms=round(ms, 1),
        ttft_ms=round(used.ttft_ms, 1) if used.ttft_ms else None,
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        estimated=used.estimated,
        model=used.model,
        cost=used.cost_usd,
        error=error,
        kept=draft.kept,
        stopped=draft.stopped,
        shared=used.shared,
        cached=used.cached,
    )
    return {
        "draft": draft.shown,
        "attempts": [*state["attempts"], attempt],
        "verification": Verification(
            checked=before["checked"] + draft.checked,
            kept=before["kept"] + draft.kept,
            dropped=before["dropped"] + draft.dropped,
        ),
        "usage": Usage(
            tokens_in=spent["tokens_in"] + used.tokens_in,
            tokens_out=spent["tokens_out"] + used.tokens_out,
            estimated=spent["estimated"] or used.estimated,
            cost=spent["cost"] + used.cost_usd,
        ),
    }


async def generate_cloud(
    state: AdvisorState, *, cloud: CloudAnalysts, names: Names, emit: Emit, clock: Clock, budget_s: float
) -> AdvisorUpdate:
    """Make one attempt at a cloud endpoint, with the prompt that the gate has cleared and no other.

    What comes back is judged like any draft, with the names restored. There is no second call: a clearance is for one.
    """
    endpoint, started = current_endpoint(state), time.perf_counter()
    clearance = state.get("clearance")
    if not clearance:
        return {"attempts": [*state["attempts"], denied(endpoint, "no cleared prompt")]}

    def speak(_prompt: Prompt, deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        return cloud.speak(endpoint, clearance, deadline, state["label"], state["question_id"])

    inventory = await names.inventory()
    known = carried(state["evidence"], inventory, clock())
    draft, price = Draft(list(state["draft"])), price_of(state["receipt"], endpoint)
    writer = Writer(endpoint, speak, deadline_of(state, budget_s), known, emit, draft, price)
    emit(rung_event(endpoint))
    failure = await writer.write(messages(state["question"], state["evidence"], (), inventory))
    told = _told(state, endpoint, writer.draft, failure, _ms_since(started))
    return told | {"clearance": None}
