"""What is said of a model follows from its calls, and admits how few they are."""

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.matrix import TARGETS, Call, Probe, judge, percentile, prompt_speed, summary, wilson
from models.matrix.intervals import flip_p_value, mean, mean_interval
from models.matrix.summary import saved_usd, writing_speed
from models.price import Price

GPT_4O = Price(2.5, 10.0)
ANALYSIS, COORDINATION = TARGETS


def analysis(ms: float = 1000.0, **other: Any) -> Call:
    fields: dict[str, Any] = {"ttft_ms": 200.0, "tokens_in": 100, "tokens_out": 41, "checked": 3, "kept": 2}
    return Call("m", "analysis", ms, **fields | {"stands": True} | other)


def form(reading: Any = "right", **other: Any) -> Call:
    return Call("m", "classification", 500.0, **{"reading": reading, "in_form": True} | other)


@pytest.mark.parametrize(("percent", "expected"), [(50, 3.0), (90, 5.0), (99, 5.0), (20, 1.0), (0, 1.0)])
def test_percentile_is_a_value_that_was_measured(percent: float, expected: float) -> None:
    assert percentile([5.0, 1.0, 3.0, 2.0, 4.0], percent) == expected


def test_percentile_of_nothing_is_none() -> None:
    assert percentile([], 50) is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_interval_of_a_share_holds_the_share_and_stays_between_0_and_1(hits: int, more: int) -> None:
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= high <= 1
    if hits + more:
        assert low - 1e-9 <= hits / (hits + more) <= high + 1e-9


def test_interval_of_a_share_is_that_of_the_textbook() -> None:
    assert wilson(9, 10) == pytest.approx((0.596, 0.982), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)


def test_interval_of_a_mean_is_the_same_for_the_same_seed_and_widest_for_few() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 0.0, 1.0]
    assert mean_interval(values, 1) == mean_interval(values, 1)
    low, high = mean_interval(values * 20, 1)
    assert mean_interval(values, 1)[0] < low < mean(values) < high < mean_interval(values, 1)[1]
    assert (mean([]), mean_interval([], 1)) == (0.0, (0.0, 1.0))


def test_sign_flip_test_is_exact_for_few_pairs() -> None:
    assert flip_p_value([1.0] * 5, 1) == pytest.approx(2 / 32)
    assert flip_p_value([1.0, -1.0], 1) == 1.0
    assert flip_p_value([0.0, 0.0], 1) == 1.0


def test_sign_flip_test_of_many_pairs_agrees_with_the_exact_one() -> None:
    gaps = [0.5, 0.4, -0.1, 0.3, 0.2, -0.2, 0.6, 0.1, 0.4, -0.3, 0.2, 0.1]
    sums = [sum(s * g for s, g in zip(signs, gaps, strict=True)) for signs in itertools.product((1, -1), repeat=12)]
    exact = mean([float(abs(found) >= sum(gaps) - 1e-12) for found in sums])
    assert flip_p_value(gaps, 1) == pytest.approx(exact, abs=1e-9)
    assert flip_p_value([*gaps, *gaps], 1) < 0.02 < flip_p_value([*gaps, *[-g for g in gaps]], 1)


def test_analysis_is_good_with_two_sentences_that_hold_and_are_shown() -> None:
    assert analysis().good
    assert not analysis(kept=1).good
    assert not analysis(stands=False).good
    assert analysis(kept=1, checked=1).score == 0.5
    assert analysis(kept=1, checked=4).score == 0.25


def test_form_is_good_where_it_reads_as_meant() -> None:
    assert [form(r).good for r in ("right", "wrong", "declined")] == [True, False, False]
    assert form().score == 1.0


def test_summary_counts_failed_calls_against_quality_and_in_no_time() -> None:
    calls = [analysis(1000), analysis(3000, kept=0, stands=False, checked=4), analysis(9e9, failure="ModelTimeout")]
    found = summary("m", "analysis", [*calls, Call("other", "analysis", 1.0), form()], GPT_4O)
    assert (found.runs, found.failed, found.failures) == (3, 1, {"ModelTimeout": 1})
    assert (found.total_p50_ms, found.total_p99_ms) == (1000, 3000)
    assert found.quality_share == pytest.approx(1 / 3)
    assert found.sentence_share == pytest.approx(2 / 7)
    assert found.shown_share == pytest.approx(2 / 3)
    assert found.form_share is None
    assert found.misread_share is None


def test_summary_of_forms_tells_misread_from_unread() -> None:
    calls = [form(), form("wrong"), form("declined", in_form=False), form(None, in_form=None, failure="ModelTimeout")]
    found = summary("m", "classification", calls, None)
    assert found.form_share == pytest.approx(2 / 3)
    assert found.misread_share == pytest.approx(1 / 3)
    assert found.quality_share == 0.25
    assert (found.sentence_share, found.shown_share, found.saved_usd) == (None, None, None)


def test_summary_of_no_calls_claims_nothing() -> None:
    found = summary("m", "analysis", [], GPT_4O)
    assert (found.runs, found.total_p50_ms, found.tokens_per_s, found.saved_usd) == (0, None, None, None)
    assert (found.quality_low, found.quality_high) == (0.0, 1.0)


def test_writing_speed_leaves_the_wait_for_the_first_token_out() -> None:
    assert writing_speed([analysis(1000, ttft_ms=200.0, tokens_out=41)]) == pytest.approx(50.0)
    assert writing_speed([analysis(tokens_out=1), analysis(ttft_ms=None)]) is None


def test_prompt_speed_is_the_servers_word_where_it_gives_one() -> None:
    calls = [analysis(ttft_ms=500.0, tokens_in=100)]
    assert prompt_speed([Probe("m", 300, 2000.0), Probe("m", 100, 2000.0)], calls, "m") == (100.0, "server")
    assert prompt_speed([Probe("other", 300, 1.0)], calls, "m") == (200.0, "derived from the first token")
    assert prompt_speed([], [], "m") == (None, None)


def test_money_saved_is_what_the_same_tokens_would_cost_less_what_they_cost_here() -> None:
    calls = [analysis(tokens_in=1000, tokens_out=100)]
    assert saved_usd(calls, GPT_4O) == pytest.approx(3.5)
    assert saved_usd(calls, GPT_4O, Price(1.0, 5.0)) == pytest.approx(2.0)
    assert saved_usd(calls, None) is None


def test_target_is_met_by_the_share_and_by_no_less() -> None:
    nine, ten = [analysis(1400)] * 9, analysis(30_000)
    met = judge("m", ANALYSIS, [*nine, ten])
    assert met.met
    assert met.words.startswith("met: p90 1.4 s, 9 of 10 within 2 s (60 to 98 %")
    missed = judge("m", ANALYSIS, [*nine[:8], ten, ten])
    assert missed.met is False
    assert missed.words.startswith("missed: p90 30.0 s, 8 of 10 within 2 s")


def test_failed_call_is_never_in_time() -> None:
    calls = [analysis(100)] * 4 + [analysis(100, failure="ModelFailed")]
    verdict = judge("m", ANALYSIS, calls)
    assert (verdict.met, verdict.within, verdict.reached_s) == (False, 4, None)
    assert "p90 ended in an error" in verdict.words


def test_few_runs_are_not_judged() -> None:
    verdict = judge("m", COORDINATION, [form()] * 4)
    assert verdict.met is None
    assert verdict.words == "not judged: 4 runs, 5 are the least"


@given(st.lists(st.floats(1, 1e6, allow_nan=False), min_size=5, max_size=60))
def test_verdict_agrees_with_its_own_counts(times: list[float]) -> None:
    verdict = judge("m", ANALYSIS, [analysis(ms) for ms in times])
    assert verdict.met == (verdict.within >= math.ceil(0.9 * verdict.runs))
