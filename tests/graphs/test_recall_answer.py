"""A repeated question is answered for nothing, and never with what is no longer right."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from graphs.live_answers import LiveAnswers
from graphs.runtime import Runtime
from memory.answer_cache import AnswerCache
from memory.answer_cache_entry import packed, unpacked
from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.event import add_event
from memory.exclusion import exclude, undo_exclusion
from memory.load import load_shipped
from memory.postgres import fetch
from memory.site_edit import set_site
from models.errors import ModelUnreachable
from services.process import ensure
from services.valkey import valkey
from tests.graphs.small_graph import Scripted
from tests.graphs.towns import Town, open_town, policy_that_allows
from tests.memory.data_folder import write_data_folder
from tools.compute import compute
from tools.errors import NoData
from tools.grammar import parse

pytestmark = pytest.mark.slow

HALL = "How much electricity did the hall use in February 2019?"
AGAIN = "Town Hall electricity, 1 to 28 February 2019, in MWh?"
RANK = "Which building used the most electricity in February 2019?"
BEGIN = datetime(2019, 2, 3, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def town(settings: Settings, tmp_path: Path) -> AsyncIterator[Town]:
    """Give a town whose policy lets every answer be kept."""
    async with open_town(settings, tmp_path) as one:
        yield one


def told(answer: dict[str, Any]) -> tuple[Any, ...]:
    """Return what an answer says, without how it came about."""
    return answer["status"], answer["headline"], answer["analysis"], answer["evidence"], answer["notes"]


async def events_of(runtime: Runtime, question: str) -> list[dict[str, Any]]:
    return [event async for event in runtime.stream(question)]


async def test_question_asked_again_is_answered_whole_without_computing_or_model(town: Town) -> None:
    async with town.open() as runtime:
        first, *_, answer = await events_of(runtime, HALL)
    async with town.open(compute_facts=nothing_computed) as runtime:
        again, *_, known = await events_of(runtime, HALL)
    assert (answer["answer"]["cached"], known["answer"]["cached"]) == (False, True)
    assert town.asked == 1
    assert told(known["answer"]) == told(answer["answer"])
    assert {k: again[k] for k in ("headline", "charts", "notes")} == {
        k: first[k] for k in ("headline", "charts", "notes")
    }
    assert first["charts"]
    receipt = known["answer"]["receipt"]
    assert (receipt["chosen"], receipt["label"]) == ("cache", answer["answer"]["receipt"]["label"])
    assert receipt["cached"]["by"] == "m1"
    assert known["answer"]["usage"]["tokens_in"] == 0


async def nothing_computed(*_: Any) -> Any:
    raise AssertionError("this was computed before")


async def test_answer_given_again_has_its_receipt_in_the_ledger_and_its_place_in_the_usage(town: Town) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL)
        ids = [(await runtime.ask(HALL))["receipt"]["question_id"] for _ in range(3)]
    runs = await fetch(town.pool, "SELECT id FROM runs WHERE receipt ->> 'chosen' = 'cache' AND id = ANY(%s)", (ids,))
    used = await fetch(
        town.pool, "SELECT question_id FROM usage WHERE endpoint = 'cache' AND question_id = ANY(%s)", (ids,)
    )
    assert {row[0] for row in runs} == {row[0] for row in used} == set(ids)


async def test_other_words_get_the_same_facts_and_a_headline_of_their_own(town: Town) -> None:
    async with town.open() as runtime:
        first, again = await runtime.ask(HALL), await runtime.ask(AGAIN)
    assert again["cached"]
    assert [e["value"] for e in again["evidence"]] == [e["value"] for e in first["evidence"]]
    assert "3.36 MWh" in again["headline"]
    assert "3,360 kWh" in first["headline"]
    assert again["evidence"][0]["query"]["unit"] == "MWh"


async def test_conversation_is_answered_from_the_cache_and_goes_on_from_there(town: Town) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL)
        known = await runtime.ask(HALL, thread_id="t")
        next_ = await runtime.ask("And in March 2019?", thread_id="t")
    assert known["cached"]
    assert not next_["cached"]
    assert next_["evidence"][0]["buildings"] == ["hall"]


CORRECTIONS: dict[str, Callable[[Town], Awaitable[object]]] = {
    "exclusion": lambda town: exclude(town.pool, "hall/electricity", BEGIN, BEGIN + DAY, because="the meter was open"),
    "area": lambda town: set_building(town.pool, "hall", area_m2=500.0),
    "event": lambda town: add_event(town.pool, "hall", "retrofit", date(2019, 2, 1)),
    "units": lambda town: set_site(town.pool, "town", {"units": "kBtu,ft2"}),
}


async def test_any_change_of_what_it_rests_on_has_the_answer_computed_anew(town: Town) -> None:
    async with town.open() as runtime:
        for change in CORRECTIONS.values():
            await runtime.ask(HALL)
            assert (await runtime.ask(HALL))["cached"]
            await change(town)
            assert not (await runtime.ask(HALL))["cached"]
        after = await runtime.ask(HALL)
    assert after["evidence"][0]["value"] == (28 - 1) * 24 * 5.0
    assert "kBtu" in after["headline"]


async def test_change_elsewhere_leaves_the_answer_as_it_is(town: Town) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL)
        await runtime.ask(RANK)
        await exclude(town.pool, "bath/electricity/1", BEGIN, BEGIN + DAY, because="the meter was open")
        assert (await runtime.ask(HALL))["cached"]
        assert not (await runtime.ask(RANK))["cached"]


async def test_correction_between_lookup_and_answer_is_not_lost(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL)
        get = AnswerCache.get

        async def get_then_correct(self: AnswerCache, key: str) -> bytes | None:
            found = await get(self, key)
            with suppress(NoData):
                await exclude(town.pool, "hall/electricity", BEGIN, BEGIN + DAY, because="the meter was open")
            return found

        monkeypatch.setattr(AnswerCache, "get", get_then_correct)
        answer = await runtime.ask(HALL)
    assert not answer["cached"]
    assert answer["evidence"][0]["value"] == (28 - 1) * 24 * 5.0


async def test_correction_while_an_answer_is_written_is_not_lost_for_the_next(town: Town) -> None:
    class Correcting(Scripted):
        async def speak(self, *given: Any) -> Any:
            await exclude(town.pool, "hall/electricity", BEGIN, BEGIN + DAY, because="the meter was open")
            async for chunk in Scripted.speak(self, *given):
                yield chunk

    async with town.open(analysts=Correcting({"m1": ["You should check the schedule of the cooling. "]})) as runtime:
        before = await runtime.ask(HALL)
    async with town.open() as runtime:
        after = await runtime.ask(HALL)
    assert before["evidence"][0]["value"] == 28 * 24 * 5.0
    assert (after["cached"], after["evidence"][0]["value"]) == (False, (28 - 1) * 24 * 5.0)


async def test_answer_that_the_policy_keeps_out_is_computed_each_time_and_counted(
    settings: Settings, tmp_path: Path
) -> None:
    async with open_town(settings, tmp_path, allowed=False) as town, town.open() as runtime:
        answers = [await runtime.ask(HALL) for _ in range(2)]
        ranks = [await runtime.ask(RANK) for _ in range(2)]
        assert [a["cached"] for a in answers] == [False, False]  # its chart shows when the hall is empty
        assert [a["cached"] for a in ranks] == [False, True]


async def test_policy_that_changes_ends_what_was_kept_under_the_old_one(town: Town, tmp_path: Path) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL)
        assert (await runtime.ask(HALL))["cached"]
        path = policy_that_allows(tmp_path)
        path.write_text(path.read_text().replace("restricted: allow", "restricted: deny"))
        assert not (await runtime.ask(HALL))["cached"]
        policy_that_allows(tmp_path)
        assert not (await runtime.ask(HALL))["cached"]  # it was forgotten, not only hidden


async def test_report_of_a_turn_whose_models_failed_is_not_kept(town: Town) -> None:
    failing = Scripted({"m1": [ModelUnreachable("m1", "nowhere", "down")]})
    async with town.open(ladder=failing, analysts=failing) as runtime:
        assert (await runtime.ask(HALL))["receipt"]["chosen"] == "report"
    async with town.open() as runtime:
        assert (await runtime.ask(HALL))["receipt"]["chosen"] == "m1"


async def test_entry_that_answers_something_else_is_never_served(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    get = AnswerCache.get

    async def of_another(self: AnswerCache, key: str) -> bytes | None:
        kept = unpacked(await get(self, key))
        return (
            None if kept is None else packed(kept.model_copy(update={"asked": ({**kept.asked[0], "measure": "gas"},)}))
        )

    async with town.open() as runtime:
        await runtime.ask(HALL)
        monkeypatch.setattr(AnswerCache, "get", of_another)
        assert not (await runtime.ask(HALL))["cached"]


@pytest.mark.parametrize("place", ["before the lookup", "after the lookup", "while it is kept"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_store_that_dies_or_hangs_costs_time_and_nothing_else(
    settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch, place: str, how: signal.Signals
) -> None:
    pid = (await ensure(valkey(settings))).pid

    async def strike(*_: Any) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, how)

    try:
        async with town.open() as runtime:
            await runtime.ask(RANK)
            if place == "before the lookup":
                await strike()
            name = {"after the lookup": "recall", "while it is kept": "_keep"}.get(place)
            if name:
                work = getattr(LiveAnswers, name)

                async def struck(self: LiveAnswers, *given: Any) -> Any:
                    if name == "_keep":
                        await strike()
                    done = await work(self, *given)
                    await strike()
                    return done

                monkeypatch.setattr(LiveAnswers, name, struck)
            answer = await runtime.ask(HALL)
            assert (answer["status"], answer["evidence"][0]["value"]) == ("answered", 28 * 24 * 5.0)
            assert answer["analysis"] == "You should check the schedule of the cooling."
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


async def test_crowd_computes_once(town: Town) -> None:
    computed = 0

    async def counted(*given: Any) -> Any:
        nonlocal computed
        computed += 1
        return await compute(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nodes.retrieve_context.compute", counted)
        async with town.open() as runtime:
            answers = await asyncio.gather(*(runtime.ask(HALL) for _ in range(20)))
    assert computed == 1
    assert {a["headline"] for a in answers} == {answers[0]["headline"]}


QUESTIONS = (
    HALL,
    RANK,
    "How much electricity did the baths use in May 2019?",
    "How much more electricity did the hall use in March 2019 than in February 2019?",
    "What was the electricity per m2 of the hall in February 2019?",
    "total electricity of the hall",
)


async def test_answers_are_right_after_any_interleaving_of_changes_and_questions(town: Town, tmp_path: Path) -> None:
    dice, undone, hits = random.Random(8), list[int](), 0
    data = BuildingData(town.pool)
    async with town.open() as runtime:
        for step in range(45):
            if dice.random() < 0.3:
                await change(town, tmp_path, dice, undone)
            question = dice.choice(QUESTIONS)
            answer = await runtime.ask(question)
            hits += answer["cached"]
            names = await data.inventory()
            (query,) = parse(question, names, datetime.now(UTC), 4000, None).queries
            fresh = await compute(query, data, names)
            assert [e["value"] for e in answer["evidence"]] == [e.value for e in fresh.evidence], (step, question)
            assert [e["caveats"] for e in answer["evidence"]] == [list(e.caveats) for e in fresh.evidence]
    assert hits > 8


async def change(town: Town, folder: Path, dice: random.Random, undone: list[int]) -> None:
    """Change something of the town."""
    begin = BEGIN + dice.randrange(80) * DAY
    meter = dice.choice(["hall/electricity", "bath/electricity/1", "bath/electricity/2"])
    match dice.randrange(5):
        case 0:
            with suppress(Exception):
                made = await exclude(town.pool, meter, begin, begin + DAY, because="a doubt")
                undone.append(made.id)
        case 1 if undone:
            await undo_exclusion(town.pool, undone.pop())
        case 2:
            await set_building(town.pool, "hall", area_m2=float(dice.randrange(500, 2000)))
        case 3:
            await add_event(town.pool, dice.choice(["hall", "bath"]), "retrofit", begin.date())
        case _:
            factor = dice.choice([1.0, 1.5, 2.0])
            await load_shipped(town.pool, write_data_folder(folder / "data", factor=factor))
