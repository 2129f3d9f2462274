"""`eaio models bench`: every model is asked the same, judged as in an answer, and shown with how sure that is."""

import json
import re
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest

from config.settings import Settings
from gateway.boundary import guarded
from gateway.errors import BadUsage
from gateway.model_matrix.bench import bench_command, html_file
from gateway.model_matrix.cloud import Clouds
from gateway.model_matrix.figures import Machine, report_of
from gateway.model_matrix.questions import Question, load, same, shuffled, to_explain, to_read
from gateway.model_matrix.report import as_html
from gateway.model_matrix.rounds import ALL_TASKS, Measurements, Plan, Rounds, WarmUp, fresh_prompt
from gateway.model_matrix.subjects import Subject, subjects
from gateway.model_matrix.table import show
from gateway.model_matrix.trial import World, explain_facts, read_question
from gateway.screen import PlainScreen
from models import ANALYSIS, CLASSIFICATION, Chunk, Deadline, Endpoint
from models.address import parse as address
from models.errors import MalformedAnswer, ModelFailed, ModelTimeout, TruncatedAnswer
from models.matrix import Call, Probe
from models.matrix.sizes import GIB
from models.ollama import Forwarded, OllamaHost
from tests.gateway.scripted_models import (
    ASKED,
    GOOD,
    NOW,
    RIGHT,
    TRUE,
    ScriptedChat,
    answer_set,
    endpoint,
    no_time_passes,
    options,
    preparing,
)
from tests.graphs.gatehouse import gatehouse
from tests.small_site import SmallSite, inventory

ONE, TWO = endpoint("one:1b"), endpoint("two:2b")
WORLD = World(inventory(), NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return answer_set(tmp_path / "answers")


@pytest.fixture(autouse=True)
def _no_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("probe", "resident_bytes", "ensure_embedded_model"):
        monkeypatch.setattr(f"gateway.model_matrix.rounds.{name}", no_time_passes)


def chat_of(*them: Endpoint, **script: Any) -> ScriptedChat:
    """Return models that have both roles, the first of them first."""
    return ScriptedChat(ladders={"coordinator": list(them), "analyst": list(them)}, **script)


# The questions


def test_only_questions_with_an_answer_are_asked_in_their_own_and_in_other_words(folder: Path) -> None:
    assert {q.words for q in load(folder)} == {*ASKED.values(), "b1: electricity used in 2018"}
    assert {q.original for q in load(folder)} == set(ASKED.values())


def test_shipped_answer_set_is_read() -> None:
    assert len(load()) > 600


@pytest.mark.parametrize(("text", "said"), [(None, "does not hold the answer set"), ("{}", "not as it was written")])
def test_folder_without_the_answer_set_is_named_with_the_remedy(tmp_path: Path, text: str | None, said: str) -> None:
    if text:
        (tmp_path / "questions.jsonl").write_text(text)
    with pytest.raises(BadUsage, match=said):
        load(tmp_path)


def test_order_of_the_questions_is_that_of_the_seed_and_mixes_kinds(folder: Path) -> None:
    questions = load()
    assert shuffled(questions, 1) == shuffled(questions, 1) != shuffled(questions, 2)
    kinds = [q.kind for q in shuffled(questions, 1)[:20]]
    assert len(set(kinds)) > 15


async def test_coordinator_is_asked_what_its_form_can_say(folder: Path) -> None:
    (folder / "more_questions.jsonl").write_text(
        json.dumps(
            {"id": "c", "kind": "change", "status": "answered", "question": "Compare b1 in 2018 with 2019."},
        )
    )
    found = await to_read(load(folder), WORLD.inventory, NOW, 10)
    assert {f.truth.buildings for f in found} == {("b1",), ("b2",)}
    assert not [f for f in found if f.truth.against_period]
    assert await to_read(load(folder), WORLD.inventory, NOW, 1) == found[:1]


async def test_questions_about_buildings_that_are_not_here_are_left_out() -> None:
    assert await to_read(load()[:20], WORLD.inventory, NOW, 5) == []
    assert await to_explain(load()[:20], SmallSite(), WORLD.inventory, NOW, 5) == []


async def test_wording_of_a_period_does_not_make_another_question(folder: Path) -> None:
    one, *_ = await to_read(load(folder), WORLD.inventory, NOW, 1)
    assert one.truth.period
    period = one.truth.period.model_copy(update={"words": "the year 2018"})
    assert same(one.truth, one.truth.model_copy(update={"period": period, "unit": "MWh"}))
    assert not same(one.truth, one.truth.model_copy(update={"buildings": ("b2",)}))


# One call


async def reading(filled: Any, folder: Path) -> Call:
    one, *_ = await to_read(load(folder), WORLD.inventory, NOW, 1)
    chat: Any = ScriptedChat(fills={"": filled})
    return await read_question(chat, ONE, one, WORLD, Deadline.after(5), CLASSIFICATION)


async def test_form_that_reads_as_the_question_is_right(folder: Path) -> None:
    call = await reading(RIGHT, folder)
    assert (call.reading, call.in_form, call.good, call.failure) == ("right", True, True, "")
    assert (call.tokens_in, call.tokens_out, call.ttft_ms) == (120, 20, 100.0)


@pytest.mark.parametrize(
    ("change", "became"),
    [({"statistic": "peak"}, "wrong"), ({"building": "b2"}, "declined"), ({"about_energy": "no"}, "declined")],
)
async def test_form_that_reads_otherwise_is_wrong_and_one_that_does_not_hold_is_declined(
    change: dict[str, str], became: str, folder: Path
) -> None:
    call = await reading(RIGHT | change, folder)
    assert (call.reading, call.in_form, call.good) == (became, True, False)


@pytest.mark.parametrize("fault", [MalformedAnswer("m", "no form"), TruncatedAnswer("m", "256 tokens were not enough")])
async def test_answer_out_of_form_took_its_time_and_is_no_failure(fault: Any, folder: Path) -> None:
    call = await reading(fault, folder)
    assert (call.in_form, call.reading, call.failure) == (False, "declined", "")


async def test_call_that_ended_in_an_error_reads_nothing(folder: Path) -> None:
    call = await reading(ModelTimeout("m", "first token", 5.0), folder)
    assert (call.failure, call.in_form, call.reading) == ("ModelTimeout", None, None)


async def explained(pieces: list[str], fault: Any = None, *, counted: bool = True) -> Call:
    [asked] = await to_explain(
        [Question("total", ASKED["total"], ASKED["total"])], SmallSite(), WORLD.inventory, NOW, 1
    )

    async def speak(_prompt: Any, _deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        for piece in pieces:
            yield Chunk(piece)
        if fault:
            raise fault
        yield Chunk("", finish="stop", usage=ScriptedChat().usage if counted else None)

    return await explain_facts("m", speak, asked, WORLD, Deadline.after(5))


async def test_sentences_are_judged_by_the_evidence() -> None:
    call = await explained([*GOOD, "b1 used 5 kWh in 2018."])
    assert (call.checked, call.kept, call.stands, call.good) == (3, 2, True, True)
    assert call.first_sentence_ms is not None
    assert (call.tokens_out, call.estimated) == (20, False)


async def test_analysis_that_is_nearly_all_invented_is_left_early_and_counted_by_pieces() -> None:
    lies = [f"b1 used {n} kWh in 2018. " for n in range(5, 15)]
    call = await explained(lies)
    assert (call.kept, call.stands, call.good) == (0, False, False)
    assert call.checked == 4
    assert (call.tokens_out, call.estimated) == (5, True)
    assert call.tokens_in > 50


async def test_analysis_that_breaks_off_is_a_failure() -> None:
    call = await explained([TRUE], ModelFailed("m", "out of memory"))
    assert (call.failure, call.stands) == ("ModelFailed", False)


# Which models


def host(*models: str, near: bool = True, reachable: bool = True, port: int = 11434) -> OllamaHost:
    away = (Forwarded("gpt:cloud", "runs at ollama.com"),)
    version = "0.17" if reachable else None
    return OllamaHost(address(f"127.0.0.1:{port}"), "there", version, models, away, near)


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> dict[str, OllamaHost]:
    """Give the hosts that are found, by how they are named."""
    there: dict[str, OllamaHost] = {}

    async def survey(name: str, *, timeout_s: float) -> OllamaHost:
        return there.get(name, host(reachable=False))

    monkeypatch.setattr("gateway.model_matrix.subjects.survey", survey)
    return there


LOCAL = Settings(profile="local", ollama_host="127.0.0.1:11434")


async def test_every_model_of_the_host_is_measured_with_the_roles_it_has(hosts: dict[str, OllamaHost]) -> None:
    hosts["127.0.0.1:11434"] = hosts["http://127.0.0.1:11434"] = host("one:1b", "two:2b")
    chat: Any = ScriptedChat(ladders={"coordinator": [ONE], "analyst": [TWO, ONE]})
    found = await subjects(LOCAL, chat)
    assert [(s.endpoint.id, s.roles) for s in found] == [
        ("ollama:one:1b", ("coordinator",)),
        ("ollama:two:2b", ("analyst",)),
    ]


async def test_second_host_has_names_of_its_own(hosts: dict[str, OllamaHost]) -> None:
    hosts["127.0.0.1:11434"] = host("one:1b")
    hosts["http://127.0.0.1:99"] = host("one:1b", port=99)
    there = Endpoint("x", "analyst", "ollama", "one:1b", "http://127.0.0.1:99", 2048)
    found = await subjects(LOCAL, cast(Any, chat_of(there)))
    assert [s.endpoint.id for s in found] == ["ollama:one:1b", "ollama:one:1b@127.0.0.1:99"]
    assert [s.endpoint.context_tokens for s in found] == [4096, 2048]


@pytest.mark.parametrize("found", [host(), host("far:1b", near=False), host("off:1b", reachable=False)])
async def test_without_a_model_of_a_near_host_the_embedded_one_is_measured(
    hosts: dict[str, OllamaHost], found: OllamaHost
) -> None:
    hosts["127.0.0.1:11434"] = found
    assert [s.endpoint.id for s in await subjects(LOCAL, cast(Any, chat_of()))] == ["embedded:smollm2:135m"]


async def test_profile_embedded_asks_no_host() -> None:
    own = endpoint("smollm2:135m", "embedded")
    [found] = await subjects(Settings(profile="embedded"), cast(Any, chat_of(own)))
    assert found.endpoint.id == own.id
    assert found.roles == ("coordinator", "analyst")


async def test_named_models_only(hosts: dict[str, OllamaHost]) -> None:
    hosts["127.0.0.1:11434"] = host("one:1b", "two:2b")
    chat: Any = chat_of()
    assert [s.endpoint.model for s in await subjects(LOCAL, chat, ["TWO:2b", "smollm2:135m"])] == [
        "two:2b",
        "smollm2:135m",
    ]
    with pytest.raises(BadUsage, match=r"--models nope: no such model here; there are one:1b, two:2b, smollm2:135m"):
        await subjects(LOCAL, chat, ["nope"])


# Rounds


async def rounds_of(chat: ScriptedChat, folder: Path, **other: Any) -> Rounds:
    questions = shuffled(load(folder), 1)
    read = await to_read(questions, WORLD.inventory, NOW, 12)
    explain = await to_explain(questions, SmallSite(), WORLD.inventory, NOW, 12)
    return Rounds(Settings(profile="embedded"), cast(Any, chat), WORLD, read, explain, **other)


def quiet(_: str) -> None:
    """Say nothing."""


async def test_models_take_turns_and_each_round_begins_with_another(folder: Path) -> None:
    chat, found = chat_of(), Measurements()
    rounds = await rounds_of(chat, folder)
    await rounds.run([Subject(ONE), Subject(TWO)], Plan(2, 1, 60, ("analysis",)), found, quiet)
    assert found.complete
    assert [c.model for c in found.calls] == [ONE.id, TWO.id, TWO.id, ONE.id]
    assert set(found.warm) == {ONE.id, TWO.id}
    assert not any(w.was_loaded for w in found.warm.values())


async def test_each_task_is_asked_with_its_own_sampling_and_the_first_call_is_apart(folder: Path) -> None:
    chat, found = chat_of(), Measurements()
    await (await rounds_of(chat, folder)).run([Subject(ONE)], Plan(2, 2, 60), found, quiet)
    assert [c.task for c in found.calls] == [*ALL_TASKS, *ALL_TASKS]
    assert [(how, s.max_tokens) for _, how, s in chat.asked] == [
        ("stream", 1),
        ("fill", CLASSIFICATION.max_tokens),
        ("stream", ANALYSIS.max_tokens),
        ("fill", CLASSIFICATION.max_tokens),
        ("stream", ANALYSIS.max_tokens),
    ]


async def test_more_runs_than_prompts_are_not_made(folder: Path) -> None:
    found = Measurements()
    await (await rounds_of(chat_of(), folder)).run([Subject(ONE)], Plan(50, 50, 60), found, quiet)
    assert len([c for c in found.calls if c.task == "analysis"]) == 3


async def test_model_that_cannot_be_asked_is_named_once_and_the_others_are_measured(folder: Path) -> None:
    chat, found = chat_of(writes={ONE.id: ModelFailed(ONE.id, "does not support chat"), "": GOOD}), Measurements()
    await (await rounds_of(chat, folder)).run([Subject(ONE), Subject(TWO)], Plan(2, 1, 60), found, quiet)
    assert found.refused == {ONE.id: f"{ONE.id} failed: does not support chat"}
    assert {c.model for c in found.calls} == {TWO.id}
    assert [id_ for id_, _, _ in chat.asked].count(ONE.id) == 1


async def test_time_that_is_over_ends_the_rounds_with_what_is_there(folder: Path) -> None:
    found, said = Measurements(), list[str]()
    await (await rounds_of(chat_of(), folder)).run([Subject(ONE)], Plan(2, 1, 1e-9), found, said.append)
    assert (found.calls, found.complete, said) == ([], False, ["round 1 of 2"])


async def test_calls_that_the_end_of_the_measuring_cut_are_no_fault_of_the_model() -> None:
    found = Measurements()
    found.add(Call("m", "analysis", 1.0, failure="ModelTimeout"), shortened=True)
    found.add(Call("m", "analysis", 1.0, failure="ModelOverloaded"), shortened=True)
    found.add(Call("m", "analysis", 1.0, failure="ModelFailed"), shortened=True)
    found.add(Call("m", "analysis", 1.0, failure="ModelTimeout"), shortened=False)
    assert (found.cut, [c.failure for c in found.calls]) == (2, ["ModelFailed", "ModelTimeout"])


async def test_what_servers_tell_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def told(*_: Any) -> Probe:
        return Probe(ONE.id, 300, 1000.0)

    async def held(*_: Any) -> int:
        return 2 * GIB

    monkeypatch.setattr("gateway.model_matrix.rounds.probe", told)
    monkeypatch.setattr("gateway.model_matrix.rounds.resident_bytes", held)
    found = Measurements()
    await (await rounds_of(chat_of(), folder)).run([Subject(ONE)], Plan(1, 1, 60), found, quiet)
    assert found.resident == {ONE.id: 2 * GIB}
    assert found.probes == [Probe(ONE.id, 300, 1000.0)]
    assert found.warm[ONE.id].was_loaded


def test_no_two_probes_are_alike() -> None:
    one, other = fresh_prompt(), fresh_prompt()
    assert one.splitlines()[0] != other.splitlines()[0]
    assert len(one.splitlines()) == len(other.splitlines()) == 14


async def test_cloud_model_explains_what_was_cleared_and_is_never_asked_otherwise(folder: Path) -> None:
    cloud = Endpoint("cloud:gpt-4o", "analyst", "cloud", "gpt-4o", None, 128_000, local=False)
    asked = list[str]()

    async def cleared(id_: str, facts: Any) -> Any:
        asked.append(facts.words)
        if len(asked) > 1:
            return "denied: it is RESTRICTED"

        async def speak(_prompt: Any, _deadline: Deadline) -> AsyncGenerator[Chunk, None]:
            yield Chunk(TRUE, finish="stop", usage=None)

        return speak

    chat, found = chat_of(), Measurements()
    rounds = await rounds_of(chat, folder, cloud=cleared)
    await rounds.run([Subject(cloud)], Plan(2, 2, 60), found, quiet)
    assert chat.asked == []
    assert [(c.model, c.task) for c in found.calls] == [("cloud:gpt-4o", "analysis")]
    assert found.denied == {"cloud:gpt-4o": ["denied: it is RESTRICTED"]}
    report = report_of(found, [Subject(cloud)], Plan(2, 2, 60), **FIXED)
    assert "cloud:gpt-4o: 1 prompts were not cleared (denied: it is RESTRICTED)" in report.notes
    assert report.recommendation.picks == ()


async def test_cloud_model_without_a_gate_is_not_asked(folder: Path) -> None:
    cloud = Endpoint("cloud:gpt-4o", "analyst", "cloud", "gpt-4o", None, 128_000, local=False)
    chat, found = chat_of(), Measurements()
    await (await rounds_of(chat, folder)).run([Subject(cloud)], Plan(1, 1, 60), found, quiet)
    assert (chat.asked, found.calls) == ([], [])
    assert found.denied == {"cloud:gpt-4o": ["clouds are only asked with --cloud"]}


# What is shown

FIXED: dict[str, Any] = {
    "machine": Machine("x86_64", 2, 16 * GIB),
    "budget_bytes": 12 * GIB,
    "seed": 1,
    "reference": None,
}


def found_of(*, calls: int = 6) -> Measurements:
    made = [Call(ONE.id, "analysis", 900.0 + n, 100.0, 50, 20, stands=True, checked=2, kept=2) for n in range(calls)]
    forms = [Call(ONE.id, "classification", 4000.0, 900.0, 90, 80, in_form=True, reading="right") for _ in made]
    return Measurements([*made, *forms], [], {ONE.id: WarmUp(1500, True)}, {ONE.id: GIB}, {TWO.id: "<b>broken</b>"})


def report(**other: Any) -> Any:
    them = [Subject(ONE, ("coordinator", "analyst")), Subject(TWO)]
    return report_of(found_of(**other), them, Plan(12, 4, 60), **FIXED)


def test_memory_for_models_is_the_budget_or_what_the_machine_has_beyond_the_rest() -> None:
    assert Machine("x", 2, 32 * GIB).memory_for_models(12 * GIB) == 12 * GIB
    assert Machine("x", 2, 8 * GIB).memory_for_models(12 * GIB) == 5 * GIB
    assert Machine("x", 2, 2 * GIB).memory_for_models(12 * GIB) == 0
    assert Machine.here().ram_bytes > 0


def test_terminal_shows_tables_then_verdicts_then_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    show(PlainScreen(sys.stdout), report())
    said = capsys.readouterr().out
    assert "cannot be asked: <b>broken</b>" in said
    order = [
        "Models on this machine",
        "Classification:",
        "Analysis:",
        "an analysis within 2 s",
        "analyst: run ollama:one",
    ]
    assert sorted(order, key=said.index) == order
    assert "ollama:one:1b (the analyst now): met: p90 0.9 s, 6 of 6 within 2 s" in said
    assert "ollama:one:1b (the coordinator now): missed: p90 4.0 s, 0 of 6 within 1 s" in said
    assert "of use in 6 of 6" in said
    assert "Percentiles are of at most 6 runs: p99 is the slowest one." in said
    assert "Interrupted or out of time" in said


class Seen(HTMLParser):
    """Notes the tags that were opened and not closed, and what would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [v or "" for k, v in attrs if k in ("src", "href", "srcset", "data")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        pass


def test_page_is_whole_and_needs_nothing_else() -> None:
    page, seen = as_html(report(), "2026-11-22 12:00 UTC"), Seen()
    seen.feed(page)
    assert (seen.open, seen.loaded) == ([], [])
    assert not re.findall(r"https?://|@import|url\(|<script", page)
    assert "&lt;b&gt;broken&lt;/b&gt;" in page
    assert page.count("<svg") == 7
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page


def test_page_of_nothing_says_so() -> None:
    empty = report_of(Measurements(), [], Plan(1, 1, 60), **FIXED)
    assert "Nothing was measured." in as_html(empty, "now")


# The command


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    given = options("bench", *words)
    given.command = "models"
    code = guarded(lambda: bench_command(given), given)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def scripted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, hosts: dict[str, OllamaHost], tmp_path: Path
) -> ScriptedChat:
    """Let the command work on scripted models."""
    monkeypatch.setenv("EAIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EAIO_PROFILE", "local")
    hosts["127.0.0.1:9"] = host("one:1b", "two:2b")
    chat = chat_of(ONE)
    monkeypatch.setattr("gateway.model_matrix.session.prepared", preparing(chat, folder))
    return chat


KEYS = set(
    "status machine seed runs_asked calls_cut quality_means reference models verdicts recommendation notes".split()
)


def test_json_is_one_object_with_units_in_its_names(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "--json", "--runs", "2")
    assert (code, out.count("\n")) == (0, 1)
    told = json.loads(out)
    assert set(told) == KEYS
    assert told["status"] == "measured"
    assert told["reference"]["model"] == "gpt-4o"
    assert told["reference"]["source"]
    [one, two] = told["models"]
    assert (one["model"], two["model"]) == ("ollama:one:1b", "ollama:two:2b")
    assert set(one["tasks"]) == {"classification", "analysis"}
    cell = one["tasks"]["analysis"]
    assert {"total_p50_ms", "total_p99_ms", "tokens_per_s", "quality_share", "saved_usd", "role"} <= set(cell)
    assert cell["saved_usd"] == pytest.approx(1000 * (120 * 2.5 + 20 * 10) / 1e6)
    assert {v["words"] for v in told["verdicts"]} == {"not judged: 2 runs, 5 are the least"}
    assert "round 1 of 1" in err


def test_role_and_models_narrow_what_is_measured(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(capsys, "--json", "--role", "analyst", "--models", "two:2b", "--quick")
    [two] = json.loads(out)["models"]
    assert (two["model"], set(two["tasks"])) == ("ollama:two:2b", {"analysis"})
    assert {how for _, how, _ in scripted.asked} == {"stream"}


def test_cloud_without_a_model_in_the_settings_is_said(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def none_there(*_: Any) -> AsyncIterator[Clouds]:
        yield Clouds(gatehouse(SmallSite()), WORLD.inventory)

    monkeypatch.setattr("gateway.model_matrix.cloud.open_clouds", none_there)
    _, out, _ = ran(capsys, "--cloud", "--runs", "1", "--json")
    told = json.loads(out)
    assert "No cloud model was measured: EAIO_CLOUD names none." in told["notes"]
    assert len(told["models"]) == 2


def test_data_that_the_answer_set_is_not_about_is_said_with_the_remedy(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    other = {"id": "total", "kind": "total", "status": "answered", "question": "How much gas did b77 use in 2018?"}
    (folder / "questions.jsonl").write_text(json.dumps(other))
    code, _, err = ran(capsys)
    assert code == 2
    assert "`eaio data load` loads the shipped readings" in err


def test_page_is_written(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "bench.html"
    code, out, err = ran(capsys, "--runs", "1", "--html", str(page))
    assert code == 0
    assert "Models on this machine" in out
    assert page.read_text().startswith("<!doctype html>")
    assert f"the page is in {page}" in err


@pytest.mark.parametrize("name", ["bench.txt", "nowhere/bench.html"])
def test_page_that_cannot_be_written_is_refused_before_anything_is_asked(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    code, _, err = ran(capsys, "--html", name)
    assert code == 2
    assert f"--html {name}" in err
    assert scripted.asked == []
    assert html_file(None) is None


def test_page_that_cannot_be_written_at_the_end_costs_no_figures(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "taken.html").mkdir()
    code, out, err = ran(capsys, "--json", "--runs", "1", "--html", str(tmp_path / "taken.html"))
    assert code == 2
    assert json.loads(out)["status"] == "measured"
    assert "cannot be written" in err


def test_interrupt_shows_what_is_measured_so_far(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: str) -> None:
        if len(scripted.asked) == 4:
            raise KeyboardInterrupt

    scripted.before = interrupt
    code, out, _ = ran(capsys, "--json", "--runs", "3")
    assert code == 130
    told = json.loads(out)
    assert told["status"] == "partial"
    assert told["models"][0]["tasks"]["analysis"]["runs"] == 1


def test_interrupt_before_anything_was_asked_is_an_interrupt(
    scripted: ScriptedChat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gateway.model_matrix.session.subjects", interrupt)
    code, out, _ = ran(capsys, "--json")
    assert code == 130
    assert json.loads(out)["reason"].startswith("interrupted")


def test_nothing_measured_is_a_fault(scripted: ScriptedChat, capsys: pytest.CaptureFixture[str]) -> None:
    scripted.writes = {"": ModelFailed("m", "broken")}
    code, out, _ = ran(capsys, "--json")
    assert code == 1
    assert {m["refused"] for m in json.loads(out)["models"]} == {"m failed: broken"}


@pytest.mark.parametrize(
    "words",
    [
        ("--runs", "0"),
        ("--runs", "x"),
        ("--minutes", "-1"),
        ("--minutes", "nan"),
        ("--memory-gib", "y"),
        ("--role", "z"),
    ],
)
def test_bad_numbers_are_named(words: tuple[str, str]) -> None:
    with pytest.raises(BadUsage, match=f"{words[0]}.*{words[1]}"):
        options("bench", *words)
