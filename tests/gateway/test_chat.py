"""`eaio chat`: one conversation, ended by a word or by the end of input."""

import asyncio
import os
import signal
import subprocess
import threading
import time

import pytest

from benchmarks.answers.check import NO_MODEL
from config.settings import Settings
from gateway.chat import next_typed
from gateway.loop_thread import LoopThread
from graphs.runtime import open_runtime
from tests.gateway.conftest import EAIO, Run
from tests.gateway.test_ask import in_terminal, read_terminal
from tests.graphs.test_threads import cut


@pytest.mark.usefixtures("served")
def test_question_may_refer_to_the_one_before(process: Run) -> None:
    done = process("chat", stdin="How much electricity did b4 use in 2019?\n\nand in 2018?\n")
    assert done.code == 0
    headlines = [line for line in done.out.splitlines() if line.startswith("b4 used")]
    assert headlines[0] == "b4 used 132,010 kWh of electricity in 2019."
    assert headlines[1].endswith("in 2018.")


@pytest.fixture
def no_model(environment: dict[str, str]) -> None:
    """Let the rules answer, without waiting for anything else."""
    nowhere = {"redis_url": "EAIO_REDIS_URL", "milvus_uri": "EAIO_MILVUS_URI"}
    environment["EAIO_PROFILE"] = NO_MODEL["profile"]
    environment.update({variable: NO_MODEL[name] for name, variable in nowhere.items()})


@pytest.mark.usefixtures("served", "no_model")
def test_chat_goes_on_in_another_process_and_says_what_was_said_last(process: Run) -> None:
    process("chat", "--thread", "estates", stdin="How much electricity did b4 use in 2019?\n")
    done = process("chat", "--thread", "estates", stdin="and in 2018?\n")
    assert done.code == 0
    first, *rest = done.out.splitlines()
    assert first.startswith("Last asked, ")
    assert "How much electricity did b4 use in 2019? - b4 used 132,010 kWh of electricity in 2019." in first
    assert any(line.startswith("b4 used") and line.endswith("in 2018.") for line in rest)


@pytest.mark.usefixtures("served", "no_model")
def test_conversations_are_listed_and_forgotten(run: Run, process: Run) -> None:
    process("chat", "--thread", "to-forget", stdin="b36 electricity in 2019\n")
    listed = run("chat", "--list")
    assert listed.code == 0
    assert any(
        line.startswith("to-forget  20") and line.endswith("b36 electricity in 2019")
        for line in listed.out.splitlines()
    )
    assert "conversation to-forget is forgotten" in run("chat", "--forget", "to-forget").out
    assert "to-forget" not in run("chat", "--list").out
    again = run("chat", "--forget", "to-forget")
    assert (again.code, "eaio chat --list" in again.err) == (2, True)


@pytest.mark.usefixtures("served", "no_model")
def test_turn_that_was_cut_off_is_answered_when_the_chat_goes_on(process: Run, settings: Settings) -> None:
    asyncio.run(cut_off(settings, "cut"))
    done = process("chat", "--thread", "cut", stdin="and in 2018?\n")
    lines = done.out.splitlines()
    assert lines[0] == "The last question was cut off, and is answered now: b4 electricity in 2019"
    assert lines[1] == "b4 used 132,010 kWh of electricity in 2019."
    assert any(line.startswith("b4 used") and line.endswith("in 2018.") for line in lines[2:])


async def cut_off(settings: Settings, thread: str) -> None:
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await cut(runtime, "b4 electricity in 2019", after="classify", thread=thread)


@pytest.mark.parametrize("name", ["x" * 201, "a\tb"])
def test_name_that_no_conversation_can_have_is_refused(run: Run, name: str) -> None:
    done = run("chat", "--thread", name)
    assert (done.code, "names no conversation" in done.err) == (2, True)


@pytest.mark.usefixtures("served")
def test_chat_in_a_terminal_says_how_to_go_on(environment: dict[str, str]) -> None:
    done = in_terminal(["chat", "--thread", "door"], environment, typed=b"/quit\n")
    assert "`eaio chat --thread door` goes on from here" in done.out
    assert "Conversation door is new." in done.out


@pytest.mark.usefixtures("served")
def test_word_quit_ends_a_chat_in_a_terminal(environment: dict[str, str]) -> None:
    done = in_terminal(["chat"], environment, typed=b"b4 electricity in 2019\n/quit\n")
    assert done.code == 0
    assert "/quit or Ctrl-D ends" in done.out
    assert "b4 used 132,010 kWh" in done.out


def test_ctrl_c_at_the_prompt_gives_an_empty_line_and_the_end_of_input_none(monkeypatch: pytest.MonkeyPatch) -> None:
    typed: list[BaseException | str] = [KeyboardInterrupt(), "  b4 in 2019 ", EOFError()]

    def next_line(_prompt: str) -> str:
        line = typed.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", next_line)
    assert [next_typed(typed=True) for _ in range(3)] == ["", "b4 in 2019", None]


@pytest.mark.usefixtures("served")
def test_ctrl_c_stops_an_answer_and_not_the_chat(environment: dict[str, str]) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen([*EAIO, "chat"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, b"which building used the most electricity in 2018?\n")
        shown = _until(ours, b"had the highest")
        process.send_signal(signal.SIGINT)
        shown += _until(ours, b"eaio> ")
        os.write(ours, b"/quit\n")
        shown += _until(ours, b"\0")
    os.close(ours)
    assert process.returncode == 0
    assert b"(stopped)" in shown


def _until(descriptor: int, end: bytes) -> bytes:
    """Return what a terminal shows up to and with `end`, or up to its last word."""
    shown = b""
    while end not in shown and (piece := read_terminal(descriptor)):
        shown += piece
    return shown


def test_loop_works_on_while_nobody_waits_for_it() -> None:
    with LoopThread() as loop:
        ticks: list[int] = []

        async def begin() -> asyncio.Task[None]:
            async def tick() -> None:
                for n in range(3):
                    ticks.append(n)
                    await asyncio.sleep(0.01)

            return asyncio.create_task(tick())

        async def over(task: asyncio.Task[None]) -> None:
            await task

        task = loop.run(begin())
        time.sleep(0.1)
        assert ticks == [0, 1, 2]
        loop.run(over(task))


def test_ctrl_c_cancels_what_is_asked_and_waits_until_it_has_cleaned_up() -> None:
    cleaned = threading.Event()

    async def ask() -> None:
        try:
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.05)
            cleaned.set()

    async def again() -> str:
        return "still there"

    with LoopThread() as loop:
        with pytest.raises(KeyboardInterrupt):
            loop.run(ask())
        assert cleaned.is_set()
        assert loop.run(again()) == "still there"
