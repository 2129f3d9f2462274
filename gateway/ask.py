"""`eaio ask`: one question, one answer."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage
from gateway.exits import OF_STATUS
from gateway.json_out import write_json
from gateway.opened import log_beside, settings_of
from gateway.progress import Waiting, waiting
from gateway.quick_start import importing_much
from gateway.screen import notice, open_screen

if TYPE_CHECKING:
    from config.settings import Settings
    from graphs.runtime import Runtime
    from tools.readings import Inventory

MOST_BYTES = 1_000_000
Events = AsyncIterator[dict[str, Any]]


def ask(options: Namespace) -> int:
    """Answer the question of the command line or of stdin; return the exit code of its status."""
    if options.each is not None:
        from gateway.ask_each import ask_each

        return ask_each(options)
    options.question = question_of(options.words)
    chart = chart_file(options.chart)
    settings = settings_of(options)
    log_beside(settings)
    with waiting("waking up") as shown:
        with importing_much():
            import graphs.runtime  # noqa: F401  most of the time to the headline, and here Ctrl-C ends it at once
        answer = asyncio.run(_answer(options, settings, shown, chart))
    return OF_STATUS[answer["status"]]


def question_of(words: list[str]) -> str:
    """Return the words as one question, or what stdin has. Raises `BadUsage` where nobody gave any."""
    if words and words != ["-"]:
        return " ".join(words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if not words and sys.stdin.isatty():
        raise BadUsage('no question was given; type one: eaio ask "How much electricity did b4 use in 2019?"')
    return sys.stdin.buffer.read(MOST_BYTES).decode("utf-8", "replace").strip()


def chart_file(name: str | None) -> Path | None:
    """Return where the charts go. Raises `BadUsage` before anything is asked where they cannot be written."""
    if name is None:
        return None
    from gateway.charts.files import chart_path

    return chart_path(name)


async def _answer(options: Namespace, settings: "Settings", shown: Waiting, chart: Path | None) -> dict[str, Any]:
    from graphs.runtime import open_runtime

    async with open_runtime(settings, progress=shown.load) as runtime:
        await runtime.parts.readings.inventory()  # a first start loads the data: no part of the answer's time
        events = runtime.stream(options.question)
        if options.json:
            return await _as_object(options, events, shown, chart)
        if options.no_stream:
            events = _held_back(events)
        return await show_events(runtime, events, shown, chart)


async def _as_object(options: Namespace, events: Events, shown: Waiting, chart: Path | None) -> dict[str, Any]:
    """Write the answer as one object when it is there."""
    answer: dict[str, Any] = {}
    charts: list[dict[str, Any]] = []
    async for event in events:
        charts = event["charts"] if event["event"] == "facts" else charts
        if event["event"] == "answer":
            answer = event["answer"]
            shown.stop()
            write_json(options, answer)
    write_chart(chart, charts, answer)
    return answer


async def show_events(runtime: "Runtime", events: Events, shown: Waiting, chart: Path | None = None) -> dict[str, Any]:
    """Show events on stdout as they come; return the answer."""
    from gateway.answer_view import AnswerView

    screen, view = open_screen(), None
    answer: dict[str, Any] = {}
    charts: list[dict[str, Any]] = []
    try:
        async for event in events:
            shown.stop()
            view = view or AnswerView(screen, await names_known(runtime))
            view.show(event)
            charts = event["charts"] if event["event"] == "facts" else charts
            answer = event["answer"] if event["event"] == "answer" else answer
    finally:
        screen.busy()
    write_chart(chart, charts, answer)
    return answer


async def _held_back(events: Events) -> Events:
    """Yield the events when all of them are there."""
    for event in [event async for event in events]:
        yield event


async def names_known(runtime: "Runtime") -> "Inventory":
    """Return the names known now; none where the store has just gone, and ids are shown instead."""
    from tools.errors import DataUnavailable
    from tools.readings import Inventory

    try:
        return await runtime.parts.readings.inventory()
    except DataUnavailable:
        return Inventory(data_version=0)


def write_chart(path: Path | None, charts: list[dict[str, Any]], answer: dict[str, Any]) -> None:
    """Draw the charts of an answer into the file that was asked for; say so, or why there is none."""
    if path is None:
        return
    if not charts or answer.get("status") != "answered":
        notice(f"{path} is not written: this answer has no chart; ask by month, hour, day or building")
        return
    from gateway.charts import chart_of_event, write_charts

    left = len(charts) - write_charts([chart_of_event(c) for c in charts], answer, path)
    notice(f"the chart is in {path}" + (f"; a name that ends in .html takes {left} more" if left else ""))
