"""`eaio models list`: the models of each role, in the order to try them, and which are there."""

import asyncio
from argparse import Namespace
from dataclasses import asdict

from gateway.exits import ANSWERED
from gateway.grid import Grid, without_empty
from gateway.json_out import write_json
from gateway.models_known import KnownModel, KnownModels, known_models
from gateway.opened import settings_of
from gateway.screen import open_screen

GB = 1_000_000_000
MB = 1_000_000


def list_models(options: Namespace) -> int:
    """Print every endpoint; nothing is started or loaded for it, and no cloud is asked."""
    known = asyncio.run(known_models(settings_of(options)))
    if options.json:
        write_json(options, list_json(known))
        return ANSWERED
    screen = open_screen()
    screen.grid(_grid(known))
    for one in known.models:
        if one.why and one.place != "cloud":
            screen.say(f"{one.model}: {one.why}", "yellow")
    return ANSWERED


def list_json(known: KnownModels) -> dict[str, object]:
    """Return what is known as plain JSON."""
    return {
        "status": "answered",
        "environment": known.environment,
        "profile": known.resolution.profile,
        "reason": known.resolution.reason,
        "endpoints": [asdict(one) for one in known.models],
    }


def size_text(size_bytes: int | None) -> str:
    """Return a size in the unit that fits it, empty where it is not known."""
    if size_bytes is None:
        return ""
    return f"{size_bytes / GB:.1f} GB" if size_bytes >= GB else f"{size_bytes / MB:,.0f} MB"


def _grid(known: KnownModels) -> Grid:
    columns = ("role", "model", "where", "state", "size", "quantised", "memory", "context", "quality", "price")
    rows = [
        (
            *(one.role, one.model, one.host or one.place, _state(one), size_text(one.size_bytes)),
            *(one.quantisation or "", size_text(one.footprint_bytes), f"{one.context_tokens:,}"),
            *(f"{one.quality:g} {one.quality_of}" if one.quality is not None else "", _price(one)),
        )
        for one in known.models
    ]
    title = f"environment {known.environment}, profile {known.resolution.profile}: {known.resolution.reason}"
    right = frozenset({"size", "memory", "context"})
    return without_empty(Grid(columns, rows, title, right, frozenset({"where", "state"})), ("memory", "price"))


def _state(one: KnownModel) -> str:
    if one.present is None:
        return "in use" if one.in_use else "not asked"
    if one.in_use and one.present:
        return "in use"
    return "there" if one.present else "missing"


def _price(one: KnownModel) -> str:
    return "" if one.input_usd is None else f"${one.input_usd:g} in, ${one.output_usd:g} out"
