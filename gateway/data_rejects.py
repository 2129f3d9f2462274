"""`eaio data rejects`: the rows that loads refused, and trying them again under another mapping."""

import asyncio
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from gateway.data_mapping import GIVEN, corrected, show_mapping
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from memory.columns import ColumnMapping
    from memory.rejects import KeptReject
    from memory.rejects_replay import Replayed

RAW_SHOWN = 200


def rejects(options: Namespace) -> int:
    """List refused rows, or with `replay LOAD` try those of a load again."""
    match options.words:
        case []:
            return _list(options)
        case ["replay", load] if load.isdecimal():
            return _replay(options, int(load))
        case ["replay", *_]:
            raise BadUsage("say the rejects of which load are tried again: eaio data rejects replay LOAD, a number")
        case [word, *_]:
            raise BadUsage(f"{word!r} is not understood; type eaio data rejects, or eaio data rejects replay LOAD")
    raise BadUsage("type eaio data rejects, or eaio data rejects replay LOAD")


def _list(options: Namespace) -> int:
    if given := [name for name in ("tz", *GIVEN) if getattr(options, name)]:
        raise BadUsage(f"--{given[0].replace('_', '-')} goes with replay LOAD, which tries rejects again")
    found, total = asyncio.run(_listed(options))
    if options.json:
        write_json(options, {"status": "answered", "total": total, "rejects": [asdict(reject) for reject in found]})
        return ANSWERED
    screen = open_screen()
    if not found:
        screen.say("No load refused a row.")
        return ANSWERED
    rows = [(str(r.load), r.file, f"{r.line:,}", r.reason, r.raw[:RAW_SHOWN]) for r in found]
    columns, wide = ("load", "file", "line", "why", "row"), frozenset({"file", "why", "row"})
    screen.grid(Grid(columns, rows, f"{total:,} refused rows and cells", frozenset({"load", "line"}), wide=wide))
    if total > len(found):
        screen.say(f"{total - len(found):,} more; --load N lists those of one load.", "dim")
    return ANSWERED


async def _listed(options: Namespace) -> tuple[list["KeptReject"], int]:
    from memory.rejects import list_rejects

    async with open_data(options) as data:
        return await list_rejects(await data.pool(), options.load)


def _replay(options: Namespace, load: int) -> int:
    mapping, done = asyncio.run(_replayed(options, load))
    if options.json:
        write_json(options, {"status": "answered", "load": load, **asdict(done)})
        return ANSWERED
    screen = open_screen()
    show_mapping(screen, f"the rejects of load {load}", mapping)
    screen.say(f"{done.loaded:,} of {done.tried:,} loaded now; hours written: {done.hours:,}", "bold")
    if done.left:
        rows = [(f"{count:,}", reason) for reason, count in done.left.items()]
        screen.grid(Grid(("still refused", "why"), rows, right=frozenset({"still refused"})))
        screen.say("A part of an hour, or a second reading for a moment, loads only with the whole file.", "dim")
    return ANSWERED


async def _replayed(options: Namespace, load: int) -> tuple["ColumnMapping", "Replayed"]:
    from memory.rejects import mapping_of_load
    from memory.rejects_replay import replay

    async with open_data(options) as data:
        pool = await data.pool()
        mapping = corrected(options, await mapping_of_load(pool, load))
        return mapping, await replay(pool, load, mapping)
