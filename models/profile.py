"""Which models a profile comes to on this machine, now, and why.

`embedded` is everything from wheels. `local` is Ollama, whether it answers or not: a missing model stays on the ladder
as an endpoint that fails at once, so that the receipt shows the command that mends it. `auto` takes Ollama where it
answers in time with both models, else embedded. `production` is as `local` for now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from config.settings import Settings
from models.endpoint import Endpoint
from models.ollama import OllamaHost, survey
from models.roles import Role

EMBEDDED_MODEL = "smollm2:135m"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a profile came to."""

    profile: Literal["embedded", "local"]
    reason: str
    """In words, for the receipt."""
    ladders: Mapping[Role, tuple[Endpoint, ...]]
    """The endpoints of each role, in the order to try them."""


async def resolve(settings: Settings, *, timeout_s: float = 0.5) -> Resolution:
    """Look at what is there and decide; takes at most `timeout_s`, and no time at all for `embedded`."""
    if settings.profile == "embedded":
        return embedded(settings, "the profile is embedded")
    host = await survey(settings.ollama_host, timeout_s=timeout_s)
    if settings.profile != "auto":
        return local(settings, host)
    ready = host.reachable and not _missing(settings, host)
    return local(settings, host) if ready else embedded(settings, found(settings, host))


def embedded(settings: Settings, reason: str) -> Resolution:
    """Return the resolution where every role is the embedded model."""
    return Resolution(
        "embedded",
        reason,
        {
            "coordinator": (_embedded_endpoint(settings, "coordinator"),),
            "analyst": (_embedded_endpoint(settings, "analyst"),),
            "embedder": (),
        },
    )


def local(settings: Settings, host: OllamaHost) -> Resolution:
    """Return the resolution where the roles are models of `host`, present or not."""
    return Resolution(
        "local",
        found(settings, host),
        {
            "coordinator": (_ollama_endpoint(settings, host, "coordinator", settings.coordinator_model),),
            "analyst": (_ollama_endpoint(settings, host, "analyst", settings.analyst_model),),
            "embedder": (),
        },
    )


def found(settings: Settings, host: OllamaHost) -> str:
    """Say what was found at `host`, and what it lacks with the command that mends it."""
    if not host.reachable:
        return f"no Ollama at {host.address.base_url}: {host.reason}"
    lacks = [f"{model} ({host.leaves(model) or f'run `ollama pull {model}`'})" for model in _missing(settings, host)]
    return f"{host.reason} lacks {' and '.join(lacks)}" if lacks else host.reason


def _missing(settings: Settings, host: OllamaHost) -> list[str]:
    wanted = dict.fromkeys((settings.coordinator_model, settings.analyst_model))
    return [model for model in wanted if not host.has(model)]


def _embedded_endpoint(settings: Settings, role: Role) -> Endpoint:
    return Endpoint(f"embedded:{EMBEDDED_MODEL}", role, "embedded", EMBEDDED_MODEL, None, settings.num_ctx)


def _ollama_endpoint(settings: Settings, host: OllamaHost, role: Role, model: str) -> Endpoint:
    id_ = f"ollama:{model}"
    return Endpoint(
        id_,
        role,
        "ollama",
        model,
        host.address.base_url,
        settings.num_ctx,
        local=host.near and host.leaves(model) is None,
        refusal=host.refusal(id_, model),
    )
