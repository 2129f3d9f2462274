"""What can be typed: help that costs nothing, and bad usage that names the remedy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gateway.conftest import ROOT, Run

HEAVY = {
    "asyncio", "graphs", "httpx", "langchain_core", "langgraph", "memory", "models", "numpy", "openai", "psycopg",
    "pydantic", "pymilvus", "redis", "rich", "services", "tools",
}  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["data", "load", "--help"], ["ask", "--frob"]])
def test_help_and_bad_usage_import_no_model_no_client_no_database(words: list[str]) -> None:
    script = (
        "import json, sys; from gateway.command import main; main(sys.argv[1:])\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not HEAVY & set(json.loads(done.stdout.splitlines()[-1]))


def test_a_first_answer_does_not_wait_for_what_only_some_questions_need() -> None:
    script = (
        "import json, sys; import graphs.runtime\n"
        "late = ('tools.analyses', 'scipy', 'pandas', 'pymilvus', 'pyarrow')\n"
        "print(json.dumps([name for name in late if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout) == []


def test_every_command_is_in_the_help(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for command in ("ask", "chat", "data", "building", "evidence", "up", "down", "status", "doctor"):
        assert f"  {command} " in done.out


def test_no_command_shows_what_there_is(run: Run) -> None:
    done = run()
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("usage: eaio")


def test_version_is_one_line(run: Run) -> None:
    done = run("--version")
    assert done.code == 0
    assert done.out.startswith("eaio ")
    assert done.out.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["frob"], "'frob'"),
        (["ask", "--profile", "huge", "q"], "'huge'"),
        (["ask", "--chart", "use.pdf", "q"], "use.pdf: charts are PNG pictures or HTML pages"),
        (["ask", "--chart", "/nowhere/use.png", "q"], "there is no folder /nowhere"),
        (["evidence", "e1", "--csv", "--csvv"], "--csvv"),
        (["data"], "COMMAND"),
        (["data", "load", "--tz", "Europe/Berlin"], "name the file"),
        (["data", "load", "mine.csv"], "--site"),
        (["building", "set", "b4"], "--area"),
        (["building", "set", "b4", "--area", "wide"], "'wide'"),
        (["evidence"], "ID"),
    ],
)
def test_bad_usage_ends_with_2_and_names_the_value_or_the_remedy(run: Run, words: list[str], said: str) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_bad_usage_of_ask_is_one_object_too(run: Run) -> None:
    done = run("ask", "--json", "--profile", "huge", "How much?")
    assert done.code == 2
    assert done.json()["status"] == "clarify"
    assert "'huge'" in done.json()["reason"]
    assert set(done.json()) >= {"headline", "evidence", "classification", "receipt", "usage", "timings_ms"}


@pytest.mark.parametrize(
    ("name", "value"), [("EAIO_PROFILE", "zzz"), ("EAIO_ANSWER_BUDGET_S", "-1"), ("EAIO_NUM_CTX", "lots")]
)
def test_setting_that_cannot_be_is_named_with_its_value(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    done = run("status")
    assert done.code == 2
    assert f"{name} is set to '{value}'" in done.err


def test_profile_of_the_command_line_wins(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from argparse import Namespace

    from gateway.opened import settings_of

    monkeypatch.setenv("EAIO_PROFILE", "local")
    monkeypatch.setenv("EAIO_HOME", str(tmp_path))
    assert settings_of(Namespace(profile="embedded")).profile == "embedded"
    assert settings_of(Namespace(profile=None)).profile == "local"
    assert settings_of(Namespace(profile="embedded")).home == tmp_path
