"""What a text or a structure becomes before it goes into a trace or a log (G6)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage
from pydantic import BaseModel

from privacy.labels import Label
from privacy.policy import NOTHING_LEAVES, Action, Destination, Policy
from privacy.policy.file import load_policy
from privacy.redaction.redactor import LARGEST, LONGEST, Redactor
from privacy.redaction.trace_record import is_redacted, redacted
from privacy.redaction.traced_keys import KNOWN, MEASURES, NAMES, OPENED, PROSE, SHOWN
from privacy.spans import Scan, Span

WORDS = {
    "Marie": ("PERSON", Label.CONFIDENTIAL),
    "South Hall": ("BUILDING_NAME", Label.INTERNAL),
    "b4": ("BUILDING_NAME", Label.INTERNAL),
    "hunter2": ("CREDENTIAL", Label.RESTRICTED),
}
DENIED = "[withheld: RESTRICTED]"


def scan(text: str) -> Scan:
    spans = [
        Span(m.start(), m.end(), kind, label)
        for word, (kind, label) in WORDS.items()
        for m in re.finditer(re.escape(word), text)
    ]
    return Scan(max((s.label for s in spans), default=Label.PUBLIC), tuple(sorted(spans, key=lambda s: s.start)))


def policy(
    restricted: Action = "deny",
    confidential: Action = "deny",
    internal: Action = "pseudonymise",
    public: Action = "allow",
) -> Policy:
    rows = dict(zip(Label, (public, internal, confidential, restricted), strict=True))
    return Policy(
        hash=restricted + confidential + internal + public,
        sources={"instructions": Label.PUBLIC, "question": Label.INTERNAL, "headline": Label.INTERNAL},
        destinations={"logs": Destination("logs", "log", rows)},
    )


def redactor(find: Callable[[str], Scan] = scan, given: Policy | None = None) -> Redactor:
    in_force = given or policy()
    return Redactor(find, lambda: in_force, "logs")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("all is well", "all is well"),
        ("South Hall and b4 are on", "[BUILDING_NAME] and [BUILDING_NAME] are on"),
        ("Marie is in South Hall", "[withheld: CONFIDENTIAL]"),
        ("hunter2", DENIED),
        ("", ""),
        ("[withheld]", "[withheld]"),
        ("x" * (LONGEST + 1), "[withheld]"),
    ],
)
def test_text_follows_the_row_of_its_label(text: str, becomes: str) -> None:
    assert redactor().text(text) == becomes


def test_source_raises_the_label_of_a_text() -> None:
    assert redactor(given=policy(internal="deny")).text("all is well", "question") == "[withheld: INTERNAL]"
    assert redactor().text("all is well", "nobody knows where from") == DENIED


def test_destination_that_the_policy_does_not_name_gets_nothing() -> None:
    assert redactor(given=NOTHING_LEAVES).text("all is well") == "[withheld: PUBLIC]"


@pytest.mark.parametrize("allowed", [True, False])
def test_detector_that_failed_withholds(allowed: bool) -> None:
    given = policy("pseudonymise", "pseudonymise") if allowed else policy()
    assert redactor(lambda _: Scan(Label.PUBLIC, (), ("names",)), given).text("all is well") == DENIED


def test_detector_or_policy_that_raises_withholds() -> None:
    def broken(*_: str) -> Any:
        raise RuntimeError("hunter2")

    assert redactor(broken).text("all is well") == "[withheld]"
    assert Redactor(scan, broken, "logs").text("all is well") == "[withheld]"
    assert Redactor(scan, broken, "logs").value({"rung": 3, "evidence": [1.0]}) == {
        "rung": 3,
        "evidence": "[withheld: 1 items]",
    }
    assert Redactor(scan, broken, "logs").value(3.0) == "[withheld]"


def test_text_in_which_a_second_look_finds_more_is_withheld() -> None:
    def second(text: str) -> Scan:
        return scan(text) if "South Hall" in text else Scan(Label.INTERNAL, (Span(0, 1, "PERSON", Label.INTERNAL),))

    assert redactor(second).text("X is in South Hall") == "[withheld]"


def test_spans_that_overlap_and_types_that_are_no_names_leave_nothing() -> None:
    def find(text: str) -> Scan:
        if "secret" not in text:
            return Scan(Label.PUBLIC)
        spans = (Span(0, 6, "PERSON", Label.INTERNAL), Span(3, 9, "a secret", Label.INTERNAL))
        return Scan(Label.INTERNAL, (*spans, Span(10, 11, "a secret", Label.INTERNAL)))

    assert redactor(find).text("a secret, x, y") == "[PERSON] [withheld], y"


@given(st.lists(st.sampled_from([*WORDS, " at ", "[PERSON]", "[withheld]", "4.5", "[", "]"]), max_size=8).map("".join))
@settings(max_examples=300, deadline=None)
def test_redacting_twice_changes_nothing_and_leaves_no_name(text: str) -> None:
    for given_policy in (policy(), policy("pseudonymise", "pseudonymise"), policy(internal="deny")):
        one = redactor(given=given_policy)
        once = one.text(text, "question")
        assert one.text(once, "question") == once
        assert not any(word in once for word in WORDS)


def test_mark_that_a_person_wrote_hides_nothing() -> None:
    assert redactor(given=policy("pseudonymise")).text("[hunter2]") == "[[CREDENTIAL]]"
    assert redactor().value({"evidence": "[withheld: hunter2]"}) == {"evidence": "[withheld]"}


@dataclass
class Reading:
    evidence: list[float]
    rung: int = 2
    name: str = "South Hall"
    loop: Any = field(default=None)


class Form(BaseModel):
    intent: str = "rank"
    value: float = 41.7


class Colour(Enum):
    RED = "hunter2"


class Hidden:
    def __repr__(self) -> str:
        return "hunter2"


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        (None, None),
        (41.7, "[withheld]"),
        ("all is well", "[withheld]"),
        (b"hunter2", "[withheld]"),
        ([1.0, {"rung": 1}], ["[withheld]", {"rung": 1}]),
        ({"rung": 1, "cost": 0.5, "estimated": True}, {"rung": 1, "cost": 0.5, "estimated": True}),
        ({"cost": "41.7", "ms": [41.7]}, {"cost": "[withheld]", "ms": "[withheld]"}),
        ({"cost": float("nan"), "rung": np.float64(41.7)}, {"cost": "[withheld]", "rung": "[withheld]"}),
        ({"cost": Decimal("41.7"), "chosen": None}, {"cost": "[withheld]", "chosen": None}),
        ({"South Hall": 1, "b4": {"rung": 1}}, {"[withheld]": "[withheld]"}),
        ({3: 1, None: 1, ("a",): 2}, {"[withheld]": "[withheld]"}),
        ({"evidence": [1.0, 2.0]}, {"evidence": "[withheld: 2 items]"}),
        ({"headline": "South Hall used 3"}, {"headline": "[withheld]"}),
        ({"label": Label.RESTRICTED, "by": Colour.RED}, {"label": "RESTRICTED", "by": "RED"}),
        ({"ladder": ["gpt-4o", "b4", 3]}, {"ladder": ["gpt-4o", "[BUILDING_NAME]", "[withheld]"]}),
        ({"timings_ms": {"classify": 0.5, "South Hall": 1.0, "x": "y"}}, {"timings_ms": {"classify": 0.5}}),
        ({"timings_ms": [1.0]}, {"timings_ms": "[withheld]"}),
        ({"question": "b4 at 41.7, 3 or 4,000 in 2018?"}, {"question": "[BUILDING_NAME] at #, # or # in 2018?"}),
        ({"question": "hunter2"}, {"question": DENIED}),
        ({"reason": "no word", "ignored": ["one"]}, {"reason": "[withheld]", "ignored": "[withheld: 1 items]"}),
        ({"question": Hidden()}, {"question": "[withheld]"}),
        ({"error": KeyError("hunter2")}, {"error": "KeyError [withheld]"}),
        ({"error": "KeyError('hunter2')Traceback"}, {"error": "KeyError [withheld]"}),
        ({"error": "hunter2 is wrong"}, {"error": "[withheld]"}),
        ({"error": "hunter2('x')"}, {"error": "[withheld]"}),
        ({"error": Hidden()}, {"error": "[withheld]"}),
        ({"input": Path("/home/Marie"), "output": "b4"}, {"input": "[withheld]", "output": "[withheld]"}),
        (Reading([1.0]), {"evidence": "[withheld: 1 items]", "rung": 2, "[withheld]": "[withheld]"}),
        (Form(), {"intent": "rank", "[withheld]": "[withheld]"}),
        ({"messages": [AIMessage("hunter2")]}, {"messages": "[withheld: 1 items]"}),
        ({"outputs": AIMessage("hunter2")}, {"outputs": {"type": "ai", "[withheld]": "[withheld]"}}),
        ({"receipt": {"rung": 1, "attempts": [{"ms": 3.5, "endpoint": "b4"}]}}, None),
    ],
)
def test_structure_keeps_what_is_known_and_nothing_else(value: Any, becomes: Any) -> None:
    if becomes is None and value is not None:
        becomes = {"receipt": {"rung": 1, "attempts": [{"ms": 3.5, "endpoint": "[BUILDING_NAME]"}]}}
    assert redactor().value(value) == becomes


def test_policy_that_allows_restricted_leaves_plain_values_as_they_are() -> None:
    everything = redactor(given=policy("allow", "allow", "allow", "allow"))
    assert everything.value([41.7, "hunter2", b"x"]) == [41.7, "hunter2", "[withheld]"]


def test_structure_that_is_deep_wide_or_a_circle_ends() -> None:
    deep: Any = {"rung": 1}
    for _ in range(50):
        deep = {"input": deep}
    circle: dict[str, Any] = {}
    circle["input"] = circle
    wide = redactor().value([{"ladder": ["a"] * LARGEST, "rung": 1}])
    assert "rung" not in str(redactor().value(deep))
    assert "[withheld]" in str(redactor().value(circle))
    assert wide[0]["ladder"][-1] == wide[0]["rung"] == "[withheld]"


def test_structure_whose_own_code_breaks_is_withheld() -> None:
    class Broken(dict[str, Any]):
        def keys(self) -> Any:
            raise RuntimeError("hunter2")

        __iter__ = keys

    assert redactor().value(Broken(rung=1)) in ("[withheld]", {"rung": 1})
    assert redactor().fault(type("hunter2", (Exception,), {})()) == "[withheld]"
    assert redactor().value({"error": Broken}) == {"error": "[withheld]"}


Values = st.recursive(
    st.sampled_from([None, True, 3, 41.7, "hunter2", "South Hall", "fine", "[withheld]"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*sorted(KNOWN), "b4"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(Values)
@settings(max_examples=300, deadline=None)
def test_redacted_structure_is_plain_holds_no_name_and_stays_as_it_is(value: Any) -> None:
    one = redactor()
    once = one.value(value)
    assert one.value(once) == once
    assert not any(word in str(once) for word in WORDS)


@given(
    st.dictionaries(st.sampled_from(["id", "name", "inputs", "outputs", "error", "tags", "extra", "events"]), Values)
)
@settings(max_examples=200, deadline=None)
def test_record_of_a_run_is_redacted_once_and_for_all(run: dict[str, Any]) -> None:
    one = redactor()
    assert is_redacted(redacted(run, one), one)


@pytest.mark.parametrize(
    "run",
    [
        "South Hall",
        {"name": "South Hall"},
        {"id": "South Hall"},
        {"start_time": "South Hall"},
        {"dotted_order": "South Hall"},
        {"run_type": "South Hall"},
        {"tags": ["South Hall"]},
        {"tags": "South Hall"},
        {"extra": {"runtime": {}}},
        {"extra": "South Hall"},
        {"outputs": "fine"},
        {"events": []},
        {"attachments": {}},
    ],
)
def test_record_with_more_than_may_leave_is_seen(run: Any) -> None:
    assert not is_redacted(run, redactor())


def test_verdict_is_looked_up_and_a_new_policy_decides_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    in_force = [policy()]

    def counted(text: str) -> Scan:
        asked.append(text)
        return scan(text)

    one, now = Redactor(counted, lambda: in_force[0], "logs"), [100.0]
    monkeypatch.setattr("privacy.redaction.redactor.time.monotonic", lambda: now[0])
    assert [one.text("fine"), one.text("fine")] == ["fine", "fine"]
    assert asked == ["fine"]
    now[0] = 106.0
    assert one.text("fine") == "fine"
    assert asked == ["fine", "fine"]
    in_force[0] = policy(public="deny")
    assert one.text("fine") == "[withheld: PUBLIC]"


def test_keys_have_one_meaning_each() -> None:
    groups: list[set[str]] = [set(OPENED), set(NAMES), set(PROSE), set(MEASURES), set(SHOWN)]
    assert sum(map(len, groups)) == len(set().union(*groups))


def test_shipped_policy_names_every_source_of_a_key() -> None:
    shipped = load_policy(Path("config/privacy.yaml"))
    assert {shipped.label_of_source(source) for source in {**NAMES, **PROSE}.values()} <= {Label.PUBLIC, Label.INTERNAL}
