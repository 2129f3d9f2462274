"""What one rung's failure leaves to the next: nothing is lost, shown twice, or paid for twice."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.deadline import Deadline
from models.errors import ContentFiltered, ModelTimeout, ModelUnreachable, PromptTooLong, TruncatedAnswer
from models.usage import Chunk, Usage
from nodes.fallback import fallback
from privacy.labels import Label
from tests.graphs.small_graph import RANK, Scripted, Written, run

SENTENCES: list[Written] = [
    "Heating may be the reason. ",
    "Check the boiler first. ",
    "Look at the lighting too. ",
    "Then look at the fans. ",
    "The pumps may run too long. ",
]


@dataclass
class Narrow(Scripted):
    """A model whose context holds so many characters of a prompt."""

    holds: int = 0

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Refuse a prompt that is too long, as `require_fits` does."""
        if sum(len(text) for _, text in prompt) > self.holds:
            self.asked.append(prompt)
            raise PromptTooLong(endpoint, "about 900 tokens of prompt and answer, its context has 512")
        async for chunk in super().speak(endpoint, prompt, deadline, label):
            yield chunk


@dataclass
class InTurn(Scripted):
    """A model that writes something else from its second call on."""

    then: dict[str, list[Written]] = field(default_factory=dict)

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script whose turn it is; a listener that leaves early has used up the turn too."""
        try:
            async for chunk in super().speak(endpoint, prompt, deadline, label):
                yield chunk
        finally:
            self.writes |= self.then


@dataclass
class Priced(Scripted):
    """A model whose answers cost something and that gives its name."""

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Write the script, and say what it cost."""
        async for chunk in super().speak(endpoint, prompt, deadline, label):
            yield Chunk(
                chunk.text, chunk.finish, Usage(10, 5, False, 1.0, 2.0, "m1-2026", 0.25) if chunk.usage else None
            )


async def test_a_prompt_too_long_for_the_context_is_asked_with_fewer_facts_and_the_receipt_says_so() -> None:
    usual = Scripted({"m1": SENTENCES[:2]})
    await run(RANK, usual)
    whole = sum(len(text) for _, text in usual.asked[0])
    narrow = Narrow({"m1": SENTENCES[:2]}, holds=whole - 1)
    state, _ = await run(RANK, narrow)
    facts = len(state["evidence"])
    assert facts > 1
    assert f"room for 1 of {facts} facts" in state["receipt"]["attempts"][0]["reason"]
    assert f"({facts - 1} more facts are not listed)" in narrow.asked[-1][1][1]
    assert state["analysis"].startswith("Heating")


async def test_a_prompt_too_long_in_any_form_goes_to_the_report() -> None:
    state, _ = await run(RANK, Narrow({"m1": SENTENCES}, holds=0))
    assert state["receipt"]["chosen"] == "report"
    assert "PromptTooLong" in state["receipt"]["attempts"][0]["reason"]


@pytest.mark.parametrize("shown", [1, 2, 3, 4])
async def test_what_a_cut_rung_has_shown_is_no_fault_of_the_next_that_begins_anew(shown: int) -> None:
    cut = [*SENTENCES[:shown], TruncatedAnswer("m1", "the connection broke")]
    state, _ = await run(RANK, Scripted({"m1": cut, "m2": SENTENCES}))
    assert state["analysis"] == "".join(map(str, SENTENCES)).strip()
    assert state["receipt"]["chosen"] == "m2"


async def test_a_model_that_repeats_itself_is_still_stopped() -> None:
    state, _ = await run(RANK, Scripted({"m1": [SENTENCES[0]] * 50}))
    assert state["analysis"].count("Heating") == 1
    assert len(state["verification"]["dropped"]) <= 12  # four of each of its calls


async def test_a_call_that_was_never_taken_costs_nothing() -> None:
    gone = ModelUnreachable("m1", "nowhere", "nothing listens there")
    state, _ = await run(RANK, Scripted({"m1": [gone], "m2": SENTENCES}))
    assert state["usage"] == {"tokens_in": 10, "tokens_out": 5, "estimated": False, "cost": 0.0}


async def test_a_call_that_ended_in_silence_is_counted_as_read() -> None:
    late = ModelTimeout("m1", "first token", 8.0)
    state, _ = await run(RANK, Scripted({"m1": [late], "m2": SENTENCES}))
    assert state["usage"]["tokens_in"] > 10
    assert state["usage"]["estimated"]


async def test_the_receipt_names_the_model_that_answered_and_its_cost() -> None:
    state, _ = await run(RANK, Priced({"m1": SENTENCES}))
    attempt = state["receipt"]["attempts"][0]
    assert (attempt["model"], attempt["cost"], attempt["error"]) == ("m1-2026", 0.25, None)
    assert state["usage"]["cost"] == pytest.approx(0.25)


async def test_what_one_providers_rules_forbid_is_offered_to_no_other_cloud() -> None:
    filtered = {"endpoint": "c1", "outcome": "failed", "reason": "", "error": ContentFiltered.__name__}
    state: Any = {
        "receipt": {"rung": 0, "ladder": ["c1", "c2", "m1", "report"], "cloud": ["c1", "c2"]},
        "attempts": [filtered],
    }
    told = await fallback(state, emit=lambda _: None)
    assert told["receipt"]["ladder"][told["receipt"]["rung"]] == "m1"


async def test_a_model_that_spoils_every_number_is_asked_again_for_words_and_heard_to_its_end() -> None:
    spoilt: list[Written] = [f"It used {n} kWh. " for n in range(101, 107)]
    state, _ = await run(RANK, InTurn({"m1": spoilt}, then={"m1": SENTENCES[:3]}))
    assert state["analysis"] == "".join(map(str, SENTENCES[:3])).strip()
    assert state["receipt"]["chosen"] == "m1"


async def test_one_true_sentence_of_a_second_call_stands_whatever_the_first_call_claimed() -> None:
    spoilt: list[Written] = [f"It used {n} kWh. " for n in range(101, 107)]
    state, _ = await run(RANK, InTurn({"m1": spoilt}, then={"m1": SENTENCES[:1]}))
    assert state["analysis"] == str(SENTENCES[0]).strip()
    assert state["receipt"]["chosen"] == "m1"


async def test_a_model_is_asked_three_times_at_most() -> None:
    model = Scripted({"m1": [f"It used {n} kWh. " for n in range(101, 103)], "m2": SENTENCES})
    state, _ = await run(RANK, model)
    assert state["receipt"]["chosen"] == "m2"
    assert len({prompt[-1][1] for prompt in model.asked}) == len(model.asked) - 1 == 3  # m2 is asked as m1 first was


async def test_a_model_of_whose_sentences_most_are_wrong_is_asked_again_before_the_next_rung() -> None:
    spoilt: list[Written] = [SENTENCES[0], *(f"It used {n} kWh. " for n in range(101, 107))]
    state, _ = await run(RANK, InTurn({"m1": spoilt, "m2": SENTENCES}, then={"m1": SENTENCES[1:3]}))
    assert state["analysis"] == "".join(map(str, SENTENCES[:3])).strip()
    assert [a["endpoint"] for a in state["receipt"]["attempts"]] == ["m1"]


@pytest.mark.parametrize("waited_for", ["start", "turn"])
async def test_a_call_whose_turn_never_came_costs_nothing(waited_for: str) -> None:
    late = ModelTimeout("m1", waited_for, 8.0)
    state, _ = await run(RANK, Scripted({"m1": [late], "m2": SENTENCES}))
    assert state["usage"]["tokens_in"] == 10
