"""`eaio models ps`: which models are in memory at each Ollama host, and how much of what they may take they take."""

import asyncio
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gateway.exits import ANSWERED, FAULT
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.models_known import KnownModel, KnownModels, known_models, routing_of
from gateway.models_list import size_text
from gateway.opened import settings_of
from gateway.screen import notice, open_screen

if TYPE_CHECKING:
    from models.hosts.loading import Memory, Use

GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class HostMemory:
    """A host and what is in its memory; None where it could not be asked, then there is why."""

    host: str
    memory: "Memory | None"
    why: str = ""


def show(options: Namespace) -> int:
    """Print what is in memory; return 1 where a host that is routed does not say."""
    settings = settings_of(options)
    known, budget = asyncio.run(known_models(settings)), budget_bytes(routing_of(settings).document.ollama.memory_gib)
    found = asyncio.run(memories(known, budget))
    failed = [one for one in found if one.memory is None]
    if options.json:
        hosts = [_as_json(one, budget) for one in found]
        # Queues and breakers are of the process that asks models, and this one asks none.
        write_json(options, {"status": "error" if failed else "answered", "hosts": hosts, "pool": None})
    else:
        _print(found, budget)
    for one in failed:
        notice(f"{one.host}: {one.why}")
    return FAULT if failed else ANSWERED


def budget_bytes(memory_gib: float) -> int:
    """Return the memory for models in bytes."""
    return int(memory_gib * GIB)


async def memories(known: KnownModels, budget: int) -> list[HostMemory]:
    """Look into the memory of every host that is routed."""
    return [await _memory(host.address.base_url, known, budget, host.reason if not host.reachable else "")
            for host in known.hosts.values()]  # fmt: skip


async def _memory(url: str, known: KnownModels, budget: int, wrong: str) -> HostMemory:
    from models.errors import ModelError
    from models.hosts.api import open_api
    from models.hosts.loading import memory_of

    if wrong:
        return HostMemory(url, None, wrong)
    try:
        async with open_api(url) as api:
            return HostMemory(url, await memory_of(api, uses_at(url, known), budget_bytes=budget))
    except ModelError as fault:
        return HostMemory(url, None, str(fault))


def uses_at(url: str, known: KnownModels) -> list["Use"]:
    """Return the models that roles use at a host, each once."""
    from models.hosts.loading import Use

    here = [one for one in known.models if one.host == url and one.place == "ollama"]
    return [
        Use(model, tuple(dict.fromkeys(o.role for o in here if o.model == model)), _context(here, model))
        for model in dict.fromkeys(one.model for one in here)
    ]


def _context(here: Sequence[KnownModel], model: str) -> int:
    return next(one.context_tokens for one in here if one.model == model)


def _as_json(one: HostMemory, budget: int) -> dict[str, Any]:
    known: dict[str, Any] = {"host": one.host, "budget_bytes": budget, "why": one.why}
    if one.memory is None:
        return known | {"held_bytes": None, "models": []}
    held = [
        {
            "model": model.name,
            "digest": model.digest,
            "size_bytes": model.size_bytes,
            "vram_bytes": model.vram_bytes,
            "context_tokens": model.context_tokens,
            "expires_at": _moment(model.expires_at_s),
        }
        for model in one.memory.residents
    ]
    return known | {"held_bytes": one.memory.held_bytes, "models": held}


def _print(found: list[HostMemory], budget: int) -> None:
    columns = ("model", "memory", "on the GPU", "context", "until")
    screen = open_screen()
    for one in found:
        if one.memory is None:
            continue
        rows = [
            (
                *(model.name, size_text(model.size_bytes), size_text(model.vram_bytes)),
                *(f"{model.context_tokens:,}", str(_moment(model.expires_at_s) or "")),
            )
            for model in one.memory.residents
        ]
        held = f"{one.memory.held_bytes / GIB:.2f} of {budget / GIB:g} GiB"
        screen.grid(Grid(columns, rows, f"{one.host}: {held}", frozenset({"memory", "on the GPU", "context"})))
    if not found:
        screen.say("No Ollama host is used; the embedded model runs by itself, and `eaio status` shows it.")


def _moment(at_s: float | None) -> str | None:
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
