"""LangGraph Studio draws the advisor and runs it, from a clone, without the internet."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.probe import free_port

ROOT = Path(__file__).resolve().parents[2]
NODES = {
    "classify",
    "route",
    "retrieve_context",
    "privacy_gate",
    "generate_local",
    "generate_cloud",
    "verify",
    "fallback",
    "report_evidence",
    "recall_answer",
    "tell_page",
    "take_note",
    "remember",
}
START_S, ANSWER_S = 60.0, 60.0


@pytest.fixture(scope="module")
def studio(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve the graph as `make studio` does, and give a client of its API."""
    folder = tmp_path_factory.mktemp("studio")  # the server keeps its threads in the folder where it is started
    words = ["dev", "--config", str(ROOT / "langgraph.json"), "--host", "127.0.0.1", "--port", str(free_port())]
    ours = {"EAIO_HOME": str(home), "EAIO_PROFILE": "embedded", "LANGGRAPH_CLI_NO_ANALYTICS": "1", "NO_COLOR": "1"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "langgraph_cli", *words, "--no-browser", "--no-reload"],
            cwd=folder,
            env=os.environ | ours,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        with httpx.Client(base_url=address(server, folder / "log"), timeout=ANSWER_S) as client:
            yield client
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Return where the server answers, as soon as it does; fail with its log where it ends or is too slow.

    The log says where: the server takes another port where the given one was taken meanwhile.
    """
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        if found := re.search(r"API: \S*?(http://127\.0\.0\.1:\d+)", log.read_text(errors="replace")):
            try:
                if httpx.get(f"{found[1]}/ok").is_success:
                    return found[1]
            except httpx.TransportError:
                pass
        time.sleep(0.05)
    pytest.fail(f"langgraph dev did not answer:\n{log.read_text(errors='replace')[-4000:]}")


def run(studio: httpx.Client, question: str) -> dict[str, Any]:
    """Run a question to its end; give the state that the server returns."""
    answer = studio.post("/runs/wait", json={"assistant_id": "advisor", "input": {"question": question}})
    state: dict[str, Any] = answer.raise_for_status().json()
    assert "__error__" not in state, state
    return state


def test_graph_is_drawn_with_all_nodes_by_name(studio: httpx.Client) -> None:
    (assistant,) = studio.post("/assistants/search", json={"graph_id": "advisor"}).raise_for_status().json()
    drawn = studio.get(f"/assistants/{assistant['assistant_id']}/graph").raise_for_status().json()
    assert {node["id"] for node in drawn["nodes"]} == {"__start__", *NODES, "__end__"}


@pytest.fixture(scope="module")
def first(studio: httpx.Client) -> dict[str, Any]:
    """Give the state after the first question that the server is asked."""
    return run(studio, "How much electricity did b4 use in March 2019?")


def test_question_is_answered_with_its_evidence(first: dict[str, Any]) -> None:
    fact = first["evidence"][0]
    assert fact["value"] == pytest.approx(11_501.7)  # summed from the source file
    assert (fact["unit"], fact["buildings"], first["problem"]) == ("kWh", ["b4"], None)
    assert "11,502 kWh" in first["headline"]
    assert first["analysis"]


def test_next_run_finds_the_runtime_open(studio: httpx.Client, first: dict[str, Any]) -> None:
    second = run(studio, "How much electricity did b8 use in March 2019?")
    # The first run opens the runtime in its first node: servers are started or asked, tables and data checked.
    assert second["timings_ms"]["classify"] < first["timings_ms"]["classify"] / 2
