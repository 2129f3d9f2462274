"""`eaio data exclude`: leave readings out because a person says so, and take that back."""

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING

from gateway.building import id_of
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.local_span import moment, spelled
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from tools.readings import Exclusion, Inventory


def exclude(options: Namespace) -> int:
    """Exclude a span of a meter, or undo an exclusion; print what was done and how to take it back."""
    given = [options.meter, options.start, options.end, options.because]
    if options.undo is not None:
        if any(given):
            raise BadUsage("--undo takes the number of an exclusion and nothing else")
        done, zone = asyncio.run(_undo(options))
        open_screen().say(
            f"Counts again: {done.hours:,} hours of {done.meter} {spelled(done.start, done.end, zone)}, as they were."
        )
        return ANSWERED
    if not all(given):
        raise BadUsage('say which meter, from when, to when and why: METER FROM TO --because "..."')
    done, zone = asyncio.run(_exclude(options))
    open_screen().say(
        f"Left out: {done.hours:,} hours of {done.meter} {spelled(done.start, done.end, zone)}."
        f" Answers that touch them say so. `eaio data exclude --undo {done.id}` takes it back."
    )
    return ANSWERED


async def _exclude(options: Namespace) -> tuple["Exclusion", str]:
    from memory.exclusion import exclude

    async with open_data(options) as data:
        inventory = await data.inventory()
        meter = meter_of(options.meter, inventory)
        zone = zone_of(meter, inventory)
        start, end = moment(options.start, zone), moment(options.end, zone, ends=True)
        return await exclude(await data.pool(), meter, start, end, because=options.because), zone


async def _undo(options: Namespace) -> tuple["Exclusion", str]:
    from memory.exclusion import undo_exclusion

    async with open_data(options) as data:
        done = await undo_exclusion(await data.pool(), options.undo)
        return done, zone_of(done.meter, await data.inventory())


def meter_of(words: str, inventory: "Inventory") -> str:
    """Return the id of a meter, given as it is or as a building and a kind: 'b4/gas', 'south hall gas'.

    What is no meter is returned as it is. Raises `BadUsage` where a building has several meters of the kind.
    """
    name = " ".join(words.split())
    if name in inventory.meters:
        return name
    place, _, kind = name.replace("/", " ").rpartition(" ")
    found = [m.id for m in inventory.meters_of(id_of(place, inventory), kind.lower())]
    if len(found) > 1:
        raise BadUsage(f"{words} is several meters, one after the other: {', '.join(found)}; say which")
    return found[0] if found else name


def zone_of(meter: str, inventory: "Inventory") -> str:
    """Return the time zone of a meter's site; UTC for a meter that is not there, which is for the store to say."""
    known = inventory.meters.get(meter)
    return inventory.sites[known.site].timezone if known else "UTC"
