"""`eaio chat`: question after question in one conversation, so that one may refer to the one before.

A conversation outlives its process: `--thread` goes on with one, and finishes the turn that a process died in.
"""

import sys
import uuid
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any

from gateway.chat_kept import forget, list_kept
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.loop_thread import LoopThread
from gateway.opened import log_beside, settings_of
from gateway.progress import Waiting, waiting
from gateway.safe_text import printable, shortened
from gateway.screen import notice

if TYPE_CHECKING:
    from config.settings import Settings
    from graphs.runtime import Runtime

PROMPT = "eaio> "
SHOWN_CHARS = 160
QUIT = ("/quit", "/exit", "/q")
HELLO = (
    "Ask about your buildings; a question may refer to the one before, and 'leave it out' answers without a word that "
    "was not understood. /quit or Ctrl-D ends."
)


def chat(options: Namespace) -> int:
    """Answer lines until /quit or the end of input. Ctrl-C ends an answer that is being written, not the chat."""
    if options.list:
        return list_kept(options)
    if options.forget:
        return forget(options)
    settings = settings_of(options)
    log_beside(settings)
    thread = _named(options.thread) if options.thread else uuid.uuid4().hex[:12]
    with LoopThread() as loop, waiting("waking up") as shown:
        stack = AsyncExitStack()
        try:
            runtime = loop.run(_open(stack, settings, shown))
            shown.stop()
            loop.run(_go_on(runtime, thread, new=not options.thread))
            _converse(loop, runtime, thread, shown)
        finally:
            loop.run(stack.aclose())
    return ANSWERED


async def _open(stack: AsyncExitStack, settings: "Settings", shown: Waiting) -> "Runtime":
    """Open the runtime, and what it would otherwise open during the first question."""
    from graphs.runtime import open_runtime
    from tools.errors import DataUnavailable

    runtime = await stack.enter_async_context(open_runtime(settings, progress=shown.load))
    with suppress(DataUnavailable):  # the first question says what is wrong, and tries again
        await runtime.parts.readings.inventory()
    runtime.warm()
    return runtime


def _named(thread: str) -> str:
    from graphs.threads import fault_of_name

    if fault := fault_of_name(thread):
        raise BadUsage(fault)
    return thread


async def _go_on(runtime: "Runtime", thread: str, *, new: bool) -> None:
    """Finish what was cut off in a conversation, say what was said last, and who else is in it."""
    alone = await runtime.threads.open(thread)
    if new:
        return
    if not alone:
        notice(f"another process has conversation {thread} open too; what is asked there counts here")
    from graphs.threads import Busy

    try:
        events = await runtime.resume(thread)
    except Busy as why:
        notice(str(why))
        return
    if events:
        await _show_finished(runtime, events)
    elif last := await runtime.threads.last(thread):
        print(f"Last asked, {last.at:%Y-%m-%d %H:%M} UTC: {one_line(last.question)} - {one_line(last.answer)}")
    else:
        print(f"Conversation {one_line(thread)} is new.")
    if note := runtime.threads.note(thread):
        notice(note)


async def _show_finished(runtime: "Runtime", events: list[dict[str, Any]]) -> None:
    """Show the turn that was cut off, as if it were answered now."""
    from gateway.answer_view import AnswerView
    from gateway.ask import names_known
    from gateway.screen import open_screen

    print(f"The last question was cut off, and is answered now: {one_line(events[0]['question'])}")
    view = AnswerView(open_screen(), await names_known(runtime))
    for event in events[1:]:
        view.show(event)
    print()


def one_line(text: str) -> str:
    """Return a text that can be printed, on one line that is not long."""
    return shortened(printable(text), SHOWN_CHARS)


def _converse(loop: LoopThread, runtime: "Runtime", thread: str, shown: Waiting) -> None:
    from gateway.ask import show_events

    typed, told = sys.stdin.isatty(), runtime.threads.note(thread)
    if typed:
        import readline  # noqa: F401  gives input() its line editing and history

        print(f"{HELLO} `eaio chat --thread {thread}` goes on from here.")
    while (line := next_typed(typed=typed)) is not None:
        if line in QUIT:
            return
        if not line:
            continue
        try:
            loop.run(show_events(runtime, runtime.stream(line, thread_id=thread), shown))
        except KeyboardInterrupt:
            if not typed:
                raise
            print("\n(stopped)")
        if (note := runtime.threads.note(thread)) != told:
            told = note
            notice(note or "conversation: it is kept in PostgreSQL again")
        print()


def next_typed(*, typed: bool) -> str | None:
    """Return the next line without its end, None when there is none; Ctrl-C at the prompt gives an empty one."""
    try:
        line = input(PROMPT) if typed else sys.stdin.readline()
    except EOFError:
        print()
        return None
    except KeyboardInterrupt:
        print()
        return ""
    return line.strip() if line or typed else None
