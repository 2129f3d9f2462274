"""Memory goes to what is needed soonest, never beyond the budget, and nothing is unloaded to be loaded again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hosts.memory import GIB, OVERDUE_S, Held, MemoryPlan, Step, Wanted, plan

NAMES = [f"m{n}" for n in range(6)]


def wanted(model: str, gib: float | None, waiting: int = 0, oldest_s: float = 0.0) -> Wanted:
    return Wanted(model, ("analyst",), None if gib is None else int(gib * GIB), waiting, oldest_s)


def held(model: str, gib: float) -> Held:
    return Held(model, int(gib * GIB))


def test_both_models_of_the_roles_fit_the_default_budget() -> None:
    found = plan(12 * GIB, [wanted("llama3.2:3b", 2.9), wanted("qwen2.5:7b", 5.1)])
    assert found.of("load") == ("llama3.2:3b", "qwen2.5:7b")


def test_long_queue_of_the_analyst_keeps_it_loaded() -> None:
    found = plan(6 * GIB, [wanted("small", 3, 1), wanted("large", 5, 9)], [held("large", 5)])
    assert (found.of("keep"), found.of("wait"), found.of("unload")) == (("large",), ("small",), ())


def test_model_that_nothing_waits_for_gives_way_and_room_is_made_first() -> None:
    found = plan(6 * GIB, [wanted("small", 3), wanted("large", 5, 2)], [held("small", 3)])
    assert [(step.model, step.action) for step in found.steps] == [("small", "unload"), ("large", "load")]


def test_idle_model_stays_while_there_is_room_also_one_that_no_role_uses() -> None:
    found = plan(12 * GIB, [wanted("small", 3, 1)], [held("stranger", 4)])
    assert (found.of("load"), found.of("keep")) == (("small",), ("stranger",))


def test_nothing_is_unloaded_for_a_model_that_is_not_waited_for() -> None:
    found = plan(6 * GIB, [wanted("important", 5)], [held("stranger", 4)])
    assert (found.of("keep"), found.of("wait")) == (("stranger",), ("important",))


def test_call_that_has_waited_for_long_comes_before_a_longer_queue() -> None:
    found = plan(6 * GIB, [wanted("busy", 5, 50), wanted("starved", 5, 1, OVERDUE_S)], [held("busy", 5)])
    assert (found.of("load"), found.of("unload")) == (("starved",), ("busy",))


def test_model_larger_than_the_budget_is_refused_with_words() -> None:
    (step,) = plan(12 * GIB, [wanted("llama3:70b", 40, 3)]).steps
    assert step.action == "refuse"
    assert step.why == "needs 40.00 GiB, more than the budget of 12.00 GiB; take a smaller model, or raise the budget"


def test_missing_model_is_refused_with_the_command_that_fetches_it() -> None:
    (step,) = plan(GIB, [wanted("qwen2.5:7b", None)]).steps
    assert (step.action, step.why) == ("refuse", "the host does not have it; run `eaio models pull qwen2.5:7b`")


def test_more_in_memory_than_the_budget_is_brought_below_it() -> None:
    found = plan(6 * GIB, [wanted("a", 4, 2), wanted("b", 4, 1)], [held("a", 4), held("b", 4)])
    assert (found.of("keep"), found.of("unload")) == (("a",), ("b",))


@pytest.mark.parametrize("budget", [0, -1])
def test_budget_that_holds_nothing_is_refused(budget: int) -> None:
    with pytest.raises(ValueError, match="give more than 0"):
        plan(budget, [])


models = st.builds(
    Wanted,
    st.sampled_from(NAMES),
    st.just(("analyst",)),
    st.one_of(st.none(), st.integers(1, 12)),
    st.integers(0, 4),
    st.sampled_from([0.0, OVERDUE_S]),
)
wanteds = st.lists(models, max_size=6, unique_by=lambda one: one.model)
helds = st.lists(
    st.builds(Held, st.sampled_from([*NAMES, "stranger"]), st.integers(1, 12)), unique_by=lambda one: one.model
)


def sized(given: list[Wanted], loaded: list[Held]) -> list[Wanted]:
    """Return what is wanted with the sizes that are measured where it is loaded."""
    sizes = {one.model: one.size_bytes for one in loaded}
    return [Wanted(w.model, w.roles, sizes.get(w.model, w.footprint_bytes), w.waiting, w.oldest_wait_s) for w in given]


def done(found: MemoryPlan) -> list[Held]:
    """Return what is in memory once a plan is done."""
    return [Held(step.model, step.size_bytes) for step in found.steps if step.action in ("keep", "load")]


@given(st.integers(1, 20), wanteds, helds)
def test_plan_stays_within_the_budget_at_its_end_and_at_each_step(
    budget: int, given: list[Wanted], loaded: list[Held]
) -> None:
    found = plan(budget, given, loaded)
    assert sum(one.size_bytes for one in done(found)) == found.planned_bytes <= budget
    inside = {one.model: one.size_bytes for one in loaded}
    most = max(budget, sum(inside.values()))
    for step in found.steps:
        carried_out(step, inside)
        assert sum(inside.values()) <= most


def carried_out(step: Step, inside: dict[str, int]) -> None:
    if step.action == "unload":
        del inside[step.model]
    elif step.action == "load":
        inside[step.model] = step.size_bytes


@given(st.integers(1, 20), wanteds, helds)
def test_plan_made_again_after_it_was_done_changes_nothing(
    budget: int, given: list[Wanted], loaded: list[Held]
) -> None:
    given = sized(given, loaded)
    first = plan(budget, given, loaded)
    second = plan(budget, given, done(first))
    assert (second.of("load"), second.of("unload")) == ((), ())


@given(st.integers(1, 20), wanteds, helds, st.randoms(use_true_random=False))
def test_plan_is_the_same_however_memory_is_listed(
    budget: int, given: list[Wanted], loaded: list[Held], by: random.Random
) -> None:
    mixed = list(loaded)
    by.shuffle(mixed)
    assert plan(budget, given, mixed) == plan(budget, given, loaded)


@given(st.integers(1, 20), wanteds, helds)
def test_nothing_gives_way_to_what_is_needed_later(budget: int, given: list[Wanted], loaded: list[Held]) -> None:
    need = {one.model: one.need for one in given}
    found = plan(budget, given, loaded)
    for gone in found.of("unload"):
        for came in found.of("load"):
            assert need[came] > need.get(gone, (False, 0)) or not fits_beside(gone, came, found, loaded, budget)


def fits_beside(gone: str, came: str, found: MemoryPlan, loaded: list[Held], budget: int) -> bool:
    """Tell whether keeping `gone` in place of `came` would have fitted."""
    size = next(one.size_bytes for one in loaded if one.model == gone)
    back = next(step.size_bytes for step in found.steps if step.model == came)
    return found.planned_bytes - back + size <= budget
