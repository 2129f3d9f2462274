"""`eaio doctor` speaks on a broken machine, names what mends it, and lets nothing stop it."""

import asyncio
import importlib.metadata
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from gateway import checkup
from gateway.checkup import Finding
from gateway.screen import Screen
from models.address import parse
from models.ollama import OllamaHost
from tests.gateway.conftest import Run


def _parts(run: Run) -> tuple[int, dict[str, dict[str, Any]]]:
    done = run("doctor", "--json")
    found = done.json()
    assert found["ok"] == (done.code == 0)
    return done.code, {part["part"]: part for part in found["parts"]}


def test_machine_with_everything_stopped_is_fit_to_answer(run: Run) -> None:
    code, parts = _parts(run)
    assert code == 0
    assert parts["Python"]["version"].startswith("3.")
    assert {parts[name]["state"] for name in ("numpy", "langgraph", "EAIO", "EAIO_HOME", "disk space")} == {"ok"}
    assert (parts["postgres"]["state"], parts["postgres"]["mend"]) == ("stopped", "eaio up")
    assert (parts["data"]["state"], parts["Ollama"]["state"]) == ("stopped", "absent")


@pytest.mark.usefixtures("served")
def test_running_store_says_what_it_holds(run: Run) -> None:
    run("data", "list")
    done = run("doctor")
    assert done.code == 0
    assert "2 sites, 19 buildings, 967,640 hours" in done.out
    assert done.out.endswith("Nothing is missing that `eaio ask` needs.\n")


def test_missing_package_is_named_with_what_installs_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.metadata.distribution

    def without_numpy(name: str) -> Any:
        if name in ("numpy", "redis"):
            raise PackageNotFoundError(name)
        return found(name)

    monkeypatch.setattr(checkup, "distribution", without_numpy)
    code, parts = _parts(run)
    assert code == 1
    assert (parts["numpy"]["state"], parts["numpy"]["mend"]) == ("missing", "pip install numpy")
    assert parts["redis"]["state"] == "absent"
    done = run("doctor")
    assert "numpy" in done.out
    assert "MISSING" in done.out
    assert "cannot answer before this is mended: numpy." in done.out


@pytest.mark.slow
def test_check_that_breaks_or_hangs_is_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(_settings: object) -> list[Finding]:
        raise RuntimeError("a disk\nof glass")

    async def hangs(_settings: object) -> list[Finding]:
        await asyncio.sleep(60)
        return []

    monkeypatch.setattr(checkup, "CHECK_S", 3.0)
    monkeypatch.setitem(checkup.CHECKS, "disk space", breaks)
    monkeypatch.setitem(checkup.CHECKS, "Ollama", hangs)
    code, parts = _parts(run)
    assert code == 1
    assert parts["disk space"]["where"] == "RuntimeError: a disk"
    assert parts["Ollama"]["where"] == "no answer within 3 s"
    assert parts["EAIO_HOME"]["state"] == "ok"


def test_broken_import_of_eaio_names_the_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def import_module(name: str) -> Any:
        raise ImportError("No module named 'rapidfuzz.process'", name="rapidfuzz.process")

    monkeypatch.setattr(checkup, "import_module", import_module)
    code, parts = _parts(run)
    assert code == 1
    assert (parts["EAIO"]["state"], parts["EAIO"]["mend"]) == ("broken", "pip install rapidfuzz")
    assert parts["numpy"]["state"] == "broken"


def test_setting_that_cannot_be_is_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_PROFILE", "zzz")
    code, parts = _parts(run)
    assert code == 1
    assert "EAIO_PROFILE is set to 'zzz'" in parts["settings"]["where"]


def test_home_that_is_a_file_is_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("EAIO_HOME", str(tmp_path / "file" / "home"))
    code, parts = _parts(run)
    assert code == 1
    assert (parts["EAIO_HOME"]["state"], parts["EAIO_HOME"]["where"]) == (
        "broken",
        f"{tmp_path}/file cannot be written",
    )


def test_ollama_is_found_with_the_models_it_lacks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def survey(host: str, *, timeout_s: float) -> OllamaHost:
        return OllamaHost(parse(host), "found", version="0.17.4", models=("llama3.2:3b",))

    monkeypatch.setattr("models.ollama.survey", survey)
    code, parts = _parts(run)
    assert code == 0
    assert (parts["Ollama"]["state"], parts["Ollama"]["version"]) == ("ok", "0.17.4")
    assert parts["model llama3.2:3b"]["state"] == "ok"
    assert parts["model qwen2.5:7b"]["mend"] == "ollama pull qwen2.5:7b"


def test_doctor_speaks_without_the_package_that_draws(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_screen() -> Screen:
        raise ImportError("No module named 'rich'")

    monkeypatch.setattr("gateway.doctor.open_screen", open_screen)
    assert run("doctor").out.startswith("part ")


def test_store_that_does_not_answer_is_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_DATABASE_URL", "postgresql://eaio@127.0.0.1:9/eaio")
    code, parts = _parts(run)
    assert code == 1
    assert parts["data"]["state"] == "broken"
    assert "does not answer" in parts["data"]["where"]
