"""`eaio ask --each`: a file of questions, one a line; each answer is written as soon as it is there."""

import asyncio
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT, NO_DATA, OF_STATUS, REFUSED
from gateway.json_out import json_text
from gateway.lines import lines
from gateway.opened import log_beside, settings_of
from gateway.progress import Waiting, waiting
from gateway.quick_start import importing_much
from gateway.screen import Screen, notice, open_screen

if TYPE_CHECKING:
    from config.settings import Settings

WORST_FIRST = (FAULT, REFUSED, NO_DATA, ANSWERED)


def ask_each(options: Namespace) -> int:
    """Answer every line; return the exit code of the worst: a fault, what was refused, what has no data."""
    if options.words or options.chart or options.no_stream:
        raise BadUsage("--each takes its questions from the file; leave out the question, --chart and --no-stream")
    if options.at_once < 1:
        raise BadUsage(f"--at-once {options.at_once}: at least 1 question is asked at a time")
    settings = settings_of(options)
    log_beside(settings)
    told: Counter[str] = Counter()
    with _opened(options.each) as file, waiting("waking up") as shown:
        with importing_much():
            import graphs.runtime  # noqa: F401  as for one question
        try:
            asyncio.run(_answer(options, settings, file, shown, told))
        finally:
            if told:
                notice(_in_short(told))
    if not told:
        notice(f"{'stdin' if options.each == '-' else options.each} has no question")
    return next(code for code in WORST_FIRST if code == ANSWERED or any(OF_STATUS[s] == code for s in told))


async def _answer(options: Namespace, settings: "Settings", file: int, shown: Waiting, told: Counter[str]) -> None:
    from graphs.many import ask_many
    from graphs.runtime import open_runtime

    screen = open_screen()
    async with open_runtime(settings, progress=shown.load) as runtime, aclosing(lines(file)) as questions:
        await runtime.parts.readings.inventory()
        async with aclosing(ask_many(runtime, questions, at_once=options.at_once)) as answers:
            async for answer in answers:
                shown.stop()
                _write(options, screen, answer)
                told[answer["status"]] += 1


def _write(options: Namespace, screen: Screen, answer: dict[str, Any]) -> None:
    """Write one answer: a line of JSON, or its question with its words."""
    if options.json:
        options.written = True  # by lines; what ends the command adds no object to them
        sys.stdout.write(json_text(answer, ascii_only=True) + "\n")
        sys.stdout.flush()
        return
    screen.say(f"{answer['number']}. {answer['question']}", "bold")
    screen.say(f"the same as {answer['same_as']}" if "same_as" in answer else answer["answer"])
    screen.say()


def _in_short(told: Counter[str]) -> str:
    words = {"no_data": "without data", "clarify": "unclear", "error": "broken"}
    return f"{told.total()} question{'s' if told.total() > 1 else ''}: " + ", ".join(
        f"{n} {words.get(s, s)}" for s, n in told.most_common()
    )


@contextmanager
def _opened(name: str) -> Iterator[int]:
    """Open a file of questions, and give its number. Raises `BadUsage` where there is none."""
    if name == "-":
        yield sys.stdin.fileno()
        return
    try:
        file = Path(name).open("rb", buffering=0)  # noqa: SIM115 - closed below
    except OSError as fault:
        raise BadUsage(f"--each {name}: {fault.strerror}; give a file with one question a line, or -") from fault
    with file:
        yield file.fileno()
