"""Which models are measured: all that the Ollama hosts of the roles have, else the one that comes in a wheel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from config.settings import Settings
from gateway.errors import BadUsage
from models import ChatModels, Endpoint, Role, survey
from models.ollama import OllamaHost, full_name

ASKED: tuple[Role, ...] = ("coordinator", "analyst")
CONTEXT_TOKENS = 4096
EMBEDDED = "smollm2:135m"


@dataclass(frozen=True, slots=True)
class Subject:
    """A model that is measured, and the roles that it has now."""

    endpoint: Endpoint
    roles: tuple[Role, ...] = ()


async def subjects(settings: Settings, chat: ChatModels, names: Sequence[str] = ()) -> list[Subject]:
    """Return the models to measure, those of `names` where some are named.

    Raises `BadUsage` for a name that no host here has.
    """
    ladders = {role: [e for e in await chat.ladder(role) if e.local] for role in ASKED}
    routed = [e for ladder in ladders.values() for e in ladder]
    found = await _installed(settings, routed)
    own = next((e for e in routed if e.place == "embedded"), _embedded(settings))
    if names:
        return [_subject(_named(name, [*found, own]), ladders) for name in dict.fromkeys(names)]
    return [_subject(e, ladders) for e in found or [own]]


async def _installed(settings: Settings, routed: Sequence[Endpoint]) -> list[Endpoint]:
    """Return an endpoint for each model that runs on a host of the roles."""
    if settings.profile == "embedded":
        return []
    routes = {e.base_url: e for e in routed if e.place == "ollama" and e.base_url}
    hosts = [await survey(host, timeout_s=2.0) for host in dict.fromkeys([settings.ollama_host, *routes])]
    there = {host.address.base_url: host for host in hosts if host.near and host.reachable}
    return [e for at, host in there.items() for e in _of_host(host, routes.get(at), first=at == next(iter(there)))]


def _of_host(host: OllamaHost, route: Endpoint | None, *, first: bool) -> Iterable[Endpoint]:
    """Yield the models of a host under the context length that is pinned for it, so that nothing is loaded anew."""
    at = host.address
    context = route.context_tokens if route else CONTEXT_TOKENS
    for model in host.models:
        id_ = f"ollama:{model}" + ("" if first else f"@{at.host}:{at.port}")
        yield Endpoint(id_, "analyst", "ollama", model, at.base_url, context)


def _embedded(settings: Settings) -> Endpoint:
    context = settings.num_ctx or CONTEXT_TOKENS
    return Endpoint(f"embedded:{EMBEDDED}", "analyst", "embedded", EMBEDDED, None, context)


def _subject(endpoint: Endpoint, ladders: dict[Role, list[Endpoint]]) -> Subject:
    """Add the roles that a model has: it is first on their ladders."""
    roles = tuple(role for role, ladder in ladders.items() if ladder and _same(ladder[0], endpoint))
    return Subject(replace(endpoint, refusal=None), roles)


def _same(one: Endpoint, other: Endpoint) -> bool:
    at_one_place = (one.place, one.base_url) == (other.place, other.base_url)
    return at_one_place and full_name(one.model) == full_name(other.model)


def _named(name: str, there: Sequence[Endpoint]) -> Endpoint:
    for endpoint in there:
        if name == endpoint.id or full_name(name) == full_name(endpoint.model):
            return endpoint
    known = ", ".join(e.model for e in there)
    raise BadUsage(f"--models {name}: no such model here; there are {known}, and `ollama pull {name}` may get it")
