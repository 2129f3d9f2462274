"""The mixed day asks real questions in its shares, and counts what it says it counts."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.routing.day_clouds import answer_to, clouds, prompt_of, stated
from benchmarks.routing.day_counts import Day, Told, interval, percentile, share_of, words
from benchmarks.routing.day_faults import EVERY, Fault, Timetable
from benchmarks.routing.day_mix import Asked, Wording, counts, mixed, wordings
from benchmarks.routing.day_world import PUBLIC_BUILDING, World, settings_in
from models.prices import BASELINE
from models.routing import load_routing
from privacy.labels import Label
from privacy.policy.file import load_policy

TRUTH = {"id": "t", "status": "answered", "tolerance": 0.005, "expect": [{"index": 0, "value": 10.0, "unit": "kWh"}]}


def labels() -> dict[str, Label]:
    """Return a label for the facts of each truth."""
    given = (Label.INTERNAL, Label.RESTRICTED, Label.PUBLIC)
    return {id_: given[n % 3] for n, id_ in enumerate(sorted({w.id for w in wordings()}))}


def told(label: Label = Label.INTERNAL, *, value: float = 10.0, bytes_out: int | None = None, **receipt: Any) -> Told:
    """Return an answer with a receipt."""
    answer = {
        "status": "answered",
        "reason": "",
        "evidence": [{"value": value, "unit": "kWh"}],
        "receipt": {"chosen": "embedded:m", "cost": 0.0, "attempts": [attempt("embedded:m")]} | receipt,
        "timings_ms": {"headline": 20.0, "total": 900.0},
    }
    return Told(Asked(Wording("How much?", TRUTH), label), answer, bytes_out)


def attempt(endpoint: str, outcome: str = "verified", tokens: tuple[int, int] = (1_000, 100)) -> dict[str, Any]:
    """Return one try of the ladder."""
    return {"endpoint": endpoint, "outcome": outcome, "tokens_in": tokens[0], "tokens_out": tokens[1]}


def test_a_day_has_its_shares_and_is_the_same_for_a_seed() -> None:
    assert counts(100) == {Label.INTERNAL: 70, Label.RESTRICTED: 20, Label.PUBLIC: 10}
    asked = mixed(labels(), 100, seed=3)
    assert asked == mixed(labels(), 100, seed=3)
    assert {label: sum(a.label is label for a in asked) for label in counts(100)} == counts(100)
    assert len({a.wording.text for a in asked}) == 100


def test_a_label_that_no_question_has_is_told() -> None:
    with pytest.raises(ValueError, match="no question has PUBLIC facts"):
        mixed({w.id: Label.INTERNAL for w in wordings()} | {wordings()[0].id: Label.RESTRICTED}, 10, seed=1)


def test_the_bill_of_gpt_4o_is_for_the_tokens_of_the_attempt_that_stood() -> None:
    tries = [attempt("embedded:m", "failed", (5_000, 400)), attempt("cloud:gpt-4o", "verified", (700, 50))]
    paid = told(chosen="cloud:gpt-4o", cost=0.002, attempts=tries)
    assert paid.cloud_only_usd == BASELINE.cost_usd(700, 50)
    assert told(chosen="report", attempts=[attempt("embedded:m", "failed", (300, 20))]).cloud_only_usd > 0
    assert told(chosen="cache", attempts=[attempt("cache", tokens=(0, 0))]).cloud_only_usd == 0
    assert not paid.is_local
    assert Day("d", [paid, told()]).local == [False, True]


def test_an_answer_with_other_facts_is_not_available() -> None:
    lived = Day("d", [told(), told(value=11.0)])
    assert lived.right == [True, False]
    assert share_of(lived.right) == 50.0


def test_bytes_count_for_restricted_questions_that_were_watched() -> None:
    lived = Day("d", [told(bytes_out=7), told(Label.RESTRICTED, bytes_out=5), told(Label.RESTRICTED)])
    assert lived.restricted_bytes() == (1, 5)


def test_a_share_is_told_with_its_interval() -> None:
    low, high = interval([True] * 1_000)
    assert 0.996 < low < 0.9963
    assert high == 1.0
    assert interval([]) == (0.0, 1.0)
    assert words([True, False]).startswith("1 of 2, 95 % interval 9.5 to 90.5")
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 3.0


async def test_faults_come_and_go_in_their_time(tmp_path: Path) -> None:
    seen: list[str] = []

    async def harm(_world: World) -> None:
        seen.append("harm")

    async def mend(_world: World) -> None:
        seen.append("mend")

    async with clouds() as served:
        table = Timetable(World(settings_in(tmp_path, served), served), [Fault("ill", 0.2, harm, 0.5, mend)])
        for share, so_far in ((0.1, []), (0.2, ["harm"]), (0.4, ["harm"]), (1.0, ["harm", "mend"])):
            await table.reach(share)
            assert seen == so_far
    assert table.done == ["ill", "ill: over"]
    assert all(0 < f.begins < (f.ends or 1) <= 1 for f in EVERY)


async def test_the_worlds_documents_are_the_shipped_ones_with_the_clouds_elsewhere(tmp_path: Path) -> None:
    async with clouds() as served:
        settings = settings_in(tmp_path, served)
        assert settings.routing is not None
        assert settings.privacy_policy is not None
        routing, policy = load_routing(settings.routing).document, load_policy(settings.privacy_policy)
        for name in served.servers:
            assert routing.endpoints[name].base_url == served.base_url(name)
            assert policy.destinations[name].hosts == (served.host(name),)
    assert [c.building for c in policy.rules.consent] == [PUBLIC_BUILDING]
    assert policy.rules.consent[0].to is Label.PUBLIC


def test_a_cloud_states_the_first_fact_of_its_prompt() -> None:
    asked = {"contents": [{"parts": [{"text": "Facts:\n- Building A1, electricity use in 2019: 132,010 kWh [note]"}]}]}
    said = answer_to(prompt_of(asked))
    assert said.text.startswith("Building A1, electricity use in 2019: 132,010 kWh. The building manager should")
    assert said.usage is not None
    assert said.usage[0] > 10
    assert stated("") == ""
