"""Ask one endpoint once, and release what it writes sentence by sentence, each only after it was verified."""

import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from models.deadline import Deadline
from models.errors import ModelError
from models.usage import Chunk, estimate_tokens
from models.usage import Usage as CallUsage
from nodes.events import Emit, rung_event, sentence_event
from nodes.prompt import messages
from nodes.state import AdvisorState, AdvisorUpdate, Attempt, Usage, Verification
from nodes.verification import Carried, SentenceStream, carried, fault_of
from telemetry.log import log
from tools.readings import Inventory

MAX_SENTENCES = 5
MAX_DROPPED = 4
RESERVE_S = 1.0


class Analysts(Protocol):
    """The models of role `analyst`."""

    def speak(self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an endpoint, by its id. Raises `ModelError`, also in the middle."""
        ...


class Names(Protocol):
    """Where names come from."""

    async def inventory(self) -> Inventory:
        """Return the names known now."""
        ...


@dataclass
class Draft:
    """What one attempt has brought so far."""

    shown: list[str]
    checked: int = 0
    kept: int = 0
    dropped: list[dict[str, str]] = field(default_factory=list)
    usage: CallUsage | None = None
    text: str = ""

    def take(self, sentence: str, known: Carried) -> str | None:
        """Judge a sentence; return it where it may be shown and says something new."""
        self.checked += 1
        reason = fault_of(sentence, known)
        if reason is None and _bare(sentence) in map(_bare, self.shown):
            reason = "it repeats a sentence already shown"
        if reason is not None:
            self.dropped.append({"sentence": sentence, "reason": reason})
            return None
        self.kept += 1
        self.shown.append(sentence)
        return sentence

    @property
    def enough(self) -> bool:
        """Tell whether to stop: enough is shown, or nearly nothing of it holds."""
        return len(self.shown) >= MAX_SENTENCES or len(self.dropped) >= MAX_DROPPED


def _bare(sentence: str) -> str:
    return "".join(c for c in sentence.lower() if c.isalnum())


async def generate_local(
    state: AdvisorState, *, analysts: Analysts, names: Names, emit: Emit, clock: "Clock", budget_s: float
) -> AdvisorUpdate:
    """Make one attempt at the local endpoint of the current rung. A failed attempt is told in `attempts`, never raised."""
    endpoint = state["receipt"]["ladder"][state["receipt"]["rung"]]
    inventory = await names.inventory()
    known = carried(state["evidence"], inventory, clock())
    prompt = messages(state["question"], state["evidence"], state.get("recalled", []), inventory)
    deadline = Deadline.after(max(0.0, budget_s - RESERVE_S - (time.time() - state["asked_at"])))
    draft, started = Draft(list(state.get("draft", []))), time.perf_counter()
    emit(rung_event(endpoint))
    reason = await _stream(endpoint, prompt, deadline, draft, known, analysts, emit)
    ms = 1000 * (time.perf_counter() - started)
    used = draft.usage or estimated(prompt, draft.text, ms)
    return _told(state, endpoint, draft, used, reason, ms)


def estimated(prompt: list[tuple[str, str]], text: str, ms: float) -> CallUsage:
    """Return the usage of a stream that was left before its count came, from characters and marked so."""
    said = "\n".join(words for _, words in prompt)
    return CallUsage(estimate_tokens(said), estimate_tokens(text), True, ms, ms)


class Clock(Protocol):
    """What time it is, aware."""

    def __call__(self) -> datetime:
        """Return now."""
        ...


async def _stream(
    endpoint: str,
    prompt: list[tuple[str, str]],
    deadline: Deadline,
    draft: Draft,
    known: Carried,
    analysts: Analysts,
    emit: Emit,
) -> str | None:
    """Stream one answer into the draft; return why it failed, or None."""
    stream, finish = SentenceStream(), None
    try:
        async with aclosing(analysts.speak(endpoint, prompt, deadline)) as chunks:
            async for chunk in chunks:
                draft.usage, finish = chunk.usage or draft.usage, chunk.finish or finish
                draft.text += chunk.text
                _release(stream.feed(chunk.text), draft, known, emit)
                if draft.enough:
                    return None
        _release(stream.rest(complete=finish == "stop"), draft, known, emit)
    except ModelError as why:
        log.warning("generate: %s", type(why).__name__)
        return f"{type(why).__name__}: {why}"
    return None


def _release(found: Iterable[str], draft: Draft, known: Carried, emit: Emit) -> None:
    for sentence in found:
        if not draft.enough and (shown := draft.take(sentence, known)):
            emit(sentence_event(shown))


def _told(
    state: AdvisorState, endpoint: str, draft: Draft, used: CallUsage, failure: str | None, ms: float
) -> AdvisorUpdate:
    """Return what the attempt changed: the draft, the counts, and the attempt itself."""
    before = state["verification"]
    reason = failure or judged(draft)
    attempt = Attempt(
        endpoint=endpoint,
        outcome="failed" if reason else "verified",
        reason=reason or f"{draft.kept} of {draft.checked} sentences carried by the evidence",
        ms=round(ms, 1),
        ttft_ms=None if used.estimated else round(used.ttft_ms, 1),
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        estimated=used.estimated,
    )
    usage = state["usage"]
    return {
        "draft": draft.shown,
        "attempts": [*state["attempts"], attempt],
        "verification": Verification(
            checked=before["checked"] + draft.checked,
            kept=before["kept"] + draft.kept,
            dropped=before["dropped"] + draft.dropped,
        ),
        "usage": Usage(
            tokens_in=usage["tokens_in"] + attempt["tokens_in"],
            tokens_out=usage["tokens_out"] + attempt["tokens_out"],
            estimated=usage["estimated"] or attempt["estimated"],
            cost=usage["cost"],
        ),
    }


def judged(draft: Draft) -> str | None:
    """Return why an attempt that ran to its end has failed all the same, or None."""
    if draft.kept == 0:
        return (
            f"none of its {draft.checked} sentences is new and carried by the evidence"
            if draft.checked
            else "it wrote nothing"
        )
    if len(draft.dropped) > 2 * draft.kept:
        return f"{len(draft.dropped)} of its {draft.checked} sentences are not carried by the evidence"
    return None


async def generate_cloud(state: AdvisorState) -> AdvisorUpdate:
    """Make one attempt at a cloud endpoint. It takes a cleared prompt only, and there is none while the gate denies all."""
    endpoint = state["receipt"]["ladder"][state["receipt"]["rung"]]
    return {"attempts": [*state["attempts"], denied(endpoint, "no cleared prompt")]}


def denied(endpoint: str, reason: str) -> Attempt:
    """Return the attempt that never was."""
    return Attempt(
        endpoint=endpoint,
        outcome="denied",
        reason=reason,
        ms=0.0,
        ttft_ms=None,
        tokens_in=0,
        tokens_out=0,
        estimated=False,
    )
