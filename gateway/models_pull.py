"""`eaio models pull`: fetch a model to an Ollama host, with a bar on stderr."""

import asyncio
from argparse import Namespace
from contextlib import aclosing

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT
from gateway.json_out import write_json
from gateway.models_known import known_models
from gateway.models_list import MB, size_text
from gateway.opened import settings_of
from gateway.progress import waiting
from gateway.screen import notice, open_screen

Wanted = list[tuple[str, str]]


def pull_models(options: Namespace) -> int:
    """Fetch what was asked for; return 1 where one did not come, after the others have been tried."""
    from models.errors import ModelError

    wanted = asyncio.run(_wanted(options))
    pulled, faults = [], []
    for host, model in wanted:
        try:
            size = asyncio.run(_pull(host, model))
            pulled.append({"model": model, "host": host, "size_bytes": size})
        except ModelError as fault:
            faults.append({"model": model, "host": host, "reason": str(fault)})
            notice(str(fault))
    _show(options, pulled, faults)
    return FAULT if faults else ANSWERED


async def _wanted(options: Namespace) -> Wanted:
    """Return host and model of each that is to be fetched; raises `BadUsage` where none can be."""
    from models.ollama import is_cloud_tag

    settings = settings_of(options)
    if options.model:
        if is_cloud_tag(options.model):
            raise BadUsage(f"{options.model} would run in Ollama's cloud, not here; name a model without a cloud tag")
        return [(options.host or settings.ollama_host, options.model)]
    if settings.profile == "embedded":
        raise BadUsage("the profile is embedded, whose models come with EAIO; set EAIO_PROFILE=local to use Ollama")
    known = await known_models(settings)
    lacking = [one for one in known.models if one.place == "ollama" and not one.present]
    return list(dict.fromkeys((options.host or one.host or settings.ollama_host, one.model) for one in lacking))


async def _pull(host: str, model: str) -> int:
    """Fetch one model and return its size in bytes. Raises `ModelError`."""
    from models.hosts.api import open_api
    from models.hosts.pull import pull

    total = 0
    with waiting(f"fetching {model}") as shown:
        async with open_api(host) as api, aclosing(pull(api, model)) as steps:
            async for step in steps:
                total = step.total_bytes
                if total:
                    shown.load(step.completed_bytes // MB, max(1, total // MB), f"{model} in MB, {step.status}")
    return total


def _show(options: Namespace, pulled: list[dict[str, object]], faults: list[dict[str, str]]) -> None:
    if options.json:
        reason = {"reason": "; ".join(fault["reason"] for fault in faults)} if faults else {}
        status = "error" if faults else "answered"
        write_json(options, {"status": status, "pulled": pulled, "faults": faults} | reason)
        return
    screen = open_screen()
    for one in pulled:
        size = one["size_bytes"]
        screen.say(f"{one['model']} is at {one['host']} ({size_text(size if isinstance(size, int) else None)}).")
    if not pulled and not faults:
        screen.say("Every model that the roles need is there.")
