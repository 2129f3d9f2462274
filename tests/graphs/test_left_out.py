"""In a conversation, a question that was asked back for a word is answered once its word may be left out."""

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from graphs.runtime import SERDE
from tests.graphs.small_graph import Scripted, graph_of
from tools.grammar.left_out import leaves_out, without

ASKED = "How much electricity did b2 use on wombat days in 2018?"
PLAIN = "How much electricity did b2 use in 2018?"


class Talk:
    """One conversation without a coordinator."""

    def __init__(self) -> None:
        self._graph = graph_of(Scripted(), checkpointer=InMemorySaver(serde=SERDE))

    async def say(self, text: str) -> dict[str, Any]:
        """Return the state after a turn."""
        return dict(await self._graph.ainvoke({"question": text}, {"configurable": {"thread_id": "t"}}))


@pytest.mark.parametrize("reply", ["leave it out", "OK, ignore that word please.", "Yes", "go on without it"])
async def test_word_that_may_be_left_out_is_and_the_answer_says_so(reply: str) -> None:
    talk = Talk()
    asked = await talk.say(ASKED)
    assert asked["problem"]["status"] == "clarify"
    assert "'wombat'" in asked["problem"]["reason"]
    answered, plain = await talk.say(reply), await Talk().say(PLAIN)
    assert answered["problem"] is None
    assert answered["evidence"][0].value == plain["evidence"][0].value
    assert any("left out, as agreed: 'wombat'" in note for note in answered["classification"]["assumed"])


async def test_follow_up_goes_on_from_the_question_without_its_word() -> None:
    talk = Talk()
    await talk.say(ASKED)
    await talk.say("leave it out")
    answered = await talk.say("and in 2019?")
    assert answered["evidence"][0].value == (await Talk().say(PLAIN.replace("2018", "2019")))["evidence"][0].value


async def test_yes_to_nothing_is_no_question() -> None:
    assert (await Talk().say("leave it out"))["problem"] is not None


async def test_another_question_in_between_ends_the_offer() -> None:
    talk = Talk()
    await talk.say(ASKED)
    await talk.say(PLAIN)
    assert "left out, as agreed" not in str((await talk.say("leave it out"))["classification"]["assumed"])


async def test_label_is_that_of_the_question_that_is_meant() -> None:
    talk = Talk()
    asked = await talk.say(f"{ASKED} My mail is jane.doe@example.org.")
    answered = await talk.say("leave it out")
    assert answered["label"] >= asked["label"]


@pytest.mark.parametrize(
    "reply", ["leave out the weekends", "without gas", "yes, and for 2019?", "forget b2", "go on to 2019", ""]
)
def test_reply_that_says_more_is_a_question_of_its_own(reply: str) -> None:
    assert not leaves_out(reply)


def test_only_whole_words_are_left_out() -> None:
    assert without("Wombat wombats' b2, the WOMBAT's load", ["wombat"]) == "wombats' b2, the load"
