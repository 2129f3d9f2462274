"""All services of the embedded profile at once: what `eaio up`, `eaio down`, `eaio status` and `eaio doctor` show."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from urllib.parse import urlsplit

from config.settings import Settings
from services.embedded_model import embedded_model
from services.errors import ServiceError
from services.milvus import milvus
from services.ollama_server import NAME as OLLAMA
from services.ollama_server import ensure_ollama, own_server, stop_ollama
from services.postgres import postgres
from services.process import ensure, status, stop
from services.service import Running, Service, ServiceStatus
from services.valkey import valkey

Outcome = Running | ServiceError
Progress = Callable[[str, Outcome | None], None]


def fleet(settings: Settings) -> tuple[Service, ...]:
    """Return the services in the order in which they are shown; one that a setting replaces is not among them."""
    candidates = (postgres(settings), valkey(settings), milvus(settings), embedded_model(settings), *_ollama(settings))
    replaced = _replaced(settings)
    return tuple(service for service in candidates if service.name not in replaced)


def _ollama(settings: Settings) -> tuple[Service, ...]:
    """Return EAIO's own Ollama where the settings ask for it and there is a program for it."""
    with suppress(ServiceError):
        own = own_server(settings)
        return () if own is None else (own,)
    return ()


async def start_all(
    settings: Settings, progress: Progress | None = None, only: Collection[str] | None = None
) -> dict[str, Outcome]:
    """Start what does not run, all at the same time, and return by name what came of each.

    One that fails does not keep the others from starting: its error is its outcome. `progress` is called with None when
    a service is taken up and with its outcome when it is done; `only` limits the start to these names.
    """
    chosen = [service for service in fleet(settings) if only is None or service.name in only]
    outcomes = await asyncio.gather(*(_start(service, progress or _quiet) for service in chosen))
    return dict(zip((service.name for service in chosen), outcomes, strict=True))


async def stop_all(settings: Settings, progress: Callable[[str, bool], None] | None = None) -> dict[str, bool]:
    """Stop every service and tell by name whether it ran."""
    services = fleet(settings)
    ran = await asyncio.gather(*(_stop(service, progress) for service in services))
    return dict(zip((service.name for service in services), ran, strict=True))


async def status_all(settings: Settings) -> list[ServiceStatus]:
    """Say how every service is, also those that a setting replaces. Starts nothing."""
    replaced = [ServiceStatus(name, "external", address=address) for name, address in _replaced(settings).items()]
    return [*replaced, *await asyncio.gather(*(status(service) for service in fleet(settings)))]


async def _start(service: Service, progress: Progress) -> Outcome:
    progress(service.name, None)
    try:
        outcome: Outcome = await (ensure_ollama(service) if service.name == OLLAMA else ensure(service))
    except ServiceError as error:
        outcome = error
    progress(service.name, outcome)
    return outcome


async def _stop(service: Service, progress: Callable[[str, bool], None] | None) -> bool:
    ran = await (stop_ollama(service) if service.name == OLLAMA else stop(service))
    if progress:
        progress(service.name, ran)
    return ran


def _quiet(_name: str, _outcome: Outcome | None) -> None:
    """Show nothing."""


def _replaced(settings: Settings) -> dict[str, str]:
    given = {"postgres": settings.database_url, "valkey": settings.redis_url, "milvus": settings.milvus_uri}
    return {name: _address(url) for name, url in given.items() if url}


def _address(url: str) -> str:
    """Return host and port of a URL, without the user and the password that may be in it."""
    return urlsplit(url).netloc.rpartition("@")[2] or "set"
