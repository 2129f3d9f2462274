"""Have an Ollama host keep in memory what the queues need: see `ollama_memory` for how that is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.errors import ModelError
from models.hosts.api import KEEP_ALIVE_S, OllamaApi
from models.hosts.memory import BUDGET_BYTES, Held, MemoryPlan, Wanted, plan
from models.hosts.present import ModelFacts, Resident, facts_of, residents_of
from models.ollama import full_name


@dataclass(frozen=True, slots=True)
class Use:
    """A model that roles are given to, and what waits for it now."""

    model: str
    roles: tuple[str, ...]
    num_ctx: int
    waiting: int = 0
    oldest_wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is in a host's memory, and what should be."""

    residents: tuple[Resident, ...]
    plan: MemoryPlan
    uses: tuple[Use, ...]
    facts: Mapping[str, ModelFacts] = field(default_factory=dict)

    @property
    def held_bytes(self) -> int:
        """Return what the loaded models take, as the host counts it."""
        return sum(one.size_bytes for one in self.residents)


async def memory_of(
    api: OllamaApi, uses: Sequence[Use], *, budget_bytes: int = BUDGET_BYTES, parallel: int = 1
) -> Memory:
    """Look at a host's memory and plan it. Models of equal content count once. Raises `ModelError`."""
    facts = await facts_of(api, [use.model for use in uses])
    residents = await residents_of(api)
    merged = _merged(uses, facts)
    wanted = [_wanted(use, facts.get(use.model), parallel) for use in merged]
    held = [_held(one, merged, facts, parallel) for one in residents]
    return Memory(tuple(residents), plan(budget_bytes, wanted, held), tuple(merged), facts)


async def settle(api: OllamaApi, memory: Memory, *, load_s: float = 60.0) -> list[ModelError]:
    """Do what a plan says, unloading first; return what went wrong. An answer under way is never cut off for it."""
    faults: list[ModelError] = []
    contexts = {use.model: use.num_ctx for use in memory.uses}
    for model in memory.plan.of("unload"):
        try:
            await api.unload(model)
        except ModelError as fault:
            faults.append(fault)
    for model in memory.plan.of("load"):
        try:
            await api.one_token(model, contexts[model], keep_alive_s=KEEP_ALIVE_S, timeout_s=load_s)
        except ModelError as fault:
            faults.append(fault)
    return faults


def _merged(uses: Sequence[Use], facts: Mapping[str, ModelFacts]) -> list[Use]:
    """Put uses of one model together: the same name, or the same content under two names."""
    found: dict[str, Use] = {}
    for use in uses:
        known = facts.get(use.model)
        key = known.digest if known and known.digest else full_name(use.model)
        first = found.get(key)
        found[key] = use if first is None else _both(first, use)
    return list(found.values())


def _both(one: Use, other: Use) -> Use:
    roles = tuple(dict.fromkeys((*one.roles, *other.roles)))
    waits = max(one.oldest_wait_s, other.oldest_wait_s)
    return Use(one.model, roles, max(one.num_ctx, other.num_ctx), one.waiting + other.waiting, waits)


def _wanted(use: Use, facts: ModelFacts | None, parallel: int) -> Wanted:
    size = facts.footprint_bytes(use.num_ctx, parallel) if facts else None
    return Wanted(use.model, use.roles, size, use.waiting, use.oldest_wait_s)


def _held(one: Resident, uses: Sequence[Use], facts: Mapping[str, ModelFacts], parallel: int) -> Held:
    """Return what a loaded model takes, by the same measure before and after it is loaded, or plans would waver."""
    for use in uses:
        known = facts.get(use.model)
        if known and one.is_(use.model, known.digest):
            size = known.footprint_bytes(use.num_ctx, parallel)
            return Held(use.model, max(size, one.size_bytes) if one.context_tokens > use.num_ctx else size)
    return Held(one.name, one.size_bytes)
