"""`eaio doctor`: what is there, what is not, and the one command that mends it."""

import asyncio
from argparse import Namespace
from dataclasses import asdict

from gateway.checkup import Finding, checkup
from gateway.exits import ANSWERED, FAULT
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.screen import PlainScreen, Screen, open_screen

LEGEND = "stopped: starts by itself when it is needed; absent: `eaio ask` does without it"


def examine(options: Namespace) -> int:
    """Print every finding; return 0 where nothing is missing that `eaio ask` needs, else 1."""
    found = asyncio.run(checkup())
    stopping = [finding for finding in found if finding.stops]
    if options.json:
        parts = [asdict(finding) for finding in found]
        write_json(options, {"status": "error" if stopping else "answered", "ok": not stopping, "parts": parts})
    else:
        _print(_screen(), found, stopping)
    return FAULT if stopping else ANSWERED


def _print(screen: Screen, found: list[Finding], stopping: list[Finding]) -> None:
    rows = [(f.part, f.state.upper() if f.stops else f.state, f.version, f.where, f.mend) for f in found]
    screen.grid(
        Grid(("part", "state", "version", "where", "to mend it"), rows, wide=frozenset({"where", "to mend it"}))
    )
    screen.say()
    screen.say(LEGEND, "dim")
    if stopping:
        names = ", ".join(finding.part for finding in stopping)
        screen.say(f"`eaio ask` cannot answer before this is mended: {names}.", "bold red")
    else:
        screen.say("Nothing is missing that `eaio ask` needs.", "green")


def _screen() -> Screen:
    """Return the screen; a plain one where the package that draws is among what is missing."""
    import sys

    try:
        return open_screen()
    except ImportError:
        return PlainScreen(sys.stdout)
