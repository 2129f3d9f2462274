"""What is said of the time of a call becomes right, stays right when the load changes, and says how sure it is."""

import random
from statistics import median

import pytest

from benchmarks.models.latency import calls, replay, shifted, simulate
from models.pool import Prediction, Work
from models.pool.latency import Latency, Measured
from models.pool.regression import FadingRidge, solved
from models.pool.spread import WIDEST, Spread
from tests.models.pooling import run


def predict_and_learn(latency: Latency, work: Work, total_s: float, tokens_out: int | None = None) -> Prediction:
    said = latency.estimate.predicted(work)
    tokens_out = work.tokens_out if tokens_out is None else tokens_out
    ttft_s = total_s * 0.8 * work.tokens_in / (work.tokens_in + 25 * tokens_out)
    latency.learn(Measured(work, work.tokens_in, tokens_out, ttft_s, total_s, 0.0), said)
    return said


def time_of(work: Work, pace: float = 1.0) -> float:
    return pace * (0.3 + work.tokens_in / 300 + work.tokens_out / 12)


def some_work(chance: random.Random) -> Work:
    return Work(chance.randrange(50, 900), chance.randrange(10, 300))


def test_before_the_first_call_the_interval_is_wide() -> None:
    said = Latency().estimate.predicted(Work(300, 200))
    assert said.high_s / said.low_s == pytest.approx(64)
    assert said.low_s < said.total_s < said.high_s
    assert not Latency().estimate.guesses


def test_rates_of_prompt_and_answer_are_told_apart() -> None:
    latency, chance = Latency(), random.Random(1)
    for _ in range(60):
        work = some_work(chance)
        predict_and_learn(latency, work, time_of(work))
    for work in (Work(900, 10), Work(50, 300), Work(400, 100)):
        assert latency.estimate.predicted(work).total_s == pytest.approx(time_of(work), rel=0.1)


@pytest.mark.parametrize(("before", "after"), [(1.0, 2.0), (2.0, 1.0), (1.0, 5.0)])
def test_change_of_pace_is_followed_within_four_calls(before: float, after: float) -> None:
    latency, chance = Latency(), random.Random(2)
    for _ in range(60):
        work = some_work(chance)
        predict_and_learn(latency, work, time_of(work, before) * chance.lognormvariate(0, 0.1))
    for _ in range(4):
        work = some_work(chance)
        predict_and_learn(latency, work, time_of(work, after))
    said = latency.estimate.predicted(Work(300, 200)).total_s
    assert said == pytest.approx(time_of(Work(300, 200), after), rel=0.25)


def test_share_of_the_longest_answer_that_is_used_is_learned() -> None:
    latency = Latency()
    for _ in range(20):
        predict_and_learn(latency, Work(100, 400), time_of(Work(100, 80)), tokens_out=80)
    assert latency.estimate.predicted(Work(100, 400)).total_s == pytest.approx(time_of(Work(100, 80)), rel=0.05)


@pytest.mark.parametrize("spread", [0.05, 0.2, 0.5])
def test_nine_of_ten_calls_are_in_the_interval_and_it_is_no_wider_than_it_must_be(spread: float) -> None:
    latency, chance, inside, widths = Latency(), random.Random(3), 0, []
    for number in range(600):
        work = some_work(chance)
        took = time_of(work) * chance.lognormvariate(0, spread)
        said = predict_and_learn(latency, work, took)
        if number >= 100:
            inside += said.low_s <= took <= said.high_s
            widths.append(said.high_s / said.total_s)
    assert 0.88 <= inside / 500 <= 0.96
    assert median(widths) < 2.718 ** (3 * spread) + 0.05


def test_calls_that_are_given_up_show_that_an_endpoint_has_become_slow() -> None:
    latency = Latency()
    for _ in range(20):
        predict_and_learn(latency, Work(100, 100), 2.0)
    for _ in range(5):
        said = latency.estimate.predicted(Work(100, 100))
        latency.learn_least(Work(100, 100), 0.0, 20.0, begun=False, predicted=said)
    assert latency.estimate.predicted(Work(100, 100)).total_s == pytest.approx(20.0, rel=0.1)


def test_calls_that_are_given_up_early_say_nothing() -> None:
    latency = Latency()
    for _ in range(20):
        predict_and_learn(latency, Work(100, 100), 2.0)
    before = latency.estimate
    latency.learn_least(Work(100, 100), 0.0, 0.3, begun=True, predicted=before.predicted(Work(100, 100)))
    assert latency.estimate is before


def test_silence_of_a_few_short_waits_is_not_taken_for_knowledge_of_the_whole() -> None:
    latency = Latency()
    for _ in range(9):
        said = latency.estimate.predicted(Work(100, 400))
        latency.learn_least(Work(100, 400), 0.0, 1.0, begun=False, predicted=said)
    assert not latency.estimate.guesses


def test_answers_without_tokens_or_time_are_no_trouble() -> None:
    latency = Latency()
    for work in (Work(0, 0), Work(10, 0), Work(0, 10)) * 10:
        said = latency.estimate.predicted(work)
        latency.learn(Measured(work, 0, 0, 0.0, 0.0, 0.0), said)
    said = latency.estimate.predicted(Work(100, 100))
    assert 0 < said.low_s <= said.total_s <= said.high_s


def test_one_call_that_had_to_load_the_model_does_not_change_what_is_said() -> None:
    latency, chance = Latency(), random.Random(4)
    for _ in range(40):
        work = some_work(chance)
        predict_and_learn(latency, work, time_of(work))
    before = latency.estimate.predicted(Work(300, 100)).total_s
    predict_and_learn(latency, Work(300, 100), 120.0)
    assert latency.estimate.predicted(Work(300, 100)).total_s == pytest.approx(before, rel=0.2)


def test_half_width_is_widest_until_nine_scores_are_known() -> None:
    spread = Spread()
    for _ in range(8):
        spread.add(0.1)
        assert spread.half_width == WIDEST
    spread.add(0.1)
    assert spread.half_width == pytest.approx(0.1)


def test_linear_equations_are_solved() -> None:
    assert solved([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0]) == pytest.approx([1 / 11, 7 / 11])


def test_model_of_calls_that_are_all_alike_stays_near_its_prior() -> None:
    ridge = FadingRidge((1.0, 2.0))
    for _ in range(500):
        ridge.add((1.0, 1.0), 3.3)
        ridge.solve()
    assert ridge.value((1.0, 1.0)) == pytest.approx(3.3, rel=0.02)
    assert ridge.value((1.0, 2.0)) == pytest.approx(5.5, rel=0.1)


@pytest.mark.parametrize("load", ["recorded", "slower", "quicker", "simulated"])
def test_recorded_and_shifted_load_is_predicted_within_a_quarter_and_with_an_honest_interval(load: str) -> None:
    if load == "simulated":
        told = [one for seed in range(4) for one in run(simulate(seed))]
    else:
        paces = (1, 1, 2, 2) if load == "slower" else (2, 2, 1, 1)
        told = run(replay(calls() if load == "recorded" else list(shifted(paces))))
    assert median(one.error for one in told) < 0.25
    assert sum(one.inside for one in told) / len(told) >= 0.88
