"""Analysts of the routing document that are not asked here, and why: so that a receipt shows that they were known."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import get_args

from config.settings import Settings
from models.cloud_sites import SITES
from models.endpoint import Endpoint
from models.profile import EMBEDDED_MODELS, Resolution, endpoint_of, ollama_id
from models.routing import EndpointPart, Environment, RoutingDocument


def left_out(
    settings: Settings, document: RoutingDocument, found: Resolution, there: Collection[Endpoint]
) -> Iterator[tuple[Endpoint, str]]:
    """Yield the analysts of every environment that are not `there`, each with the reason in words."""
    ids, names = {e.id for e in there}, {e.name for e in there}
    routed = dict.fromkeys(n for env in get_args(Environment) for n in document.environments[env]["analyst"])
    for name in routed:
        endpoint = _endpoint(name, document.endpoints[name])
        if name not in names and endpoint.id not in ids:
            yield endpoint, _why(settings, document, found, name)


def _endpoint(name: str, part: EndpointPart) -> Endpoint:
    """Return an endpoint that nobody asks: no address, no key, and no price but the document's own."""
    if part.place == "embedded":
        model = EMBEDDED_MODELS["analyst"]
        return endpoint_of(f"embedded:{model}", "analyst", name, part, model=model)
    if part.place == "ollama":
        return endpoint_of(ollama_id(part.model), "analyst", name, part, model=part.model)
    model = part.model or (SITES[name].model if name in SITES else "")
    return replace(
        endpoint_of(f"cloud:{name}", "analyst", name, part, model=model),
        price=part.price.price() if part.price else None,
        price_known=part.price is not None,
        region=part.region,
        local=False,
    )


def _why(settings: Settings, document: RoutingDocument, found: Resolution, name: str) -> str:
    if name not in document.environments[settings.in_force]["analyst"]:
        return f"the environment {settings.in_force} does not route it; see `environments` in the routing document"
    if document.endpoints[name].place == "cloud":
        return f"EAIO_CLOUD does not name it; EAIO_CLOUD={','.join([*settings.cloud, name])} would"
    return found.reason
