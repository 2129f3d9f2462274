"""What to run follows from what was measured and fits; what was not measured is named by its size only."""

from typing import Any

import pytest

from models.matrix import PUBLISHED, TARGETS, Call, Measured, PublishedSize, judge, recommend, summary
from models.matrix.sizes import GB, GIB

RUNS = 20


def measured(
    model: str, gib: float | None, *, good: int = 10, ms: float = 1500.0, forms: int | None = None
) -> Measured:
    """Return a model with `good` useful analyses of twenty, each of which took `ms`."""
    calls = [Call(model, "analysis", ms, stands=n < good, kept=2, checked=2) for n in range(RUNS)]
    read: list[Call] = []
    if forms is not None:
        read = [Call(model, "classification", ms, reading="right" if n < forms else "declined") for n in range(RUNS)]
    tasks: dict[Any, Any] = {"analysis": summary(model, "analysis", calls, None)}
    if read:
        tasks["classification"] = summary(model, "classification", read, None)
    verdicts = {t.task: judge(model, t, [*calls, *read]) for t in TARGETS if t.task in tasks}
    size = None if gib is None else round(gib * GIB)
    return Measured(model, size, tasks, verdicts)


def picked(*them: Measured, gib: float = 12.0) -> dict[str, str]:
    return {pick.role: pick.model for pick in recommend(them, round(gib * GIB), 4096).picks}


def test_better_model_is_taken_where_it_fits() -> None:
    small, large = measured("small", 1, good=4), measured("large", 5, good=18)
    assert picked(small, large) == {"analyst": "large"}
    assert picked(small, large, gib=4) == {"analyst": "small"}


def test_of_models_that_runs_cannot_tell_apart_the_one_in_time_is_taken() -> None:
    slow, quick = measured("slow", 1, good=12, ms=9000), measured("quick", 1, good=10, ms=900)
    assert picked(slow, quick) == {"analyst": "quick"}
    assert picked(slow, measured("quick", 1, good=10, ms=8000)) == {"analyst": "slow"}


def test_model_that_is_surely_better_is_taken_though_it_is_late() -> None:
    assert picked(measured("late", 1, good=19, ms=9000), measured("quick", 1, good=2)) == {"analyst": "late"}


def test_memory_of_the_analyst_is_not_given_out_again() -> None:
    large = measured("large", 5, good=18, forms=2)
    small = measured("small", 3, good=1, forms=19)
    assert picked(large, small, gib=9) == {"analyst": "large", "coordinator": "small"}
    assert picked(large, small, gib=7) == {"analyst": "large", "coordinator": "large"}


def test_memory_that_is_needed_counts_a_model_in_two_roles_once() -> None:
    both = measured("both", 2, forms=15)
    advice = recommend([both], 12 * GIB, 4096)
    assert {p.role for p in advice.picks} == {"analyst", "coordinator"}
    assert advice.needs_bytes == 2 * GIB
    assert "what is to run holds 2.0 GiB of 12.0 GiB for models" in advice.lines()


def test_model_of_no_use_is_not_recommended() -> None:
    advice = recommend([measured("useless", 1, good=0)], 12 * GIB, 4096)
    assert advice.picks == ()
    assert advice.without == ("analyst: no measured model was of use in any run; EAIO answers without one",)


def test_nothing_that_fits_is_said_so() -> None:
    advice = recommend([measured("large", 20)], 12 * GIB, 4096)
    assert advice.without == ("analyst: none of the 1 measured models fits in the memory",)


def test_unknown_memory_is_said() -> None:
    [pick] = recommend([measured("m", None)], 12 * GIB, 4096).picks
    assert "its memory could not be measured" in pick.reason
    assert "the only one measured" in pick.reason


def test_reason_names_quality_with_its_interval_and_the_verdict() -> None:
    [pick, *_] = recommend([measured("m", 1), measured("n", 1, good=1)], 12 * GIB, 4096).picks
    assert pick.reason.startswith("quality 50 % (30 to 70 %, n 20); met: p90 1.5 s")


def test_unmeasured_models_are_named_by_size_only_and_measured_ones_are_not() -> None:
    advice = recommend([measured("ollama:qwen2.5:7b", 5)], 5 * GIB, 4096)
    by_size = {b.model: b.fits for b in advice.by_size_only}
    assert "qwen2.5:7b" not in by_size
    assert by_size["llama3.2:3b"]
    assert not by_size["codellama:7b"]
    said = "\n".join(advice.lines())
    assert "by size only: llama3.2:3b" in said
    assert "codellama" not in said


def test_nothing_fits_and_nothing_is_measured_without_a_word_of_pulling() -> None:
    assert recommend([], 0, 4096).lines() == []


def test_owners_two_models_fit_twelve_gib_together() -> None:
    sizes = {p.model: p.needs_bytes(4096) for p in PUBLISHED}
    assert sizes["llama3.2:3b"] + sizes["qwen2.5:7b"] < 12 * GIB


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda p: p.model)
def test_every_published_size_names_its_source(published: PublishedSize) -> None:
    assert published.source
    assert published.needs_bytes(4096) > published.file_gb * GB


def test_context_takes_memory_by_the_architecture() -> None:
    one = PublishedSize("m", 1.0, 28, 8, 128, "nowhere")
    assert one.needs_bytes(4096) - one.needs_bytes(0) == 2 * 28 * 8 * 128 * 2 * 4096
