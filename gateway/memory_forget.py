"""`eaio memory forget`: have something forgotten in every store that has it, and say what that was."""

import asyncio
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage, NotKnown
from gateway.exits import ANSWERED, FAULT
from gateway.json_out import write_json
from gateway.memory_command import KINDS
from gateway.memory_shown import building_of, counted, opened_memory, show
from gateway.screen import Screen, notice, open_screen

if TYPE_CHECKING:
    from graphs.remembered import Gone


def forget_memory(options: Namespace) -> int:
    """Forget what is named; return 0, 3 where nothing was there, 1 where something could not be forgotten."""
    _check(options)
    gone = asyncio.run(_forgotten(options))
    if options.ids and not gone.remembered and not gone.left:
        raise NotKnown(f"nothing is remembered under {', '.join(options.ids)}; `eaio memory list` shows the ids")
    if options.json:
        write_json(options, {"forgotten": asdict(gone)})
    else:
        _tell(open_screen(), gone, options)
    for fault in gone.left:
        notice(f"not forgotten: {fault}")
    return FAULT if gone.left else ANSWERED


def _check(options: Namespace) -> None:
    """Raise `BadUsage` where it is not clear what is to be forgotten."""
    ways = [bool(options.ids), bool(options.building), options.all]
    if sum(ways) != 1:
        raise BadUsage("say what to forget, in one way: ids as `eaio memory list` shows them, --building ID, or --all")
    if options.ids and (options.kind or options.ledger):
        raise BadUsage("an id names one thing already; --kind and --ledger go with --building or --all")
    if options.kind and options.ledger:
        raise BadUsage("--ledger forgets with everything else; leave --kind out")


async def _forgotten(options: Namespace) -> "Gone":
    async with opened_memory(options) as memory:
        if options.ids:
            return await memory.forget(options.ids)
        kinds: Any = (options.kind,) if options.kind else KINDS
        building = await building_of(memory, options.building)
        gone = await memory.forget_all(kinds, building, ledger=options.ledger)
        nothing = not (gone.remembered or gone.conversations or gone.runs or gone.left)
        if building is not None and nothing and building not in (await memory.inventory()).buildings:
            raise NotKnown(
                f"there is no building {building!r}, and nothing is remembered of it; `eaio data list` helps"
            )
        return gone


def _tell(screen: Screen, gone: "Gone", options: Namespace) -> None:
    if gone.remembered:
        show(screen, gone.remembered, "forgotten")
    elif not options.ids:
        screen.say("Nothing was remembered that fits.")
    for line in [*gone.effects, *_elsewhere(gone)]:
        screen.say(line)


def _elsewhere(gone: "Gone") -> Sequence[str]:
    """Return what went in the other stores, and what stays on purpose."""
    said = []
    if gone.conversations:
        said.append(f"{counted(gone.conversations, 'conversation')} forgotten.")
    if gone.answers:
        said.append(f"{counted(gone.answers, 'kept answer')} forgotten.")
    if gone.shapes:
        said.append(f"The load shapes of {', '.join(gone.shapes)} are forgotten; new readings make them anew.")
    if gone.runs:
        said.append(f"{counted(gone.runs, 'question')} out of the ledger of runs, with receipts and facts.")
    if gone.runs_kept:
        said.append(
            f"{counted(gone.runs_kept, 'question')} still in the ledger of runs, the record of what was asked and"
            " answered; --ledger takes them out too."
        )
    return said
