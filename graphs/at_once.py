"""A question that was answered before, answered without starting the graph.

The same nodes in the same order, up to the cached answer: a run of the graph costs more than all of them together.
Whatever is not found so goes through the graph from its start, and so does every turn of a conversation.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from graphs.live_data import LiveData
from graphs.parts import Parts
from graphs.routed import Unasked
from nodes.classify import classify
from nodes.ports import Labeller, Names
from nodes.recall_answer import NO_ANSWERS, Answers, is_recalled, recall_answer
from nodes.remember import remember
from nodes.route import route
from nodes.state import AdvisorState, AdvisorUpdate, merge_times
from privacy.labels import Label
from privacy.policy import Policy
from telemetry.timing import timed
from tools.readings import Inventory

MOST = 512


class AtOnce:
    """The way to an answer that is there already."""

    def __init__(self, parts: Parts, policy: Callable[[], Policy], names: Names | None = None) -> None:
        """`names`: those known last, without a look; `Answers.peek` makes sure that they still hold."""
        self._parts, self._labeller = parts, KnownLabels(parts.labeller, policy)
        self._names = names or parts.readings

    async def answer(self, question: str, *, told: bool) -> tuple[AdvisorState, list[dict[str, Any]]] | None:
        """Return the finished state of a cached answer, and its events where they are `told`; None where there is none.

        Keeps the turn.
        """
        p, coordinator, events = self._parts, Unasked(), list[dict[str, Any]]()
        if p.answers is NO_ANSWERS:
            return None
        state: AdvisorState = {"question": question}
        read = timed("classify", classify)
        state = _with(
            state,
            await read(
                state,
                names=self._names,
                coordinator=coordinator,
                clock=p.clock,
                labeller=self._labeller,
                max_chars=p.max_chars,
            ),
        )
        if coordinator.wanted or state.get("problem") or not state["classification"]["queries"]:
            return None
        decide = timed("route", route)
        state = _with(state, await decide(state, ladder=p.ladder, fingerprint=p.fingerprint, budget_s=p.budget_s))
        look = timed("recall_answer", recall_answer)
        state = _with(state, await look(state, answers=_Peeking(p.answers), emit=events.append if told else None))
        if not is_recalled(state):
            return None
        state = _with(state, await timed("remember", remember)(state, keeper=p.keeper))
        return state, events


class LastNames:
    """The names of live data as they were known last; the first time those of now."""

    def __init__(self, data: LiveData) -> None:
        self._data = data

    async def inventory(self) -> Inventory:
        """Return the names known last."""
        return self._data.names or await self._data.inventory()


class _Peeking:
    """Answers that are looked for without counting what is not there: the graph will look again."""

    def __init__(self, answers: Answers) -> None:
        self.recall = self.peek = answers.peek


class KnownLabels:
    """A labeller that remembers the labels of questions, as long as the policy is the same.

    What is RESTRICTED is looked at again: the detectors may only have failed.
    """

    def __init__(self, labeller: Labeller, policy: Callable[[], Policy]) -> None:
        self._labeller, self._policy = labeller, policy
        self._known: OrderedDict[tuple[str, str], Label] = OrderedDict()
        self.lower = labeller.lower

    async def label_of(self, text: str) -> Label:
        """Return what the quick detectors make of a text."""
        key = (self._policy().hash, text)
        if (known := self._known.get(key)) is not None:
            return known
        found = await self._labeller.label_of(text)
        if found is not Label.RESTRICTED:
            self._known[key] = found
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return found


def _with(state: AdvisorState, update: AdvisorUpdate) -> AdvisorState:
    """Return a state after an update, joined as the graph's channels join it."""
    label = max(state.get("label", Label.PUBLIC), update.get("label", Label.PUBLIC))
    times = merge_times(state.get("timings_ms", {}), update.get("timings_ms", {}))
    return {**state, **update, "label": label, "timings_ms": times}
