"""Readings of phrasings as the graph uses them: kept on trial, used once they have proved right, in time or not at all.

A reading is kept where the grammar was not sure and the coordinator model, or a person's correction, said what was
meant. It has proved right where it was answered and the next turn of the conversation did not take it back, or where
the phrasing was asked in two runs and read alike. Then it is read without a model, until somebody takes it back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from config.settings import Settings
from graphs.in_time import in_time
from graphs.live_data import LiveData
from memory.agent_memory import AgentMemory, Memory
from memory.agent_memory_items import id_of
from memory.procedures import Skeleton, filled, in_words, is_correction, skeleton, template
from nodes.ports import Labeller
from nodes.state import AdvisorState, Classification, Reading
from privacy.labels import Label, join
from privacy.policy import Policy
from telemetry.log import log
from tools.energy_query import EnergyQuery
from tools.grammar import Parsed
from tools.readings import Inventory

KEPT_FOR = timedelta(days=365)
PART = "agent memory"
PROVED_BY_RUNS = 2
ON_TRIAL, PROVED = 0.5, 1.0
MOST_RUNS = 4


class LivePhrasings:
    """Implements `nodes.phrasings.Phrasings` over agent memory, where the policy lets its row keep the label."""

    def __init__(
        self, settings: Settings, data: LiveData, memory: AgentMemory, policy: Callable[[], Policy], labeller: Labeller
    ) -> None:
        self._settings, self._data, self._memory = settings, data, memory
        self._policy, self._labeller = policy, labeller

    async def known(
        self, question: str, unsure: Parsed, inventory: Inventory, now: datetime, label: Label
    ) -> Parsed | None:
        """Return the reading of an equal phrasing that has proved right; None where there is none, or not at once.

        A process that has not connected to Milvus yet does not wait for it: that takes longer than a model.
        """
        if not self._memory.is_open:
            return None
        asked = skeleton(question, inventory, now)
        if asked is None:
            return None
        found, _ = await in_time(PART, self._found(asked, label), self._settings.memory_budget_s)
        if found is None or found.confidence < PROVED:
            return None
        try:
            query = filled(found.details["query"], asked)
        except (ValueError, KeyError, IndexError, TypeError) as fault:
            log.info("agent memory: a reading is of another version (%s)", type(fault).__name__)
            return None
        ignored = tuple(dict.fromkeys([*unsure.ignored, *found.details.get("ignored", [])]))
        said = f"read as the same wording was read before: {in_words(query)}"
        return replace(unsure, queries=(query,), ignored=ignored, assumed=(*unsure.assumed, said))

    async def learned(self, state: AdvisorState, before: Reading | None) -> Reading | None:
        """Judge the reading of the turn before by this turn, and keep on trial what this one was read as.

        Return what the next turn is to judge: this reading, or what a correction made of the one before. Never raises.
        """
        if before is None and not _is_news(state):
            return None
        return (await in_time(PART, self._learned(state, before), self._settings.memory_budget_s))[0]

    async def _learned(self, state: AdvisorState, before: Reading | None) -> Reading | None:
        inventory = self._data.names or await self._data.inventory()
        told = await self._judged(before, state, inventory) if before is not None else None
        reading = await self._reading(state) if _is_news(state) else told
        if reading is not None:
            await self._kept(reading, state["classification"]["queries"][0], inventory, state["question_id"])
        return reading

    async def _judged(self, before: Reading, state: AdvisorState, inventory: Inventory) -> Reading | None:
        """Let the reading before have proved right, or forget it; return what a correction says it should have been."""
        asked = _skeleton_of(before, inventory)
        if asked is None:
            return None
        if is_correction(state["question"]):
            await self._memory.forget([_id(asked)], ["procedure"])
            return _corrected(before, state["classification"], is_answered=not state.get("problem"))
        if found := await self._found(asked, Label[before["label"]]):
            await self._memory.keep(replace(found, confidence=PROVED, created_at=datetime.now(UTC)))
        return None

    async def _reading(self, state: AdvisorState) -> Reading:
        """Return how a turn was read, under the label of its question: what it found is no part of it."""
        label, kind = join(Label.INTERNAL, await self._labeller.label_of(state["question"])), state["classification"]
        return Reading(
            question=state["question"],
            asked_at=state["asked_at"],
            label=label.name,
            by=kind["by"],
            ignored=kind["ignored"],
        )

    async def _kept(self, reading: Reading, query: EnergyQuery, inventory: Inventory, run: str) -> None:
        """Keep a reading on trial; the same in another run has proved right, another one begins anew."""
        asked, label = _skeleton_of(reading, inventory), Label[reading["label"]]
        slotted = None if asked is None else template(query, asked)
        if asked is None or slotted is None or self._policy().rule("agent_memory", label).action != "allow":
            return
        before = await self._found(asked, Label.RESTRICTED)
        same = before if before and before.details.get("query") == slotted else None
        runs = list(dict.fromkeys([*(same.details["runs"] if same else []), run]))[-MOST_RUNS:]
        proved = len(runs) >= PROVED_BY_RUNS or (same is not None and same.confidence == PROVED)
        details: dict[str, Any] = {"query": slotted, "runs": runs, "ignored": reading["ignored"]}
        await self._memory.keep(_memory(asked, query, label, reading["by"], PROVED if proved else ON_TRIAL, details))

    async def _found(self, asked: Skeleton, label: Label) -> Memory | None:
        found = await self._memory.get("procedure", _id(asked), max_label=label)
        return found if found is not None and found.about == asked.text else None


def _memory(
    asked: Skeleton, query: EnergyQuery, label: Label, by: str, confidence: float, details: dict[str, Any]
) -> Memory:
    now = datetime.now(UTC)
    return Memory(
        text=f"{asked.text} -> {in_words(query)}",
        label=label,
        kind="procedure",
        buildings=(),
        created_at=now,
        expires_at=now + KEPT_FOR,
        about=asked.text,
        source=by,
        confidence=confidence,
        details=details,
    )


def _is_news(state: AdvisorState) -> bool:
    """Tell whether a turn was answered that the grammar alone had not understood."""
    kind = state["classification"]
    return kind["by"] != "grammar" and not state.get("problem") and len(kind["queries"]) == 1


def _corrected(before: Reading, kind: Classification, *, is_answered: bool) -> Reading | None:
    """Return the reading before as a turn that the grammar understood has put it right."""
    if kind["by"] != "grammar" or not is_answered or len(kind["queries"]) != 1:
        return None
    return Reading(
        question=before["question"], asked_at=before["asked_at"], label=before["label"], by="person", ignored=[]
    )


def _skeleton_of(reading: Reading, inventory: Inventory) -> Skeleton | None:
    return skeleton(reading["question"], inventory, datetime.fromtimestamp(reading["asked_at"], UTC))


def _id(asked: Skeleton) -> str:
    return id_of("procedure", asked.text)
