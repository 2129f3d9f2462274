"""A fault is passed only by the whole answer and every check; what is less is told as such."""

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.models.acts import Try
from benchmarks.models.faults import FAULTS, FILTERED, Fault
from benchmarks.models.outcomes import Outcome, counted, line
from benchmarks.models.verdicts import Judged, Run, Told, judge

TEXT = "one two three four"
WHOLE = Told("answer", TEXT, "cloud:deepseek-v3", 4, took_s=1.0, served=True)
FAULT = {fault.id: fault for fault in FAULTS}


def tries(*at: float, size: int = 100, whole: bool = False) -> tuple[Try, ...]:
    return tuple(Try(at_s, size, "", whole) for at_s in at)


def run_of(*told: Told, **other: Any) -> Run:
    fields: dict[str, Any] = {"primary": tries(0.0), "fallback": tries(1.0), "fallback_model": "deepseek-v3"}
    return Run(TEXT, told or (WHOLE,), **fields | {"after": WHOLE} | other)


def judged(fault: str, run: Run) -> Judged:
    one: Fault = FAULT[fault]
    return judge(run, one.checks, one.ideal, FILTERED)


def test_sixteen_faults_have_each_their_name() -> None:
    assert [fault.id for fault in FAULTS] == [f"S{number:02}" for number in range(1, 17)]


def test_whole_answer_with_every_check_passes() -> None:
    assert judged("S01", run_of(primary=tries(0, 2.1))) == Judged("pass", [])


def test_retry_before_its_time_is_partial() -> None:
    assert judged("S01", run_of(primary=tries(0, 0.5))) == Judged("partial", ["a gap of 1.8 s*"])


def test_hammering_fails() -> None:
    found = judged("S02", run_of(primary=tries(0, 0.2, 0.4, 0.6, 0.8)))
    assert found == Judged("fail", ["at most 4 tries in 3 s"])


@pytest.mark.parametrize(
    "text", ["one two three", "one two two three four", "two one three four", "one two three four five"]
)
def test_answer_that_is_not_each_word_once_in_order_fails(text: str) -> None:
    assert judged("S08", run_of(replace(WHOLE, text=text))).verdict == "fail"


def test_clean_error_is_safe() -> None:
    assert judged("S08", run_of(Told("error", reason="cut", served=True))).verdict == "safe"


def test_hang_fails() -> None:
    assert judged("S06", run_of(Told("hang", took_s=130))).verdict == "fail"


def test_same_request_sent_again_fails_and_a_smaller_one_passes() -> None:
    assert judged("S12", run_of(primary=tries(0, 1))).verdict == "fail"
    assert judged("S12", run_of(primary=(*tries(0), *tries(1, size=50)))).verdict == "pass"


def test_refusal_passes_only_with_its_reason_told() -> None:
    told = Told("error", reason=f"400 {FILTERED}", served=True)
    assert judged("S13", run_of(told)).verdict == "pass"
    assert judged("S13", run_of(replace(told, reason="something"))).verdict == "partial"
    assert judged("S13", run_of()) == Judged("partial", ["answered past the refusal"])


def test_outage_needs_every_answer_and_the_primary_back_in_time() -> None:
    back = (*tries(0), *tries(75.0, whole=True))
    assert judged("S15", run_of(WHOLE, WHOLE, primary=back, down_s=60.0)).verdict == "pass"
    assert judged("S15", run_of(WHOLE, WHOLE, primary=tries(0), down_s=60.0)).verdict == "fail"
    assert judged("S15", run_of(WHOLE, Told("error"), primary=back, down_s=60.0)).verdict == "fail"


def test_alias_in_place_of_the_model_that_answered_fails() -> None:
    assert judged("S16", run_of(replace(WHOLE, model="gpt-4o"))).verdict == "fail"
    assert judged("S16", run_of(replace(WHOLE, tokens=None))) == Judged("partial", ["usage*"])


def outcome(**other: Any) -> Outcome:
    run = run_of()
    fields: dict[str, Any] = {"restricted": (WHOLE,), "bytes_out": 0, "names_out": ()}
    return Outcome(FAULT["S04"], run, judged("S04", run), **fields | other)


def test_line_tells_fault_end_time_tries_and_bytes() -> None:
    said = line(outcome(), "passed", [])
    assert "503 always" in said
    assert "answered in full by cloud:deepseek-v3" in said
    assert "1.0 s" in said
    assert "1+1 tries  0 bytes out" in said


def test_a_byte_of_a_restricted_prompt_or_a_name_misses() -> None:
    assert not outcome().missed
    assert outcome(bytes_out=1).missed == ["1 bytes of restricted prompts"]
    assert outcome(names_out=("b2",)).missed == ["names sent: b2"]
    assert outcome(restricted=(Told("hang"),)).missed == ["a restricted question without an answer"]


def test_counts_of_a_peer_are_told_with_what_it_sent() -> None:
    told = counted([outcome(bytes_out=10), outcome(bytes_out=5)])
    assert told == "2 passed, 0 partial, 0 safe, 0 failed; it has no gate: 15 bytes out for 2 restricted prompts"
