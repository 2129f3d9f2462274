"""`eaio models`: what there is, whether it answers, what is in memory, and how to get more."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.gateway.conftest import Run
from tests.wire.ollama_host import FakeOllamaHost

MODELS = ("llama3.2:3b", "qwen2.5:7b")
Host = Callable[..., FakeOllamaHost]


@contextmanager
def serving(fake: FakeOllamaHost) -> Iterator[FakeOllamaHost]:
    """Run a fake host in a thread: a command has an event loop of its own."""
    ready, ended = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with fake:
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(5)
    try:
        yield fake
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Host]:
    """Serve a fake host, which commands then use."""
    opened = []

    def make(**more: Any) -> FakeOllamaHost:
        served = serving(FakeOllamaHost(**more))
        fake = served.__enter__()
        opened.append(served)
        monkeypatch.setenv("OLLAMA_HOST", fake.host)
        monkeypatch.setenv("EAIO_PROFILE", "local")
        return fake

    yield make
    for served in opened:
        served.__exit__(None, None, None)


def of(said: dict[str, Any], model: str, role: str = "analyst") -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in said["endpoints"] if (e["model"], e["role"]) == (model, role))
    return found


def test_list_shows_each_role_with_what_is_there_of_it(run: Run, host: Host) -> None:
    host()
    done = run("models", "list", "--json")
    assert done.code == 0
    one = of(done.json(), "qwen2.5:7b")
    assert (one["place"], one["present"], one["in_use"]) == ("ollama", True, True)
    assert (one["size_bytes"], one["quantisation"], one["context_tokens"]) == (98363022, "Q4_1", 4096)
    assert of(done.json(), "smollm2:135m")["present"]
    shown = run("models", "list")
    assert "qwen2.5:7b" in shown.out
    assert "98 MB" in shown.out


def test_list_names_what_is_missing_and_the_command_that_fetches_it(run: Run, host: Host) -> None:
    host(models=("llama3.2:3b",))
    assert "ollama pull qwen2.5:7b" in run("models", "list").out
    assert not of(run("models", "list", "--json").json(), "qwen2.5:7b")["present"]


def test_list_shows_clouds_with_their_price_and_asks_none(
    run: Run, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host()
    monkeypatch.setenv("EAIO_ENVIRONMENT", "production")
    cloud = of(run("models", "list", "--json").json(), "gpt-4o")
    assert (cloud["place"], cloud["present"], cloud["in_use"], cloud["input_usd"]) == ("cloud", None, False, 2.5)
    assert "EAIO_CLOUD" in cloud["why"]
    assert "$2.5 in" in run("models", "list").out


def test_list_of_the_embedded_profile_asks_no_ollama(run: Run) -> None:
    said = run("models", "list", "--json").json()
    assert said["profile"] == "embedded"
    assert {one["place"] for one in said["endpoints"]} == {"embedded"}


def test_routing_file_that_does_not_hold_is_bad_input(run: Run, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "routing.yaml"
    file.write_text("version: 2\n")
    monkeypatch.setenv("EAIO_ROUTING", str(file))
    done = run("models", "list", "--json")
    assert (done.code, done.json()["status"]) == (2, "clarify")


def test_check_has_each_model_write_a_token_and_plans_memory(run: Run, host: Host) -> None:
    fake = host()
    done = run("models", "check", "--json")
    assert done.code == 0
    said = done.json()
    assert {part["part"]: part["state"] for part in said["parts"]} == {"Ollama": "ok"} | dict.fromkeys(
        MODELS, "healthy"
    )
    assert len(fake.tokens()) == 2
    assert [step["action"] for step in said["memory"][0]["steps"]] == ["load", "load"]
    assert "Every model that would be asked answers." in run("models", "check").out


@pytest.mark.slow
def test_check_finds_a_hung_model_and_says_what_to_do(run: Run, host: Host) -> None:
    host(loaded=["qwen2.5:7b"], hung=True)
    done = run("models", "check", "--timeout", "0.2", "--json")
    assert done.code == 1
    part = next(part for part in done.json()["parts"] if part["part"] == "qwen2.5:7b")
    assert (part["state"], part["fails"]) == ("hung", True)
    assert "systemctl restart ollama" in part["mend"]
    assert part["took_s"] < 5


@pytest.mark.parametrize(
    ("more", "state", "mend"),
    [
        ({"models": ("llama3.2:3b",)}, "missing", "eaio models pull qwen2.5:7b"),
        ({"version": "0.4.7"}, "outdated", "install a newer Ollama"),
        ({"failing": [(500, b'{"error":"no room"}')]}, "failing", "restart Ollama"),
    ],
)
def test_check_names_the_remedy_and_fails(run: Run, host: Host, more: dict[str, Any], state: str, mend: str) -> None:
    host(**more)
    done = run("models", "check", "--json")
    assert done.code == 1
    found = [part for part in done.json()["parts"] if part["state"] == state]
    assert mend in found[0]["mend"]
    assert run("models", "check", "--json").out


def test_check_says_where_nothing_listens(run: Run, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host()
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    done = run("models", "check")
    assert done.code == 1
    assert "ollama serve" in done.out
    assert "Does not answer: Ollama" in done.out


def test_check_names_a_model_that_no_room_can_be_made_for(
    run: Run, host: Host, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.routing.file import SHIPPED

    fake = host()
    small = tmp_path / "routing.yaml"
    small.write_text(SHIPPED.read_text().replace("memory_gib: 12", "memory_gib: 0.1"))
    monkeypatch.setenv("EAIO_ROUTING", str(small))
    done = run("models", "check", "--json")
    assert done.code == 1
    assert {part["state"] for part in done.json()["parts"]} == {"ok", "too big"}
    assert done.json()["memory"][0]["budget_bytes"] == int(0.1 * (1 << 30))
    assert fake.tokens() == []


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_check_with_no_time_is_bad_input(run: Run, seconds: str) -> None:
    assert run("models", "check", "--timeout", seconds).code == 2


def test_ps_shows_what_is_in_memory_against_the_budget(run: Run, host: Host) -> None:
    host(loaded=["qwen2.5:7b"])
    said = run("models", "ps", "--json").json()
    (found,) = said["hosts"]
    assert (found["held_bytes"], found["budget_bytes"]) == (190948608, 12 << 30)
    assert found["models"][0]["model"] == "qwen2.5:7b"
    assert found["models"][0]["expires_at"] == "2026-01-01T00:00:00Z"
    assert "0.18 of 12 GiB" in run("models", "ps").out


def test_ps_fails_where_the_host_does_not_say(run: Run, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host()
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    done = run("models", "ps", "--json")
    assert (done.code, done.json()["hosts"][0]["held_bytes"]) == (1, None)
    assert "nothing listens there" in done.err


def test_ps_of_the_embedded_profile_has_no_host(run: Run) -> None:
    assert "eaio status" in run("models", "ps").out


def test_pull_fetches_a_model_and_shows_how_far_it_is(run: Run, host: Host) -> None:
    layer = {"status": "pulling c1", "digest": "c1", "total": 2_000_000_000, "completed": 1_000_000_000}
    fake = host(pulls=["pulling manifest", layer, "success"])
    done = run("models", "pull", "gemma2:2b")
    assert done.code == 0
    assert "gemma2:2b is at" in done.out
    assert "1,000 of 2,000 (50 %)" in done.err
    assert "gemma2:2b" in fake.models


def test_pull_of_all_fetches_what_the_roles_lack(run: Run, host: Host) -> None:
    fake = host(models=("llama3.2:3b",))
    done = run("models", "pull", "--all", "--json")
    assert [one["model"] for one in done.json()["pulled"]] == ["qwen2.5:7b"]
    assert "qwen2.5:7b" in fake.models
    assert "is there" in run("models", "pull", "--all").out


def test_pull_that_fails_says_why_and_fails(run: Run, host: Host) -> None:
    host(pulls=[{"error": "pull model manifest: file does not exist"}])
    done = run("models", "pull", "nomodel:1b", "--json")
    assert (done.code, done.json()["status"]) == (1, "error")
    assert "check its name and tag" in done.json()["reason"]


@pytest.mark.parametrize("words", [("gpt-oss:120b-cloud",), (), ("a", "--all"), ("--all",)])
def test_pull_of_nothing_that_may_be_fetched_is_bad_input(run: Run, words: tuple[str, ...]) -> None:
    assert run("models", "pull", *words).code == 2


@pytest.mark.slow
def test_check_of_the_embedded_profile_asks_the_embedded_model(run: Run) -> None:
    said = run("models", "check", "--json").json()
    assert [(part["part"], part["state"]) for part in said["parts"]] == [("smollm2:135m", "healthy")]
