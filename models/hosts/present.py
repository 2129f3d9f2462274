"""The models of an Ollama host: whether they are there, what they are made of, and how much memory they take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import NotLocal
from models.hosts.api import ENDPOINT, Loaded, OllamaApi, Shown, Tag
from models.ollama import full_name, is_cloud_tag

KV_BYTES = 2
"""Bytes of one cached number: Ollama keeps keys and values as f16 unless told otherwise."""
BATCH = 512
"""Tokens of a prompt that llama.cpp reads at once."""
PROCESS_BYTES = 60_000_000
"""What a runner takes before it has a model; measured 55 MB with 0.17."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model that runs on the host itself."""

    name: str
    digest: str
    size_bytes: int
    """Of its weights, as they lie on the disk and in memory."""
    quantisation: str
    """As llama.cpp names it: `Q4_K_M`. Empty where the host does not say."""
    family: str
    parameters: str
    """How many weights: `7.6B`."""
    context_tokens: int
    """The longest context that it was made for; 0 where the host does not say."""
    kv_bytes_per_token: int
    """Of the cache of keys and values, for each token of context."""
    graph_bytes_per_token: int = 0
    """Of working memory, for each token of context."""

    def footprint_bytes(self, num_ctx: int, parallel: int = 1) -> int:
        """Return about how much memory it takes while loaded, for `parallel` answers of `num_ctx` tokens at a time.

        Weights, cache and working memory; Ollama's own figure, `size` in `/api/ps`, leaves the last one out on a CPU.
        """
        held = num_ctx * parallel * self.kv_bytes_per_token
        return self.size_bytes + held + num_ctx * self.graph_bytes_per_token + PROCESS_BYTES


@dataclass(frozen=True, slots=True)
class Resident:
    """A model in the host's memory. It may stand there under another name: Ollama keeps equal weights once."""

    name: str
    digest: str
    size_bytes: int
    vram_bytes: int
    """How much of it a graphics card holds; 0 where the CPU does all."""
    context_tokens: int
    expires_at_s: float | None
    """When Ollama lets go of it unless it is asked, seconds since 1970."""

    def is_(self, name: str, digest: str = "") -> bool:
        """Tell whether it is the model of this name, or one of the same content."""
        return full_name(self.name) == full_name(name) or (bool(digest) and self.digest == digest)


async def models_of(api: OllamaApi) -> list[ModelFacts]:
    """Return the models that run on the host itself; forwarded ones are as good as absent. Raises `ModelError`."""
    return [await _facts(api, tag) for tag in await api.tags() if _remote(tag) is None]


async def facts_of(api: OllamaApi, names: Iterable[str]) -> dict[str, ModelFacts]:
    """Return what there is to know of those of `names` that the host has; raises `ModelError`."""
    there = {full_name(tag.name): tag for tag in await api.tags() if _remote(tag) is None}
    return {name: await _facts(api, there[full_name(name)]) for name in names if full_name(name) in there}


async def residents_of(api: OllamaApi, timeout_s: float = 2.0) -> list[Resident]:
    """Return what is in the host's memory; raises `ModelError`."""
    return [resident(loaded) for loaded in await api.loaded(timeout_s)]


def resident(loaded: Loaded) -> Resident:
    """Read an entry of `/api/ps`."""
    expires = loaded.expires_at.timestamp() if loaded.expires_at else None
    return Resident(loaded.name, loaded.digest, loaded.size, loaded.size_vram, loaded.context_length, expires)


async def require_own(api: OllamaApi, model: str) -> None:
    """Raise `NotLocal` where the host would forward what `model` is asked; one that it lacks is no fault here."""
    if is_cloud_tag(model):
        raise NotLocal(f"{ENDPOINT}:{model}", f"{model} has a cloud tag")
    for tag in await api.tags():
        if full_name(tag.name) == full_name(model) and (where := _remote(tag)):
            raise NotLocal(f"{ENDPOINT}:{model}", f"{model} runs at {where}")


def _remote(tag: Tag) -> str | None:
    if tag.remote_host or tag.remote_model or is_cloud_tag(tag.name):
        return tag.remote_host or "ollama.com"
    return None


async def _facts(api: OllamaApi, tag: Tag) -> ModelFacts:
    shown = await api.show(tag.name)
    details = tag.details if tag.details.family else shown.details
    head = _Head(shown)
    return ModelFacts(
        tag.name,
        tag.digest,
        tag.size,
        details.quantization_level,
        details.family,
        details.parameter_size,
        head.number("context_length"),
        head.kv_bytes_per_token(),
        head.graph_bytes_per_token(),
    )


class _Head:
    """The figures at the head of a weights file, whose names begin with the architecture."""

    def __init__(self, shown: Shown) -> None:
        self._info: Mapping[str, Any] = shown.model_info
        self._architecture = str(self._info.get("general.architecture", ""))

    def number(self, name: str) -> int:
        """Return a figure, 0 where there is none."""
        return sum(self._numbers(name)[:1])

    def kv_bytes_per_token(self) -> int:
        """Return what each token of context takes, as llama.cpp counts it: keys and values of each layer's heads."""
        layers = self.number("block_count")
        heads = self._numbers("attention.head_count_kv") or self._numbers("attention.head_count")
        cached = sum(heads) if len(heads) > 1 else sum(heads) * layers
        key = self.number("attention.key_length") or self._head_size()
        value = self.number("attention.value_length") or self._head_size()
        return cached * (key + value) * KV_BYTES

    def graph_bytes_per_token(self) -> int:
        """Return the working memory of each token of context, as Ollama counts it: a batch's attention as f32."""
        return 4 * BATCH * (1 + max(self._numbers("attention.head_count"), default=0))

    def _head_size(self) -> int:
        return self.number("embedding_length") // max(1, self.number("attention.head_count"))

    def _numbers(self, name: str) -> list[int]:
        """Return a figure that may be given once or for each layer; what is no count counts as none."""
        given = self._info.get(f"{self._architecture}.{name}")
        found = given if isinstance(given, list) else [given]
        return [int(one) for one in found if isinstance(one, int | float) and 0 <= one < 2**40]
