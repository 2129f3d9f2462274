"""`eaio route`: where a question would go, decided as for an answer, with no model asked and nothing kept."""

import asyncio
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from gateway.ask import question_of
from gateway.errors import BadUsage
from gateway.exits import OF_STATUS
from gateway.json_out import write_json
from gateway.opened import log_beside, settings_of
from gateway.progress import Waiting, waiting
from gateway.quick_start import importing_much
from gateway.screen import open_screen

if TYPE_CHECKING:
    from config.settings import Settings, Strategy

REPLAY = "replay"


def route(options: Namespace) -> int:
    """Decide on a question, or replay a receipt where the words are `replay` and what to replay."""
    if options.words[:1] == [REPLAY] and len(options.words) <= 2:
        from gateway.route_replay import replay_command

        return replay_command(options)
    if options.config:
        raise BadUsage(f"--config {options.config} is for `eaio route replay`; for a question set EAIO_ROUTING to it")
    return _decide(options)


def _decide(options: Namespace) -> int:
    if not options.words and sys.stdin.isatty():
        raise BadUsage('no question was given; type one: eaio route "How much electricity did b4 use in 2019?"')
    options.question = question_of(options.words)
    settings = settings_of(options)
    log_beside(settings)
    with waiting("looking at the models") as shown:
        with importing_much():
            import graphs.runtime  # noqa: F401
        routed = asyncio.run(_routed(options, settings, shown, strategy_of(options)))
    if options.json:
        write_json(options, routed)
    else:
        _show(options, routed)
    return OF_STATUS[routed["status"]]


def strategy_of(options: Namespace) -> "Strategy | None":
    """Return the strategy that was asked for. Raises `UnknownStrategy`, which suggests the near one."""
    from models.router import strategy_named

    return strategy_named(options.strategy) if options.strategy else None


async def _routed(
    options: Namespace, settings: "Settings", shown: Waiting, strategy: "Strategy | None"
) -> dict[str, Any]:
    from graphs.runtime import open_runtime

    async with open_runtime(settings, progress=shown.load) as runtime:
        return await runtime.route(options.question, strategy=strategy)


def _show(options: Namespace, routed: dict[str, Any]) -> None:
    from gateway.route_view import show_all, show_short
    from models.router import read_record

    screen, routes = open_screen(), routed["receipt"].get("routes", [])
    if routed["status"] != "answered" or not routes:
        screen.say(routed["reason"] or "No endpoint was looked for.")
        return
    request, decision = read_record(routes[-1])
    told = {f"{out.id} left out: {out.reason}" for out in decision.excluded} if options.explain else set()
    if options.explain:
        show_all(screen, request, decision, routes[-1]["digest"])
    else:
        show_short(screen, request, decision)
    for note in routed["receipt"].get("notes", []):
        if note not in told:
            screen.say(f"* {note}", "dim")
