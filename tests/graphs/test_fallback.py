"""A rung that fails in the middle: what was shown stays, is shown once, and is never taken for a whole answer."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from gateway.receipt_line import receipt_line
from graphs.advisor import build
from models.deadline import Deadline
from models.errors import ModelBusy, ModelError, ModelTimeout, TruncatedAnswer
from models.usage import Chunk, Usage
from nodes.verification import sentences
from privacy.labels import Label
from tests.graphs.small_graph import RANK, Scripted, Written, parts_of, run

TEXT = "Heating may be the reason. Check the boiler first. Look at the lighting too."
PIECES = [TEXT[at : at + 7] for at in range(0, len(TEXT), 7)]
WHOLE = sentences(TEXT)
LATER: list[Written] = ["Check the boiler first. ", "Then look at the fans. ", "The pumps may run too long. "]
CUTS: list[ModelError] = [TruncatedAnswer("m", "the connection broke"), ModelTimeout("m", "token", 4.0)]


def shown(events: list[dict[str, Any]]) -> list[str]:
    """Return the sentences that a reader saw, in their order."""
    return [e["text"] for e in events if e["event"] == "sentence"]


def assert_coherent(state: dict[str, Any], events: list[dict[str, Any]]) -> None:
    """Check that the analysis is what was shown, sentence by sentence, each once and none cut."""
    seen = shown(events)
    assert state["analysis"] == " ".join(seen)
    assert len(seen) == len(set(seen))
    assert all(sentence.endswith((".", "!", "?")) for sentence in seen)


@pytest.mark.parametrize("after", range(len(PIECES) + 1))
@pytest.mark.parametrize("cut", CUTS, ids=lambda fault: type(fault).__name__)
async def test_first_rung_that_is_cut_after_any_piece_is_taken_up_by_the_next(after: int, cut: ModelError) -> None:
    state, events = await run(RANK, Scripted({"m1": [*PIECES[:after], cut], "m2": LATER}))
    assert_coherent(state, events)
    kept = state["receipt"]["attempts"][0]["kept"]
    assert shown(events)[:kept] == WHOLE[:kept]
    assert state["receipt"]["chosen"] == "m2"
    assert "The pumps may run too long." in state["analysis"]
    assert any("m1 failed" in note for note in state["receipt"]["notes"]) == (kept > 0)


@pytest.mark.parametrize("after", range(len(PIECES) + 1))
async def test_local_rung_that_is_cut_once_is_asked_once_more_before_anything_goes_elsewhere(after: int) -> None:
    models = Mended({"m1": [*PIECES[:after], CUTS[0]], "m2": LATER}, remote=("m2",), whole=PIECES)
    state, events = await run(RANK, models)
    assert_coherent(state, events)
    assert shown(events) == WHOLE
    assert state["receipt"]["chosen"] == "m1"
    assert len(models.asked) == 2
    assert state["usage"]["tokens_in"] > 10, "the call that was cut has cost something, too"


async def test_local_rung_that_has_not_the_time_to_be_asked_once_more_is_left() -> None:
    models = Mended({"m1": [PIECES[0], CUTS[0]], "m2": LATER}, whole=PIECES)
    state = await build(replace(parts_of(models), budget_s=2.0)).ainvoke({"question": RANK})
    assert state["receipt"]["chosen"] == "m2"


@pytest.mark.parametrize("after", range(len(PIECES) + 1))
async def test_last_rung_that_is_cut_after_any_piece_is_completed_by_the_report_and_told(after: int) -> None:
    gone: list[Written] = [ModelBusy("m1", 1.0)]
    state, events = await run(RANK, Scripted({"m1": gone, "m2": [*PIECES[:after], CUTS[0]]}))
    assert_coherent(state, events)
    assert state["receipt"]["chosen"] == "report"
    kept = state["receipt"]["attempts"][-1]["kept"]
    notes = [note for note in state["receipt"]["notes"] if note.startswith("m2 failed")]
    assert len(notes) == (kept > 0)
    assert len(shown(events)) > kept, "the report adds its remarks"


@pytest.mark.parametrize("first", range(0, len(PIECES) + 1, 3))
@pytest.mark.parametrize("second", range(0, len(PIECES) + 1, 3))
async def test_every_rung_that_is_cut_leaves_what_holds_and_nothing_twice(first: int, second: int) -> None:
    models = Scripted({"m1": [*PIECES[:first], CUTS[0]], "m2": [*PIECES[:second], CUTS[1]]})
    state, events = await run(RANK, models)
    assert_coherent(state, events)
    assert state["receipt"]["chosen"] == "report"
    assert [a["outcome"] for a in state["receipt"]["attempts"]] == ["failed", "failed"]


@pytest.mark.parametrize("after", range(len(PIECES)))
async def test_stream_that_ends_without_its_last_word_is_cut(after: int) -> None:
    state, events = await run(RANK, Silent({"m1": list(PIECES[:after])}))
    assert_coherent(state, events)
    assert state["receipt"]["chosen"] == "report"
    assert state["receipt"]["attempts"][0]["error"] == "TruncatedAnswer"


@dataclass
class Silent(Scripted):
    """Models whose streams end without saying so."""

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script, and no last piece."""
        for piece in self.writes[endpoint]:
            yield Chunk(str(piece))


@dataclass
class Mended(Scripted):
    """Models whose first call goes by the script, and every later one is whole."""

    whole: Sequence[Written] = ()

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script of an endpoint, and from then on the whole."""
        try:
            async for chunk in super().speak(endpoint, prompt, deadline, label):
                yield chunk
        finally:
            self.writes[endpoint] = list(self.whole)


@dataclass
class Long(Scripted):
    """Models that are stopped at their longest answer."""

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script, and say that there was more."""
        for piece in self.writes[endpoint]:
            yield Chunk(str(piece))
        yield Chunk("", finish="length", usage=Usage(10, 400, False, 1.0, 2.0))


async def test_answer_that_reached_its_longest_is_not_presented_as_whole() -> None:
    models = Long({"m1": [f"{WHOLE[0]} {WHOLE[1]} Then the fans of the"]})
    state, events = await run(RANK, models)
    assert shown(events) == WHOLE[:2]
    assert_coherent(state, events)
    [note] = state["receipt"]["notes"]
    assert note == "m1 was stopped at its longest answer; what it began last is left out"
    assert state["receipt"]["attempts"][0]["stopped"]


async def test_line_under_the_answer_says_that_the_report_completed_what_a_model_began() -> None:
    state, _ = await run(RANK, Scripted({"m1": [f"{WHOLE[0]} {WHOLE[1]} ", CUTS[0]]}))
    assert "begun by m1, completed by rule: m1: TruncatedAnswer" in receipt_line(_answered(state))


async def test_line_under_the_answer_says_that_a_model_was_stopped() -> None:
    state, _ = await run(RANK, Long({"m1": [f"{WHOLE[0]} {WHOLE[1]} Then the"]}))
    assert "explained by m1, stopped at its longest" in receipt_line(_answered(state))


def _answered(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "evidence": [e.as_json() for e in state["evidence"]]}
