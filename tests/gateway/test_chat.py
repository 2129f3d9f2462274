"""`eaio chat`: one conversation, ended by a word or by the end of input."""

import asyncio
import os
import signal
import subprocess
import threading
import time

import pytest

from gateway.chat import next_typed
from gateway.loop_thread import LoopThread
from tests.gateway.conftest import EAIO, Run
from tests.gateway.test_ask import in_terminal, read_terminal


@pytest.mark.usefixtures("served")
def test_question_may_refer_to_the_one_before(process: Run) -> None:
    done = process("chat", stdin="How much electricity did b4 use in 2019?\n\nand in 2018?\n")
    assert done.code == 0
    headlines = [line for line in done.out.splitlines() if line.startswith("b4 used")]
    assert headlines[0] == "b4 used 132,010 kWh of electricity in 2019."
    assert headlines[1].endswith("in 2018.")


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
