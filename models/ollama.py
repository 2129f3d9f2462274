"""What an Ollama host has, and which of it is really there.

Ollama can list a model that it only forwards: a `:cloud` tag, a manifest with a remote host, an alias to either. Such a
model is as good as absent here, because what it is asked leaves the building. So is every model of an Ollama before
0.5: it takes a question for a form, and answers without keeping to it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import httpx
from pydantic import BaseModel, ValidationError

from models.address import Address, attest, parse
from models.errors import ModelError, ModelNotFound, ModelUnreachable, NotLocal, PermanentModelError
from models.transport import LocalTransport, async_client

OLDEST = (0, 5)
"""The first version that holds an answer to a JSON schema."""
STEPS = 20
"""So many turns of the loop a host has at least for its answer; an answer that is there takes about ten to be read."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A name that a host answers to by asking somewhere else."""

    name: str
    why: str
    prefix: bool = False
    """Whether every model whose name starts so is meant."""

    def covers(self, model: str) -> bool:
        """Tell whether `model` is one of these."""
        return full_name(model).startswith(self.name) if self.prefix else full_name(model) == full_name(self.name)


@dataclass(frozen=True, slots=True)
class OllamaHost:
    """What a host said when it was asked. `version` is None where it did not answer or was not to be asked."""

    address: Address
    reason: str
    """What was found or what was wrong, in words for a receipt."""
    version: str | None = None
    models: tuple[str, ...] = ()
    """Names of the models that run on the host itself."""
    forwarded: tuple[Forwarded, ...] = ()
    near: bool = True
    """Whether its address is proven to be on this machine or in a private network."""

    @property
    def reachable(self) -> bool:
        """Tell whether an Ollama answers that we can work with."""
        return self.version is not None and not is_outdated(self.version)

    def has(self, model: str) -> bool:
        """Tell whether the host itself runs `model`; a name without a tag means `:latest`."""
        return self.reachable and self.leaves(model) is None and full_name(model) in map(full_name, self.models)

    def leaves(self, model: str) -> str | None:
        """Return how it is known that asking for `model` would leave the host, or None."""
        if is_cloud_tag(model):
            return "has a cloud tag"
        return next((entry.why for entry in self.forwarded if entry.covers(model)), None)

    def refusal(self, endpoint: str, model: str) -> Callable[[], ModelError] | None:
        """Return the maker of the error that asking for `model` gives, or None where it can be asked."""
        if not self.near:
            return partial(NotLocal, endpoint, self.reason)
        if self.version is not None and not self.reachable:
            return partial(PermanentModelError, endpoint, f"is not asked: {self.reason}")
        if not self.reachable:
            return partial(ModelUnreachable, endpoint, self.address.base_url, self.reason)
        if why := self.leaves(model):
            return partial(NotLocal, endpoint, f"{model} {why}")
        return None if self.has(model) else partial(ModelNotFound, endpoint, model, self.models)


async def survey(host: str, *, timeout_s: float = 0.5) -> OllamaHost:
    """Ask a host, given as in `OLLAMA_HOST`, what it has. Never raises: the result says what was wrong."""
    address = parse(host)
    try:
        async with _time_to_hear(timeout_s):
            address = await attest(address)
            return _present(address, *await _ask(address))
    except TimeoutError:
        return OllamaHost(address, f"no answer within {timeout_s:g} s")
    except NotLocal as fault:
        return OllamaHost(address, fault.why, near=False)
    except ModelUnreachable as fault:
        return OllamaHost(address, fault.cause)
    except (httpx.HTTPError, ValidationError) as fault:
        return OllamaHost(address, _in_words(fault))


@asynccontextmanager
async def _time_to_hear(seconds: float) -> AsyncIterator[None]:
    """Raise `TimeoutError` in the block after so many seconds; those that this process is busy with others are few.

    It is counted in steps, each begun when the loop has turned: where a crowd keeps the loop from hearing an answer
    that is there, the host has not been silent.
    """
    async with asyncio.timeout(None) as limit:
        counting = asyncio.create_task(_count(seconds, limit))
        try:
            yield
        finally:
            counting.cancel()


async def _count(seconds: float, limit: asyncio.Timeout) -> None:
    for _ in range(STEPS):
        await asyncio.sleep(seconds / STEPS)
    limit.reschedule(asyncio.get_running_loop().time())


def full_name(model: str) -> str:
    """Return a model's name with its tag, as Ollama tells names apart: without regard to case."""
    short = model.casefold().removeprefix("registry.ollama.ai/").removeprefix("library/")
    return short if ":" in short.rpartition("/")[2] else f"{short}:latest"


def is_outdated(version: str) -> bool:
    """Tell whether a version is before `OLDEST`, or none that can be read: `0.4.7`, `unknown`."""
    found = re.match(r"v?(\d+)\.(\d+)", version)
    return found is None or (int(found[1]), int(found[2])) < OLDEST


def is_cloud_tag(model: str) -> bool:
    """Tell whether a name means a model in the cloud: `gpt-oss:120b-cloud`, `minimax-m2:cloud`."""
    tag = full_name(model).rpartition(":")[2]
    return tag == "cloud" or tag.endswith("-cloud")


class _Version(BaseModel):
    version: str


class _Tag(BaseModel):
    name: str
    remote_host: str = ""
    remote_model: str = ""


class _Tags(BaseModel):
    models: list[_Tag] | None


class _Alias(BaseModel):
    alias: str
    target: str
    prefix_matching: bool = False


class _Aliases(BaseModel):
    aliases: list[_Alias] | None = None


async def _ask(address: Address) -> tuple[_Version, _Tags, _Aliases]:
    async with async_client(LocalTransport(address)) as client:
        paths = ("/api/version", "/api/tags", "/api/experimental/aliases")
        version, tags, aliases = await asyncio.gather(*(client.get(address.base_url + path) for path in paths))
    version.raise_for_status()
    tags.raise_for_status()
    # Only some versions have aliases; the others answer 404 here and take no alias in a chat.
    known = _Aliases.model_validate_json(aliases.content) if aliases.is_success else _Aliases()
    return _Version.model_validate_json(version.content), _Tags.model_validate_json(tags.content), known


def _present(address: Address, version: _Version, tags: _Tags, aliases: _Aliases) -> OllamaHost:
    remote = [tag for tag in tags.models or [] if tag.remote_host or tag.remote_model or is_cloud_tag(tag.name)]
    by_tag = [Forwarded(tag.name, f"runs at {tag.remote_host or 'ollama.com'}") for tag in remote]
    by_alias = [
        Forwarded(alias.alias.casefold(), f"is an alias of {alias.target}", alias.prefix_matching)
        for alias in aliases.aliases or []
    ]
    return OllamaHost(
        address,
        reason=_found(address, version.version),
        version=version.version,
        models=tuple(tag.name for tag in tags.models or [] if tag not in remote),
        forwarded=(*by_alias, *by_tag),
    )


def _found(address: Address, version: str) -> str:
    if not is_outdated(version):
        return f"Ollama {version} at {address.base_url}"
    oldest = ".".join(map(str, OLDEST))
    return (
        f"Ollama {version} at {address.base_url} is older than {oldest}; install {oldest} or newer, then `ollama serve`"
    )


def _in_words(fault: httpx.HTTPError | ValidationError) -> str:
    if isinstance(fault, httpx.ConnectError):
        return "nothing listens there"
    if isinstance(fault, httpx.HTTPStatusError):
        return f"it answers with status {fault.response.status_code}, so it is not Ollama"
    return "what answers there is not Ollama" if isinstance(fault, ValidationError) else type(fault).__name__
