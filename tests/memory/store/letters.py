"""An embedder that anybody can follow: a text is the numbers of its letters."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

from langchain_core.embeddings import Embeddings

from memory.milvus_store import MilvusStore

LETTERS = "abcdefghijklmnopqrstuvwxyz "
Opens = Callable[..., MilvusStore]


class Letters(Embeddings):
    """A text is the numbers of its letters: near are texts of the same letters. `dims` beyond those stay 0."""

    def __init__(self, dims: int = len(LETTERS), model: str = "letters") -> None:
        self.dims, self.model = dims, model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = Counter(text.lower())
        length = math.sqrt(sum(counts[letter] ** 2 for letter in LETTERS)) or 1.0
        return [counts[letter] / length for letter in LETTERS] + [0.0] * (self.dims - len(LETTERS))


def index_of(embed: Any, *fields: str) -> Any:
    """Return an index config over an embedder of `dims`."""
    return {"dims": embed.dims, "embed": embed, "fields": list(fields or ("text",))}
