"""All services at once: one that fails stops none of the others."""

import asyncio
import subprocess
import sys

import pytest

from config.settings import Settings
from services import Running, ServiceMissing, fleet, start_all, status_all, stop_all
from services.wheel import file_of, require

NAMES = ["postgres", "valkey", "milvus", "embedded_model"]


async def test_nothing_runs_in_an_empty_home(settings: Settings) -> None:
    found = await status_all(settings)
    assert [(one.name, one.state, bool(one.version)) for one in found] == [(name, "stopped", True) for name in NAMES]


async def test_service_that_a_setting_replaces_is_shown_without_its_password(settings: Settings) -> None:
    given = settings.model_copy(update={"database_url": "postgresql://me:secret@db.example:5432/eaio"})
    assert "postgres" not in [service.name for service in fleet(given)]
    external = (await status_all(given))[0]
    assert (external.name, external.state, external.address) == ("postgres", "external", "db.example:5432")


async def test_missing_wheel_is_one_outcome_and_the_others_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.milvus.require", lambda *_: require("milvus", "milvus-lite", "no_such_package"))
    monkeypatch.setattr("services.milvus.DISTRIBUTION", "no-such-wheel")
    seen: list[tuple[str, bool]] = []
    outcomes = await start_all(
        settings, lambda name, outcome: seen.append((name, outcome is None)), {"valkey", "milvus"}
    )
    assert isinstance(outcomes["valkey"], Running)
    assert isinstance(outcomes["milvus"], ServiceMissing)
    assert "pip install milvus-lite" in str(outcomes["milvus"])
    assert sorted(seen) == [("milvus", False), ("milvus", True), ("valkey", False), ("valkey", True)]
    assert [one.state for one in await status_all(settings)] == ["stopped", "running", "missing", "stopped"]
    stopped: dict[str, bool] = {}
    assert await stop_all(settings, stopped.__setitem__) == stopped
    assert [name for name, ran in stopped.items() if ran] == ["valkey"]


def test_package_without_the_file_counts_as_missing() -> None:
    with pytest.raises(ServiceMissing, match="run `pip install x --no-deps`"):
        file_of("x", "x", "json", "no-such-file", remedy="pip install x --no-deps")


async def test_importing_the_services_loads_no_client() -> None:
    code = "import sys, services; print({'psycopg', 'redis', 'pymilvus', 'grpc', 'xllamacpp'} & set(sys.modules))"
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
