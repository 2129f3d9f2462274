"""`eaio models tune`: which temperature and top-p answer best on the same prompts, and whether that is mere luck."""

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from gateway.exits import ANSWERED, FAULT, INTERRUPTED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import log_beside, settings_of
from gateway.quick_start import importing_much
from gateway.screen import Screen, open_screen

if TYPE_CHECKING:
    from gateway.model_matrix.sweep import Sweep
    from models.matrix import Finding
    from models.matrix.sweep import Scored, Setting

SCORES = {
    "classification": "share of questions that were read as what they mean",
    "analysis": "share of sentences that the evidence carries, of at least two",
}


def tune_command(options: Namespace) -> int:
    """Sweep and show; return 130 where Ctrl-C ended it, 1 where no question was asked under every setting."""
    from models.hosts.own import with_own_ollama

    settings = asyncio.run(with_own_ollama(settings_of(options)))
    log_beside(settings)
    with importing_much():
        from gateway.model_matrix.sweep import Sweep
    sweep, interrupted = Sweep(options, settings), False
    try:
        asyncio.run(sweep.run())
    except KeyboardInterrupt:
        if not sweep.begun:
            raise
        interrupted = True
    found = sweep.finding()
    if options.json:
        write_json(options, as_json(sweep, found))
    else:
        show(open_screen(), sweep, found)
    if interrupted:
        return INTERRUPTED
    return ANSWERED if found else FAULT


def show(screen: Screen, sweep: "Sweep", found: "Finding | None") -> None:
    """Print the settings, best first, and what to write into the routing file where that is worth it."""
    if found is None:
        screen.say(f"{sweep.model}: no question was asked under every setting; give it more --minutes")
        return
    columns = ("setting", "score", "95 % interval", "difference", "p")
    rows = [_cells(one, found) for one in found.scored]
    title = f"{sweep.model}, {sweep.task}, {found.questions} questions: {SCORES[sweep.task]}"
    screen.grid(Grid(columns, rows, title, right=frozenset(columns[1:])))
    screen.say(found.words, "bold")
    if found.differs:
        screen.say("in config/llm_routing.yaml:")
        for line in yaml_lines(sweep.task, found.best.setting, sweep.max_tokens):
            screen.say(line)


def _cells(one: "Scored", found: "Finding") -> tuple[str, ...]:
    now = one is found.current
    words = one.setting.words + (" (now)" if now else "")
    compared = ("-", "-") if now else (f"{one.difference:+.3f}", f"{one.p_value:.2g}")
    return (words, f"{one.score:.3f}", f"{one.low:.2f}-{one.high:.2f}", *compared)


def yaml_lines(task: str, setting: "Setting", max_tokens: int) -> list[str]:
    """Return the lines of the routing file that make a setting the one in force."""
    top_p = f", top_p: {setting.top_p:g}" if setting.top_p is not None else ""
    return ["tasks:", f"  {task}: {{temperature: {setting.temperature:g}{top_p}, max_tokens: {max_tokens}}}"]


def as_json(sweep: "Sweep", found: "Finding | None") -> dict[str, Any]:
    """Return the sweep as one object; scores and shares are 0 to 1."""
    said: dict[str, Any] = {
        "status": "measured" if sweep.complete else "partial",
        "model": sweep.model,
        "task": sweep.task,
        "score_means": SCORES[sweep.task],
        "seed": sweep.options.seed,
        "questions": found.questions if found else 0,
    }
    if found is None:
        return said | {"settings": [], "current": None, "best": None, "differs": False, "words": "", "yaml": []}
    return said | {
        "settings": [_scored_json(one) for one in found.scored],
        "current": _scored_json(found.current),
        "best": _scored_json(found.best),
        "differs": found.differs,
        "words": found.words,
        "yaml": yaml_lines(sweep.task, found.best.setting, sweep.max_tokens),
    }


def _scored_json(one: "Scored") -> dict[str, Any]:
    return {
        "temperature": one.setting.temperature,
        "top_p": one.setting.top_p,
        "score": one.score,
        "score_low": one.low,
        "score_high": one.high,
        "difference": one.difference,
        "p_value": one.p_value,
    }
