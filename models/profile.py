"""Which models a profile comes to on this machine, now, and why.

The routing document says which endpoints a role has in an environment; the profile says which of the local ones count.
`embedded` is everything from wheels. `local` is Ollama, whether it answers or not: a missing model stays on the ladder
as an endpoint that fails at once, so that the receipt shows the command that mends it. `auto` takes Ollama where it
answers in time with a model for each role, else embedded. `production` is as `local`, in that environment.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from config.settings import Settings
from models.address import Address
from models.endpoint import Endpoint
from models.ollama import OllamaHost, survey
from models.roles import Role
from models.routing import DocumentError, EndpointPart, Routing, load_routing

EMBEDDED_MODELS: dict[Role, str] = {"coordinator": "smollm2:135m", "analyst": "smollm2:135m"}
"""What the wheels hold, by role; the embedder is asked directly and not by its endpoint."""
ASKED: tuple[Role, ...] = ("coordinator", "analyst")

Hosts = Mapping[str, OllamaHost]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a profile came to."""

    profile: Literal["embedded", "local"]
    reason: str
    """In words, for the receipt."""
    ladders: Mapping[Role, tuple[Endpoint, ...]]
    """The local endpoints of each role, in the order to try them."""
    order: tuple[str, ...] = ()
    """The names of the analyst's endpoints in the environment, those of clouds among them, in the order to try them."""


NO_MODEL: Mapping[Role, tuple[Endpoint, ...]] = dict.fromkeys(get_args(Role), ())


async def resolve(settings: Settings, *, timeout_s: float = 0.5) -> Resolution:
    """Look at what is there and decide; takes at most `timeout_s`, and no time at all for `embedded`.

    A routing document that does not hold comes to no model: the report still answers, and says what to mend.
    """
    try:
        routing = load_routing(settings.routing)
    except DocumentError as fault:
        return Resolution("embedded", f"no model is asked: {fault}", NO_MODEL)
    if settings.profile == "embedded":
        return embedded(settings, routing, "the profile is embedded")
    asked = list(dict.fromkeys(hosts_of(settings, routing)))
    found = await asyncio.gather(*(survey(host, timeout_s=timeout_s) for host in asked))
    hosts = dict(zip(asked, found, strict=True))
    resolution = local(settings, routing, hosts)
    if settings.profile != "auto":
        return resolution
    ready = all(any(endpoint.usable for endpoint in resolution.ladders[role]) for role in ASKED)
    return resolution if ready else embedded(settings, routing, resolution.reason)


def hosts_of(settings: Settings, routing: Routing) -> Iterator[str]:
    """Yield the Ollama hosts that the roles of an environment use."""
    for role in ASKED:
        for name, part in _parts(settings, routing, role):
            if part.place == "ollama":
                yield from _hosts(settings, name, routing)


def embedded(settings: Settings, routing: Routing, reason: str) -> Resolution:
    """Return the resolution of the endpoints that come from wheels."""
    ladders = dict(NO_MODEL)
    for role in ASKED:
        parts = [(name, part) for name, part in _parts(settings, routing, role) if part.place == "embedded"]
        ladders[role] = tuple(_embedded_endpoint(role, name, part) for name, part in parts)
    return Resolution("embedded", reason, ladders, order_of(settings, routing))


def local(settings: Settings, routing: Routing, hosts: Hosts) -> Resolution:
    """Return the resolution of the endpoints at `hosts`, present or not."""
    ladders = dict(NO_MODEL)
    for role in ASKED:
        ladders[role] = tuple(_ollama_endpoints(settings, routing, role, hosts))
    return Resolution("local", found(ladders, hosts), ladders, order_of(settings, routing))


def order_of(settings: Settings, routing: Routing) -> tuple[str, ...]:
    """Return the names of the analyst's endpoints in the environment."""
    return routing.document.environments[settings.in_force]["analyst"]


def found(ladders: Mapping[Role, Sequence[Endpoint]], hosts: Hosts) -> str:
    """Say what was found at the hosts, and what they lack with the command that mends it."""
    return "; ".join(_told(host, ladders) for host in hosts.values()) or "no endpoint of Ollama is routed"


def _told(host: OllamaHost, ladders: Mapping[Role, Sequence[Endpoint]]) -> str:
    if not host.reachable:
        return f"no Ollama at {host.address.base_url}: {host.reason}"
    wanted = [e.model for ladder in ladders.values() for e in ladder if e.base_url == host.address.base_url]
    missing = [model for model in dict.fromkeys(wanted) if not host.has(model)]
    lacks = [f"{model} ({host.leaves(model) or f'run `ollama pull {model}`'})" for model in missing]
    return f"{host.reason} lacks {' and '.join(lacks)}" if lacks else host.reason


def _parts(settings: Settings, routing: Routing, role: Role) -> Iterable[tuple[str, EndpointPart]]:
    """Yield the endpoints of a role in the environment, by name, as the settings change them."""
    document = routing.document
    override = {"coordinator": settings.coordinator_model, "analyst": settings.analyst_model}.get(role)
    for name in document.environments[settings.in_force][role]:
        part = document.endpoints[name]
        if settings.num_ctx and part.place != "cloud":
            part = part.model_copy(update={"context_tokens": settings.num_ctx})
        if override and part.place == "ollama":
            part, override = part.model_copy(update={"model": override}), None
        yield name, part


def _hosts(settings: Settings, name: str, routing: Routing) -> tuple[str, ...]:
    return routing.document.endpoints[name].hosts or (settings.ollama_host,)


def _embedded_endpoint(role: Role, name: str, part: EndpointPart) -> Endpoint:
    model = EMBEDDED_MODELS[role]
    return endpoint_of(f"embedded:{model}", role, name, part, model=model, base_url=None)


def _ollama_endpoints(settings: Settings, routing: Routing, role: Role, hosts: Hosts) -> Iterator[Endpoint]:
    """Yield an endpoint for each model at each host; those of the first host have the plain names."""
    for name, part in _parts(settings, routing, role):
        if part.place != "ollama":
            continue
        for number, at in enumerate(_hosts(settings, name, routing)):
            host = hosts[at]
            id_ = ollama_id(part.model, host.address if number else None)
            endpoint = endpoint_of(id_, role, name, part, model=part.model, base_url=host.address.base_url)
            yield replace(
                endpoint,
                local=host.near and host.leaves(part.model) is None,
                refusal=host.refusal(id_, part.model),
            )


def ollama_id(model: str, further: Address | None = None) -> str:
    """Return the id of a model at the first host of its endpoint, or at a further one."""
    return f"ollama:{model}" + (f"@{further.host}:{further.port}" if further else "")


def endpoint_of(
    id_: str, role: Role, name: str, part: EndpointPart, *, model: str, base_url: str | None = None
) -> Endpoint:
    """Return an endpoint of the document under the id that it goes by."""
    return Endpoint(
        id_,
        role,
        part.place,
        model,
        base_url,
        part.context_tokens,
        name=name,
        concurrency=part.concurrency,
        queue=part.queue,
        quality=part.quality.score if part.quality else None,
        capabilities=part.capabilities,
    )
