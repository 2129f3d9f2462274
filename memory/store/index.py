"""What is indexed, and by which embedder. What an embedder gives is looked at before anything is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from langgraph.store.base import IndexConfig, ensure_embeddings, get_text_at_path, tokenize_path
from numpy.typing import NDArray

from memory.errors import MemoryDown
from memory.store.body import Indexed
from memory.store.errors import BadVectors
from models.errors import ModelError

Vector = NDArray[np.float32]


class Index:
    """One embedder and the fields that it reads.

    Its `fingerprint` names the collection of its vectors: another embedder, dimension or choice of fields has another.
    """

    def __init__(self, config: IndexConfig, embedder: str | None = None) -> None:
        """`embedder` names the model with its version; by itself an index knows only its class and `model`."""
        self.dims = config["dims"]
        self.embeddings = ensure_embeddings(config.get("embed"))
        self.fields = list(config.get("fields") or ["$"])
        self.embedder = embedder or _name_of(self.embeddings)
        told = json.dumps([self.embedder, self.dims, self.fields])
        self.fingerprint = sha256(told.encode()).hexdigest()[:12]

    def texts(self, value: Mapping[str, Any], index: Indexed) -> list[str]:
        """Return the texts that are to be found: those at the paths, once each; none where `index` is False."""
        if index is False:
            return []
        paths = self.fields if index is None else index
        found = (text for path in paths for text in get_text_at_path(value, _tokens(path)))
        return list(dict.fromkeys(text for text in found if text))

    def passages(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Return the vectors of texts to be found. Raises `BadVectors`, and `MemoryDown` for a `ModelError`."""
        if not texts:
            return {}
        try:
            return self._passages(texts, self.embeddings.embed_documents(list(texts)))
        except ModelError as error:
            raise MemoryDown(f"the embedder {self.embedder}", error) from error

    async def apassages(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Do the same in the event loop."""
        if not texts:
            return {}
        try:
            return self._passages(texts, await self.embeddings.aembed_documents(list(texts)))
        except ModelError as error:
            raise MemoryDown(f"the embedder {self.embedder}", error) from error

    def queries(self, texts: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors of questions; raises as `passages` does."""
        try:
            return {text: self._checked([self.embeddings.embed_query(text)], 1)[0] for text in texts}
        except ModelError as error:
            raise MemoryDown(f"the embedder {self.embedder}", error) from error

    async def aqueries(self, texts: Iterable[str]) -> dict[str, Vector]:
        """Do the same in the event loop."""
        try:
            return {text: self._checked([await self.embeddings.aembed_query(text)], 1)[0] for text in texts}
        except ModelError as error:
            raise MemoryDown(f"the embedder {self.embedder}", error) from error

    def _passages(self, texts: Sequence[str], given: Any) -> dict[str, Vector]:
        return dict(zip(texts, self._checked(given, len(texts)), strict=True))

    def _checked(self, given: Any, count: int) -> Vector:
        """Return (count, dims) numbers, each row of length 1 or all 0; raises `BadVectors`."""
        try:
            vectors = np.asarray(given, np.float32)
        except (TypeError, ValueError) as error:
            raise BadVectors(self.embedder, f"no list of numbers ({error})") from error
        if vectors.shape != (count, self.dims):
            raise BadVectors(self.embedder, f"vectors of the shape {vectors.shape} where {(count, self.dims)} was due")
        if not np.isfinite(vectors).all():
            row, column = (int(n) for n in np.argwhere(~np.isfinite(vectors))[0])
            raise BadVectors(self.embedder, f"{vectors[row, column]} as number {column} of text {row}")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vector = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return unit


def _tokens(path: str) -> Any:
    return path if path == "$" else tokenize_path(path)


def _name_of(embeddings: Any) -> str:
    model = getattr(embeddings, "model", None) or getattr(embeddings, "model_name", None)
    function = getattr(embeddings, "func", None) or getattr(embeddings, "afunc", None)
    said = model or getattr(function, "__qualname__", None)
    return f"{type(embeddings).__name__}({said})" if said else type(embeddings).__name__
