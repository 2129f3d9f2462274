"""Agent memory: texts that were worth keeping, found again by their meaning.

What is remembered stays data: nothing in a text, a tenant's name or an id is ever read as part of a request.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from memory.agent_memory_rows import MAX_TEXT_CHARS, Memory, delete, memory_id, prepare, search, upsert
from memory.errors import MemoryDown
from memory.milvus import Address, Milvus
from models.embedding import Vector
from models.errors import ModelError
from privacy.labels import Label

__all__ = ["AgentMemory", "Embeds", "Memory"]

MIN_COSINE = 0.85
"""Less than this is another subject. Measured with the model of `models.embedding`: other words for the same question
score 0.86 to 0.94, questions about something else up to 0.83. A look-alike (another building, another year) scores up
to 0.87: a memory is a hint about the subject and never the answer."""


class Embeds(Protocol):
    """Where vectors come from: (384,) for a question, (n, 384) for texts, of length 1; raises `ModelError`."""

    async def query(self, text: str) -> Vector:
        """Return the vector of a question."""
        ...

    async def passage(self, texts: Sequence[str]) -> Vector:
        """Return the vectors of texts to be found."""
        ...


class AgentMemory:
    """What is remembered, by tenant. Every call raises `MemoryDown` where Milvus or the embedder does not answer.

    The first call connects, which takes seconds where Milvus has to be started: call `warm` early and in the
    background. Callers set their own time limit; one that gives up gets away at once.
    """

    def __init__(self, address: Address, embedder: Embeds) -> None:
        """`address` returns the URI of Milvus; it is asked again after each fault. See `memory.milvus.milvus_of`."""
        self._milvus, self._embedder = Milvus(address, prepare), embedder

    async def warm(self) -> None:
        """Connect, make the collection where it is not there, and load the embedder."""
        await self._milvus.warm()
        await self._query_vector("electricity")

    async def recall(
        self, question: str, *, tenant: str = "local", limit: int = 3, max_label: Label = Label.RESTRICTED
    ) -> list[tuple[Memory, float]]:
        """Return what the tenant remembers about the subject of a question, with its cosine, best first.

        Only what has not expired, is labelled at most `max_label`, and is as near as `MIN_COSINE`.
        """
        if not question.strip():
            return []
        vector = await self._query_vector(question)
        wanted = partial(search, vector=vector, tenant=tenant, now=datetime.now(UTC), max_label=max_label, limit=limit)
        return [(memory, cosine) for memory, cosine in await self._milvus.call(wanted) if cosine >= MIN_COSINE]

    async def keep(self, memory: Memory, *, tenant: str = "local") -> str:
        """Keep a memory and return its id, which is that of its tenant, kind and text.

        The same text again replaces the first: it is as new as the second, and its label the higher of both.
        """
        text = memory.text[:MAX_TEXT_CHARS].encode("utf-8", "replace").decode()  # half a surrogate pair has no UTF-8
        kept = replace(memory, text=text, id=memory_id(tenant, memory.kind, text))
        vector = await self._passage_vector(text)
        await self._milvus.call(partial(upsert, memory=kept, tenant=tenant, vector=vector))
        return kept.id

    async def forget(self, ids: Collection[str], *, tenant: str = "local") -> None:
        """Forget what has these ids and belongs to the tenant; ids that are not there are no error."""
        if ids:
            await self._milvus.call(partial(delete, ids=ids, tenant=tenant))

    async def close(self) -> None:
        """Disconnect; Milvus itself keeps running, and the embedder is its owner's to close."""
        await self._milvus.close()

    async def _query_vector(self, question: str) -> Vector:
        try:
            return await self._embedder.query(question)
        except ModelError as error:
            raise MemoryDown("the embedder of agent memory", error) from error

    async def _passage_vector(self, text: str) -> Vector:
        try:
            vector: Vector = (await self._embedder.passage([text]))[0]
        except ModelError as error:
            raise MemoryDown("the embedder of agent memory", error) from error
        return vector
