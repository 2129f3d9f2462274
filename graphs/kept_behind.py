"""Turns that are written down behind their answers: those that were answered from the cache, many at a time."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from config.settings import Settings
from graphs.in_time import in_time
from graphs.live_data import LiveData
from graphs.live_usage import rows_of
from graphs.money import budgets_part
from memory.ledger import Ledger
from memory.usage_ledger import UsageLedger
from nodes.state import AdvisorState
from privacy.policy import Policy

REST_S, WAIT_S, MOST = 0.1, 1.0, 500
"""How long no turn must come before those that wait are written, how long one waits at most, and how many wait."""
GIVE_UP_S = 5.0


class KeptBehind:
    """The runs and the usage of turns that were given already.

    A process that is killed loses those of its last `WAIT_S`: receipts of answers that had been computed, and written
    down, before.
    """

    def __init__(self, settings: Settings, data: LiveData, policy: Callable[[], Policy]) -> None:
        self._settings, self._data, self._policy = settings, data, policy
        self._waiting: list[tuple[AdvisorState, str | None]] = []
        self._came_s = 0.0
        self._writing: asyncio.Task[None] | None = None

    def add(self, state: AdvisorState, thread: str | None) -> None:
        """Take a finished turn of a conversation, where the policy lets it be written down."""
        if not self._may(state):
            return
        self._waiting.append((state, thread))
        self._came_s = time.monotonic()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def now(self, state: AdvisorState, thread: str) -> list[str]:
        """Write down a finished turn at once; return a note where that could not be done in time."""
        if not self._may(state):
            return []
        _, note = await in_time("ledger", self._kept([(state, thread)]), self._settings.memory_budget_s)
        return [note] if note else []

    async def close(self) -> None:
        """Write down what is left."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])
        if self._waiting:
            await self._flush()

    async def _write(self) -> None:
        while self._waiting:
            began_s = time.monotonic()
            while len(self._waiting) < MOST and not self._is_time(began_s):
                await asyncio.sleep(REST_S)
            await asyncio.shield(asyncio.create_task(self._flush()))

    def _is_time(self, began_s: float) -> bool:
        now_s = time.monotonic()
        return now_s - self._came_s >= REST_S or now_s - began_s >= WAIT_S

    async def _flush(self) -> None:
        turns, self._waiting = self._waiting, []
        await in_time("ledger", self._kept(turns), GIVE_UP_S)

    async def _kept(self, turns: list[tuple[AdvisorState, str | None]]) -> None:
        pool = await self._data.pool()
        await Ledger(pool).keep_runs([self._run(state, thread) for state, thread in turns])
        usage = UsageLedger(pool, budgets_part(self._settings).timezone)
        await usage.add([row for state, _ in turns for row in rows_of(state)])

    def _may(self, state: AdvisorState) -> bool:
        return self._policy().rule("ledger", state["label"]).action == "allow"

    def _run(self, state: AdvisorState, thread: str | None) -> dict[str, Any]:
        return {
            "run_id": state["question_id"],
            "thread_id": thread,
            "question": str(state["question"])[: self._settings.max_question_chars],
            "status": "answered",
            "label": state["label"].name,
            "receipt": dict(state["receipt"]),
        }
