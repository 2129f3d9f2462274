"""`eaio data event`: write down what happened to a building, or take it back."""

import asyncio
from argparse import Namespace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gateway.building import id_of
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from tools.readings import Event


def event(options: Namespace) -> int:
    """Add or remove an event; print it."""
    given = [options.building, options.kind, options.day]
    if options.remove is None and not all(given):
        raise BadUsage("say what happened: BUILDING KIND DAY, such as b4 retrofit 2019-06-01")
    if options.remove is not None and any(given):
        raise BadUsage("--remove takes the number of an event and nothing else")
    done = asyncio.run(_done(options))
    until = f" to {done.end - timedelta(days=1)}" if done.end else ""
    what = f"event {done.id}: {done.kind} of {done.building} from {done.start}{until}"
    open_screen().say(f"{'Removed' if options.remove is not None else 'Kept'} {what}. {done.note}".strip())
    return ANSWERED


async def _done(options: Namespace) -> "Event":
    from memory.event import add_event, remove_event

    async with open_data(options) as data:
        pool = await data.pool()
        if options.remove is not None:
            return await remove_event(pool, options.remove)
        building = id_of(options.building, await data.inventory())
        first, last = _day(options.day), _day(options.until) if options.until else None
        return await add_event(pool, building, options.kind, first, last, note=options.note)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words.strip())
    except ValueError as why:
        raise BadUsage(f"{words!r} is no day; write it like 2019-06-01") from why
