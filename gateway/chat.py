"""`eaio chat`: question after question in one conversation, so that one may refer to the one before."""

import sys
import uuid
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

from gateway.exits import ANSWERED
from gateway.loop_thread import LoopThread
from gateway.opened import log_beside, settings_of
from gateway.progress import Waiting, waiting

if TYPE_CHECKING:
    from config.settings import Settings
    from graphs.runtime import Runtime

PROMPT = "eaio> "
QUIT = ("/quit", "/exit", "/q")
HELLO = "Ask about your buildings; a question may refer to the one before. /quit or Ctrl-D ends."


def chat(options: Namespace) -> int:
    """Answer lines until /quit or the end of input. Ctrl-C ends an answer that is being written, not the chat."""
    settings = settings_of(options)
    log_beside(settings)
    thread = options.thread or uuid.uuid4().hex
    with LoopThread() as loop, waiting("waking up") as shown:
        stack = AsyncExitStack()
        try:
            runtime = loop.run(_open(stack, settings, shown))
            shown.stop()
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


def _converse(loop: LoopThread, runtime: "Runtime", thread: str, shown: Waiting) -> None:
    from gateway.ask import show_events

    typed = sys.stdin.isatty()
    if typed:
        import readline  # noqa: F401  gives input() its line editing and history

        print(HELLO)
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
