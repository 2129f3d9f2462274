"""`eaio memory list` and `eaio memory search`: what is remembered, as a person reads it."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gateway.building import id_of
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.grid import Grid, without_empty
from gateway.json_out import write_json
from gateway.memory_command import KINDS
from gateway.opened import settings_of
from gateway.progress import waiting
from gateway.safe_text import shortened
from gateway.screen import Screen, open_screen

if TYPE_CHECKING:
    from graphs.remembered import Remembered
    from graphs.whole_memory import WholeMemory

TEXT_CHARS = 90


def list_memory(options: Namespace) -> int:
    """Show what is remembered, the newest of each kind first; return 0."""
    found, conversations = asyncio.run(_listed(options))
    if options.json:
        write_json(options, {"remembered": [asdict(one) for one in found], "conversations": conversations})
        return ANSWERED
    screen = open_screen()
    show(screen, found, "what is remembered")
    if not options.building and not options.kind:
        screen.say(f"{counted(conversations, 'conversation')} kept; `eaio chat --list` shows them.")
    return ANSWERED


def search_memory(options: Namespace) -> int:
    """Show what is remembered about a subject, the nearest first; return 0."""
    if options.limit < 1:
        raise BadUsage(f"--limit {options.limit} shows nothing; give 1 or more")
    words = " ".join(options.words)
    found = asyncio.run(_searched(options, words))
    if options.json:
        write_json(options, {"words": words, "remembered": [asdict(one) for one in found]})
    else:
        show(open_screen(), found, f"what is remembered about {words!r}")
    return ANSWERED


@asynccontextmanager
async def opened_memory(options: Namespace) -> AsyncIterator["WholeMemory"]:
    """Open all that remembers. Raises `DataUnavailable` and `MemoryDown` with the remedy."""
    with waiting("opening the memory") as shown:
        from graphs.whole_memory import open_whole_memory

        async with open_whole_memory(settings_of(options), shown.load) as memory:
            yield memory


async def building_of(memory: "WholeMemory", words: str | None) -> str | None:
    """Return the id of the building that is called so; one that was deleted may be remembered under its id."""
    return None if words is None else id_of(words, await memory.inventory())


def show(screen: Screen, found: Sequence["Remembered"], title: str) -> None:
    """Show what is remembered as a table."""
    if not found:
        screen.say("Nothing is remembered that fits.")
        return
    columns = ("id", "kind", "what", "label", "from", "since", "until", "state")
    rows = [(one.id, one.kind, shortened(one.text, TEXT_CHARS), one.label, one.source, *_when(one)) for one in found]
    screen.grid(without_empty(Grid(columns, rows, title, wide=frozenset({"what"})), ("until", "state")))


def counted(number: int, what: str) -> str:
    """Return a number of things with its verb: '1 conversation is', '2 conversations are'."""
    return f"{number:,} {what} is" if number == 1 else f"{number:,} {what}s are"


def _when(one: "Remembered") -> tuple[str, str, str]:
    until = one.until.date() if isinstance(one.until, datetime) else one.until
    return (f"{one.at:%Y-%m-%d}", f"{until:%Y-%m-%d}" if until else "", one.state)


async def _listed(options: Namespace) -> "tuple[Sequence[Remembered], int]":
    async with opened_memory(options) as memory:
        kinds: Any = (options.kind,) if options.kind else KINDS
        building = await building_of(memory, options.building)
        return await memory.listed(kinds, building), await memory.conversations()


async def _searched(options: Namespace, words: str) -> "Sequence[Remembered]":
    async with opened_memory(options) as memory:
        return await memory.found(words, limit=options.limit)
