"""A record holds all that a decision was made from: made again it is the same, byte for byte, or it is refused."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.router import (
    BudgetView,
    Candidate,
    Features,
    RouteRequest,
    Weights,
    canonical,
    decide,
    is_same,
    read_record,
    record_of,
    replay,
)
from models.router.errors import BadRequest, EditedReceipt, NotAReceipt, OldReceipt, ReceiptError
from models.router.record import VERSION, digest
from tests.models.router.generated import requests
from tests.models.router.routes import asked, cloud, near

REQUEST = asked(near(quality=None), near("ollama:b", wait_s=1 / 3), cloud(), cloud("cloud:x", max_label="PUBLIC"))


def record() -> dict[str, Any]:
    """Return a record as it comes from a file."""
    found: dict[str, Any] = json.loads(json.dumps(record_of(REQUEST, decide(REQUEST))))
    return found


def sealed_anew(told: dict[str, Any]) -> dict[str, Any]:
    """Return an edited record with a digest that fits it."""
    return told | {"digest": digest({part: value for part, value in told.items() if part != "digest"})}


def test_a_decision_made_again_is_the_same_byte_for_byte() -> None:
    told = record()
    assert canonical(replay(told)) == canonical(told["decision"]) == canonical(decide(REQUEST))
    assert is_same(told)


def test_what_is_read_is_what_was_kept() -> None:
    assert read_record(record()) == (REQUEST, decide(REQUEST))


def test_the_record_is_json_that_every_reader_has() -> None:
    told = record_of(REQUEST, decide(REQUEST))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(told) == ["version", "request", "decision", "digest"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(requests())
def test_whatever_was_asked_is_decided_again_the_same(request: RouteRequest) -> None:
    told = record_of(request, decide(request))
    for text in (json.dumps(told), json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False)):
        again = json.loads(text)
        assert canonical(replay(again)) == canonical(told["decision"])
        assert canonical(record_of(*read_record(again))) == canonical(told)


@pytest.mark.parametrize("breaker", ["open", "half_open"])
def test_a_time_of_minus_nothing_is_written_as_nothing(breaker: Any) -> None:
    request = asked(near(breaker=breaker, opens_again_in_s=50.0), near("b", measured=True), left_s=-0.0)
    assert is_same(json.loads(json.dumps(record_of(request, decide(request)))))


@settings(max_examples=3, deadline=None)
@given(st.data())
def test_fifty_endpoints_are_decided_again_the_same(data: st.DataObject) -> None:
    few = data.draw(requests(most=6))
    many = tuple(replace(c, id=f"{c.id}/{n}") for n in range(50) for c in few.candidates)[:50]
    request = replace(few, candidates=many)
    assert is_same(json.loads(json.dumps(record_of(request, decide(request)))))


def test_a_writer_of_json_that_writes_numbers_otherwise_changes_nothing() -> None:
    told = record()
    assert told["request"]["features"]["left_s"] == 15

    def pointed(value: Any) -> Any:
        if type(value) is int:
            return float(value)
        if isinstance(value, list):
            return [pointed(item) for item in value]
        return {k: pointed(v) for k, v in value.items()} if isinstance(value, dict) else value

    assert is_same(told | {"request": pointed(told["request"]), "decision": pointed(told["decision"])})


def test_text_of_any_script_is_kept() -> None:
    request = replace(asked(near(note="Grüße 建物\x00")), profile="\U0001f3e2")
    assert is_same(json.loads(json.dumps(record_of(request, decide(request)))))


# Refused


@pytest.mark.parametrize("value", [None, 3, "r0123456789ab", [], [1], b"{}"])
def test_what_is_no_object_is_no_receipt(value: object) -> None:
    with pytest.raises(NotAReceipt, match="eaio route --json"):
        read_record(value)


@pytest.mark.parametrize("part", ["version", "request", "decision", "digest"])
def test_a_missing_part_is_named(part: str) -> None:
    told = record()
    del told[part]
    with pytest.raises(NotAReceipt, match=f"it has no {part}"):
        read_record(told)


@pytest.mark.parametrize(("version", "said"), [(VERSION - 1, "an older EAIO"), (VERSION + 1, "a newer EAIO")])
def test_a_record_of_another_version_is_refused_with_both_versions(version: int, said: str) -> None:
    with pytest.raises(OldReceipt, match=f"of version {version}, made by {said}; this one replays version {VERSION}"):
        read_record(record() | {"version": version})


@pytest.mark.parametrize("version", ["1", 1.5, True, None])
def test_a_version_that_is_no_number_is_no_receipt(version: object) -> None:
    with pytest.raises(NotAReceipt, match="its version is"):
        read_record(record() | {"version": version})


def _label(told: dict[str, Any]) -> None:
    told["request"]["features"]["label"] = "PUBLIC"


def _ladder(told: dict[str, Any]) -> None:
    told["decision"]["ladder"].reverse()


def _price(told: dict[str, Any]) -> None:
    told["request"]["candidates"][2]["input_usd"] = 2.500001


def _field(told: dict[str, Any]) -> None:
    told["request"]["comment"] = "harmless"


def _digest(told: dict[str, Any]) -> None:
    told["digest"] = "0" * 64


EDITS = [_label, _ladder, _price, _field, _digest]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_record_is_refused(edit: Callable[[dict[str, Any]], None]) -> None:
    told = record()
    edit(told)
    with pytest.raises(EditedReceipt, match="changed after it was made"):
        read_record(told)


def test_a_decision_that_was_edited_and_sealed_anew_does_not_come_out_the_same() -> None:
    told = record()
    _ladder(told)
    assert not is_same(sealed_anew(told))


def test_a_field_that_this_version_does_not_know_is_refused_and_not_dropped() -> None:
    told = record()
    _field(told)
    with pytest.raises(NotAReceipt, match="its request has a field that this version does not know"):
        read_record(sealed_anew(told))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("features", "label"), "SECRET", "'SECRET' is no label; give PUBLIC"),
        (("features", "complexity"), 1.5, "complexity of the question is 1.5"),
        (("features", "tokens_in"), -1, "tokens_in of the question is -1"),
        (("features", "tokens_in"), "600", "request.features.tokens_in"),
        (("candidates", 0, "wait_s"), 1e300, r"wait_s of ollama:qwen is 1e\+300"),
        (("candidates", 0, "slots"), 1.5, "request.candidates.0.slots"),
        (("candidates", 0, "local"), 1, "request.candidates.0.local"),
        (("candidates", 1, "id"), "ollama:qwen", "ollama:qwen is a candidate twice"),
        (("candidates", 1, "id"), "report", "'report' is the last rung"),
        (("rules", "strategy"), "local_frist", "request.rules.strategy"),
        (("rules", "weights"), {"quality": 0, "cost": 0, "latency": 0, "load": 0}, "sum to nothing"),
        (("candidates",), {}, "request.candidates"),
    ],
)
def test_a_value_that_no_request_has_is_named_though_the_seal_fits(path: Any, value: object, said: str) -> None:
    told = record()
    at = told["request"]
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(NotAReceipt, match=said):
        read_record(sealed_anew(told))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_number_that_json_does_not_have_is_refused(value: float) -> None:
    told = record()
    told["request"]["features"]["left_s"] = value
    with pytest.raises(NotAReceipt, match="its request is no JSON"):
        read_record(json.loads(json.dumps(told)))


def test_a_record_that_is_too_deep_is_refused() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(NotAReceipt, match="its request is no JSON"):
        read_record(record() | {"request": deep})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(["request", "decision", "features", "candidates", "rules"]), st.integers(0, 3))),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
        max_leaves=3,
    ),
)
def test_no_edit_is_more_than_refused(path: list[str | int], value: object) -> None:
    told: Any = record()
    at = told
    for step in path:
        inner = at.get(step) if isinstance(at, dict) else at[step] if isinstance(step, int) and step < len(at) else None
        at = inner if isinstance(inner, (dict, list)) and inner else at
    at[next(iter(at)) if isinstance(at, dict) else 0] = value
    with suppress(ValueError):  # a number that JSON does not have has no digest
        told = sealed_anew(told)
    with suppress(ReceiptError):
        read_record(told)


# A request cannot hold what could not be decided again


@pytest.mark.parametrize("value", [nan, inf, -inf, -1.0, 1e13])
@pytest.mark.parametrize(
    "make",
    [
        lambda value: near(wait_s=value),
        lambda value: cloud(input_usd=value),
        lambda value: near(quality=value),
        lambda value: Features("PUBLIC", "chat", 1, 1, 0.5, left_s=value),
        lambda value: Features("PUBLIC", "chat", 1, 1, value),
        lambda value: BudgetView("ample", question_usd=value),
        lambda value: Weights(cost=value),
    ],
)
def test_a_figure_that_is_no_figure_is_refused_with_its_name_and_value(
    make: Callable[[float], Candidate], value: float
) -> None:
    with pytest.raises(BadRequest, match="give a number from 0 to") as refused:
        make(value)
    assert repr(value) in str(refused.value)


def test_an_endpoint_that_is_named_twice_is_refused() -> None:
    with pytest.raises(BadRequest, match="ollama:qwen is a candidate twice; a ladder has each endpoint once"):
        asked(near(), cloud(), near())
