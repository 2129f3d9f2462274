"""`eaio models check`: whether each model that would be asked really writes, and the command that mends it if not."""

import asyncio
from argparse import Namespace
from dataclasses import asdict, dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.models_known import KnownModel, KnownModels, known_models, routing_of
from gateway.models_ps import HostMemory, budget_bytes, memories
from gateway.opened import settings_of
from gateway.progress import waiting
from gateway.screen import open_screen

if TYPE_CHECKING:
    from config.settings import Settings
    from models.hosts.health import Health
    from models.hosts.memory import MemoryPlan

RESTART = "restart Ollama: `systemctl restart ollama`, or end it and run `ollama serve`"
PULL, SERVE, UPDATE = "eaio models pull {}", "ollama serve", "install a newer Ollama, then `ollama serve`"


@dataclass(frozen=True, slots=True)
class Checked:
    """One part that was looked at. `fails`: a question asked now would miss it."""

    part: str
    where: str
    state: str
    why: str = ""
    mend: str = ""
    fails: bool = False
    took_s: float | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """All parts, and the plan of each host's memory."""

    parts: list[Checked]
    memories: list[HostMemory]
    budget: int


def check(options: Namespace) -> int:
    """Print how every part is; return 1 where a model that would be asked does not answer, or cannot be loaded."""
    if not 0 < options.timeout < float("inf"):
        raise BadUsage(f"--timeout {options.timeout}: give seconds, more than 0")
    with waiting("asking each model for a token"):
        found = asyncio.run(_checkup(settings_of(options), options.timeout))
    failing = [part for part in found.parts if part.fails]
    if options.json:
        write_json(options, _as_json(found, failing))
    else:
        _print(found, failing)
    return FAULT if failing else ANSWERED


async def _checkup(settings: "Settings", load_s: float) -> Checkup:
    known, operated = await known_models(settings), routing_of(settings).document.ollama
    in_use = known.resolution.profile == "local"
    parts = [_host(host, in_use) for host in known.hosts.values()]
    budget = budget_bytes(operated.memory_gib)
    found = await memories(known, budget)  # before anything is loaded: what cannot fit is not tried
    too_big = [part for one in found if one.memory for part in _too_big(one.host, one.memory.plan, in_use)]
    unfit = {(part.where, part.part) for part in too_big}
    chosen = [one for one in _once(known) if (one.host, one.model) not in unfit]
    healths = await asyncio.gather(*(_look(one, operated.probe_s) for one in chosen))
    for one, health in zip(chosen, healths, strict=True):  # loaded one after the other: together they take longer
        parts.append(await _model(one, health, settings, load_s, in_use))
    return Checkup(parts + too_big, found, budget)


def _once(known: KnownModels) -> list[KnownModel]:
    """Return each local chat model once, however many roles it has; embedded ones where nothing else answers."""
    embedded_too = known.resolution.profile == "embedded"
    chosen = [one for one in known.models if one.place == "ollama" or (one.place == "embedded" and embedded_too)]
    return list({(one.host, one.model): one for one in chosen if one.role != "embedder"}.values())


def _host(host: Any, in_use: bool) -> Checked:
    from models.ollama import is_outdated

    url = host.address.base_url
    if host.reachable:
        return Checked("Ollama", url, "ok", host.version or "")
    if host.version is not None and is_outdated(host.version):
        return Checked("Ollama", url, "outdated", host.reason, UPDATE, fails=in_use)
    return Checked("Ollama", url, "unreachable", host.reason, SERVE if host.near else "", fails=in_use)


async def _look(one: KnownModel, probe_s: float) -> "Health | None":
    """Have a model of Ollama write a token where it is loaded; None for any other."""
    from models.errors import ModelError
    from models.hosts.api import open_api
    from models.hosts.health import Health, Probe
    from models.hosts.present import facts_of
    from models.hosts.traffic import Traffic

    if one.place != "ollama" or not one.present:
        return None
    try:
        async with open_api(one.host or "") as api:
            facts = (await facts_of(api, [one.model])).get(one.model)
            digest = facts.digest if facts else ""
            probe = Probe(api, one.model, one.context_tokens, Traffic(), monotonic, digest=digest, timeout_s=probe_s)
            return await probe.look()
    except ModelError as fault:
        return Health("unreachable", str(fault))


async def _model(
    one: KnownModel, health: "Health | None", settings: "Settings", load_s: float, in_use: bool
) -> Checked:
    where = one.host or one.place
    if not one.present:
        mend = PULL.format(one.model) if "pull" in one.why else ""
        return Checked(one.model, where, "missing", one.why, mend, fails=in_use or one.place == "embedded")
    if health is None:
        return await _embedded(one, settings, load_s)
    if health.state == "unloaded":
        health = await _loaded(one, load_s)
    mend = "" if health.well else RESTART
    return Checked(one.model, where, health.state, health.why, mend, in_use and not health.well, health.took_s)


async def _loaded(one: KnownModel, load_s: float) -> "Health":
    """Load a model and have it write a token."""
    from models.errors import ModelError
    from models.hosts.api import KEEP_ALIVE_S, open_api
    from models.hosts.health import Health

    begun = monotonic()
    try:
        async with open_api(one.host or "") as api:
            await api.one_token(one.model, one.context_tokens, keep_alive_s=KEEP_ALIVE_S, timeout_s=load_s)
    except ModelError as fault:
        return Health("failing", str(fault), monotonic() - begun)
    return Health("healthy", "was loaded, and wrote a token", monotonic() - begun)


async def _embedded(one: KnownModel, settings: "Settings", load_s: float) -> Checked:
    """Have the embedded model write a token; its server is started for it."""
    from models import Deadline, Usage, open_chat_models, warm
    from models.roles import Role

    role: Role = "analyst" if one.role == "analyst" else "coordinator"
    begun = monotonic()
    async with open_chat_models(settings) as models:
        came = await warm(models, role, Deadline.after(load_s))
    took = monotonic() - begun
    if isinstance(came, Usage):
        return Checked(one.model, one.place, "healthy", "wrote a token", took_s=took)
    return Checked(one.model, one.place, "failing", str(came or "no endpoint"), "eaio doctor", fails=True, took_s=took)


def _too_big(host: str, plan: "MemoryPlan", in_use: bool) -> list[Checked]:
    """Return the models that no room can be made for; those that take turns are no fault."""
    mend = "choose a smaller model, or raise `ollama: memory_gib` in the routing file"
    return [
        Checked(step.model, host, "too big", step.why, mend, fails=in_use)
        for step in plan.steps
        if step.action == "refuse" and step.size_bytes > 0
    ]


def _as_json(found: Checkup, failing: list[Checked]) -> dict[str, object]:
    plans = [
        {
            "host": one.host,
            "budget_bytes": found.budget,
            "planned_bytes": one.memory.plan.planned_bytes,
            "steps": [asdict(step) for step in one.memory.plan.steps],
        }
        for one in found.memories
        if one.memory
    ]
    parts = [asdict(part) for part in found.parts]
    status = "error" if failing else "answered"
    return {"status": status, "ok": not failing, "parts": parts, "memory": plans} | _reason(failing)


def _reason(failing: list[Checked]) -> dict[str, str]:
    return {"reason": "; ".join(f"{one.part}: {one.why}" for one in failing)} if failing else {}


def _print(found: Checkup, failing: list[Checked]) -> None:
    screen = open_screen()
    rows = [(p.part, p.state.upper() if p.fails else p.state, p.where, _took(p), p.why, p.mend) for p in found.parts]
    columns = ("part", "state", "where", "took", "what was found", "to mend it")
    screen.grid(Grid(columns, rows, right=frozenset({"took"}), wide=frozenset({"what was found", "to mend it"})))
    for one in found.memories:
        if one.memory:
            screen.say()
            plan = [(step.model, step.action, step.why) for step in one.memory.plan.steps]
            title = f"memory of {one.host}, {found.budget / (1 << 30):g} GiB for models"
            screen.grid(Grid(("model", "plan", "because"), plan, title, wide=frozenset({"because"})))
    screen.say()
    if failing:
        screen.say(f"Does not answer: {', '.join(dict.fromkeys(one.part for one in failing))}.", "bold red")
    else:
        screen.say("Every model that would be asked answers.", "green")


def _took(part: Checked) -> str:
    return "" if part.took_s is None else f"{part.took_s:.2f} s"
