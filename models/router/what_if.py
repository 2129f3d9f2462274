"""What another configuration would have decided at the same moment.

What people set comes from the other routing document: which endpoints there are and in which order, their prices,
qualities, contexts, regions and slots, the strategy and its weights. What was seen stays: who was busy or resting, what
was left to spend, what the policy let go where, and what the settings left out. Settings that replace what is routed
(`EAIO_ANALYST_MODEL`, `EAIO_NUM_CTX`) are not replayed: the other document is taken at its word.
"""

from collections.abc import Iterator
from dataclasses import replace

from config.settings import Strategy
from models.address import parse
from models.cloud_sites import site_of
from models.endpoint import Endpoint
from models.pool.work import Work
from models.profile import EMBEDDED_MODELS, endpoint_of, ollama_id
from models.router.candidate import Candidate
from models.router.errors import BadRequest
from models.router.figures import as_figure
from models.router.request import RouteRequest
from models.router.snapshot import FREE, IDLE, candidate_of
from models.routing import EndpointPart, RoutingDocument

NEW = "not there when it was decided, counted as idle"


def what_if(
    request: RouteRequest, document: RoutingDocument | None = None, *, strategy: Strategy | None = None
) -> RouteRequest:
    """Return a request as it would have been with another document, another strategy or both.

    An endpoint that was not there is idle and unmeasured, which its note says; a cloud that was not there gets nothing,
    because what the policy would have let go there is not known. Raises `BadRequest` where the document has no such
    environment, or an endpoint without what its place needs.
    """
    if document is None:
        return replace(request, rules=replace(request.rules, strategy=strategy or request.rules.strategy))
    seen = {candidate.id: candidate for candidate in request.candidates}
    found: dict[str, Candidate] = {}
    for endpoint, left_out in _endpoints(request, document):
        found.setdefault(endpoint.id, _as_seen(endpoint, left_out, seen.get(endpoint.id), request))
    candidates = tuple(sorted(found.values(), key=lambda candidate: bool(candidate.outside)))
    rules = replace(document.router.rules(strategy), curve=request.rules.curve)
    return replace(request, candidates=candidates, rules=rules, config="what-if")


def _as_seen(endpoint: Endpoint, left_out: str, seen: Candidate | None, request: RouteRequest) -> Candidate:
    """Return an endpoint of the other document in the state in which it was seen; `left_out` says why it is not asked.

    What was left out then stays so for its own reason: of clouds the settings, of what is local the profile.
    """
    if left_out:
        told = (seen.outside if seen else "") or left_out
        return replace(_with_facts_of(endpoint, seen) if seen else _idle(endpoint, request), outside=told)
    if seen is None or (seen.outside and not seen.away):
        return _idle(endpoint, request)
    return _with_facts_of(endpoint, seen)


def _idle(endpoint: Endpoint, request: RouteRequest) -> Candidate:
    work = Work(request.features.tokens_in, request.features.tokens_out)
    return replace(candidate_of(replace(endpoint, refusal=None), IDLE, work), note=NEW)


def _with_facts_of(endpoint: Endpoint, seen: Candidate) -> Candidate:
    price = endpoint.price or FREE
    return replace(
        seen,
        name=endpoint.name,
        context_tokens=endpoint.context_tokens,
        capabilities=endpoint.capabilities,
        region=endpoint.region,
        quality=endpoint.quality,
        input_usd=as_figure(price.input_usd),
        output_usd=as_figure(price.output_usd),
        price_version=endpoint.price_version,
        price_known=endpoint.price_known,
        slots=endpoint.concurrency,
        queue=endpoint.queue,
    )


def _endpoints(request: RouteRequest, document: RoutingDocument) -> Iterator[tuple[Endpoint, str]]:
    """Yield the analysts of the document, those of the request's environment first, each with why it is left out."""
    analysts = {str(environment): roles["analyst"] for environment, roles in document.environments.items()}
    if (here := request.environment) not in analysts:
        raise BadRequest(f"{here!r} is no environment; the document has {', '.join(analysts)}")
    for name in dict.fromkeys([*analysts[here], *(name for names in analysts.values() for name in names)]):
        part = document.endpoints[name]
        left_out = _left_out(request, part, routed=name in analysts[here])
        for endpoint in _at_each_host(name, part):
            yield endpoint, left_out


def _left_out(request: RouteRequest, part: EndpointPart, *, routed: bool) -> str:
    if not routed:
        return f"the environment {request.environment} does not route it; see `environments` in the routing document"
    if part.place != "cloud" and (part.place == "embedded") != (request.profile == "embedded"):
        return f"the profile {request.profile} does not ask what is {part.place}"
    return ""


def _at_each_host(name: str, part: EndpointPart) -> Iterator[Endpoint]:
    """Yield an endpoint for each host."""
    if part.place == "cloud":
        try:
            yield site_of(name, part).endpoint("analyst")
        except ValueError as fault:
            raise BadRequest(str(fault)) from fault
        return
    if part.place == "embedded":
        model = EMBEDDED_MODELS["analyst"]
        yield endpoint_of(f"embedded:{model}", "analyst", name, part, model=model)
        return
    for further in (None, *map(parse, part.hosts[1:])):
        yield endpoint_of(ollama_id(part.model, further), "analyst", name, part, model=part.model)
