"""Fetch a model to an Ollama host. Only its name leaves; what comes back must run on the host itself."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from models.errors import ModelError, ModelTimeout, NotLocal, PermanentModelError, TransientModelError
from models.hosts.api import ENDPOINT, OllamaApi, Step
from models.hosts.present import require_own
from models.ollama import full_name, is_cloud_tag

SILENCE_S = 90.0
"""How long a pull may say nothing, seconds. Ollama itself tries a slow part again after 30."""


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a pull is. Bytes of all layers that were named so far; layers are named one after the other."""

    status: str
    completed_bytes: int
    total_bytes: int


async def pull(api: OllamaApi, model: str, *, silence_s: float = SILENCE_S) -> AsyncGenerator[PullProgress, None]:
    """Fetch a model and yield how far that is; close it to stop. Ollama keeps what has come and goes on from there.

    Raises `NotLocal` for a model that would run in the cloud, before anything is fetched where its name shows that,
    else after: then it is removed again. Raises `TransientModelError` where another try may help, otherwise
    `PermanentModelError`; both say what to do.
    """
    _check_name(model)
    had = full_name(model) in {full_name(tag.name) for tag in await api.tags()}
    await require_own(api, model)
    async with aclosing(_fetched(api, model, silence_s)) as steps:
        async for step in steps:
            yield step
    try:
        await require_own(api, model)
    except NotLocal:
        if not had:
            await api.delete(model)
        raise


async def _fetched(api: OllamaApi, model: str, silence_s: float) -> AsyncGenerator[PullProgress, None]:
    layers: dict[str, tuple[int, int]] = {}
    status = ""
    try:
        async with aclosing(api.pull(model, silence_s)) as steps:
            async for step in steps:
                if step.error:
                    raise _failed(model, step.error)
                yield _progress(layers, step)
                status = step.status
    except ModelTimeout as fault:
        raise TransientModelError(
            fault.endpoint, f"was not fetched: silent for {silence_s:g} s; {_again(model)}"
        ) from None
    if status != "success":
        raise TransientModelError(f"{ENDPOINT}:{model}", f"was not fetched: the connection ended; {_again(model)}")


def _progress(layers: dict[str, tuple[int, int]], step: Step) -> PullProgress:
    if step.digest and step.total > 0:
        layers[step.digest] = (min(max(step.completed, 0), step.total), step.total)
    done, total = (sum(column) for column in zip(*layers.values(), strict=True)) if layers else (0, 0)
    return PullProgress(step.status, done, total)


def _check_name(model: str) -> None:
    if is_cloud_tag(model):
        why = f"{model} has a cloud tag: it would run at ollama.com, so it is not fetched; name a model without it"
        raise NotLocal(f"{ENDPOINT}:{model}", why)
    if not model or "://" in model or not model.isprintable() or " " in model:
        said = f"{model!r} is no name of a model; give one as Ollama's library has it: qwen2.5:7b"
        raise PermanentModelError(ENDPOINT, said)


def _failed(model: str, said: str) -> ModelError:
    """Say what a pull failed of; what cannot be found stays so, anything else may be the network."""
    where = f"{ENDPOINT}:{model}"
    if "file does not exist" in said or "invalid model name" in said:
        return PermanentModelError(where, f"was not fetched: the library has no {model!r}; check its name and tag")
    if "newer version" in said or "412" in said:
        return PermanentModelError(where, "was not fetched: this model needs a newer Ollama; update it and try again")
    if "no space left" in said:
        return PermanentModelError(where, "was not fetched: the host's disk is full; free some of it and try again")
    return TransientModelError(where, f"was not fetched: {said}; {_again(model)}")


def _again(model: str) -> str:
    return f"what has come is kept, so run `eaio models pull {model}` again once the host reaches the model library"
