"""An answer of a form is validated, or it is an error; it is never half filled."""

import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from models import Deadline, Usage
from models.errors import MalformedAnswer, ModelFailed, TruncatedAnswer
from tests.models.asking import PROTOCOLS, QUESTION, Protocol, asking
from tests.wire.script import Break, Say

both = pytest.mark.parametrize("protocol", PROTOCOLS)


class Reading(BaseModel):
    """What a coordinator is asked to fill."""

    complexity: Literal["low", "medium", "high"]
    buildings: list[str] = Field(max_length=3)


GOOD = json.dumps({"complexity": "low", "buildings": ["b4"]})


@both
async def test_answer_of_the_form_is_returned_and_its_cost_told(protocol: Protocol) -> None:
    costs: list[Usage] = []
    async with asking(protocol, Say(GOOD)) as asked:
        filled = await asked.models.fill(
            asked.endpoint, QUESTION, Reading, deadline=Deadline.after(5), on_usage=costs.append
        )
    assert filled == Reading(complexity="low", buildings=["b4"])
    assert [cost.tokens_in for cost in costs] == [42]


@both
async def test_server_is_given_the_schema_and_the_coldest_sampling(protocol: Protocol) -> None:
    async with asking(protocol, Say(GOOD)) as asked:
        await asked.models.fill(asked.endpoint, QUESTION, Reading, deadline=Deadline.after(5))
        sent = asked.server.chats[0].json
    if protocol == "ollama":
        assert sent["format"] == Reading.model_json_schema()
        assert sent["options"] == {"num_ctx": 4096, "temperature": 0.0, "num_predict": 256}
    else:
        assert sent["response_format"]["json_schema"]["schema"] == Reading.model_json_schema()
        assert (sent["temperature"], sent["max_completion_tokens"]) == (0.0, 256)
    assert sent["stream"] is True


@both
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"complexity": "enormous", "buildings": []}', "complexity: literal_error"),
        ('{"complexity": "low", "buildings": ["a", "b", "c", "d"]}', "buildings: too_long"),
        ('{"complexity": "low"}', "buildings: missing"),
        ("Sure! Here is the JSON.", "the whole: json_invalid"),
        ("[]", "the whole: model_type"),
    ],
)
async def test_answer_of_another_form_is_malformed_and_named_without_its_words(
    protocol: Protocol, text: str, what: str
) -> None:
    costs: list[Usage] = []
    async with asking(protocol, Say(text)) as asked:
        with pytest.raises(MalformedAnswer, match=what) as caught:
            await asked.models.fill(
                asked.endpoint, QUESTION, Reading, deadline=Deadline.after(5), on_usage=costs.append
            )
    assert "enormous" not in str(caught.value)
    assert len(costs) == 1


@both
async def test_form_that_was_cut_at_its_longest_is_truncated(protocol: Protocol) -> None:
    async with asking(protocol, Say('{"complexity": "low", "buil', finish="length")) as asked:
        with pytest.raises(TruncatedAnswer, match="256 tokens were not enough"):
            await asked.models.fill(asked.endpoint, QUESTION, Reading, deadline=Deadline.after(5))


@both
async def test_fault_of_the_server_is_no_fault_of_the_form(protocol: Protocol) -> None:
    async with asking(protocol, Break(after=0)) as asked:
        with pytest.raises(ModelFailed):
            await asked.models.fill(asked.endpoint, QUESTION, Reading, deadline=Deadline.after(5))
