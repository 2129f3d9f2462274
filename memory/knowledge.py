"""The knowledge base: pages found by their words, and by their meaning where Milvus runs.

Words decide first: they need nothing, and who asks in the words of a page is sure to get it. What they do not settle is
looked up by meaning in a collection that `langchain-milvus` keeps, one for each edition of the pages and model of
embeddings, so that a changed page or model is never searched by old vectors.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from memory.daemon_thread import in_daemon_thread
from memory.errors import MemoryDown
from memory.knowledge_pages import FOLDER, Page, page_asked_for, pages
from memory.link import Link
from memory.milvus import CALL_TIMEOUT_S, OPEN_TIMEOUT_S, Address, import_quietly, probe, translated
from models.embedding import DIMENSIONS, ENDPOINT, Embeds, Vector
from models.errors import ModelError

if TYPE_CHECKING:
    from langchain_milvus import Milvus as Collection

COLLECTION = "knowledge"
BUDGET_S = 3.0
"""For a search by meaning. Without it the question is refused, so it may take longer than a memory beside an answer."""

BATCH = 8  # pages read at a time: what is done stays done where a process ends before the collection is full
MIN_COSINE = 0.875
"""Less than this is about something else. Measured with the model of `models.embedding` on the askings of the pages and
on questions about other things by `tests/memory/test_knowledge.py`."""


class Pages:
    """The pages by their words alone: where no Milvus runs, and before it does."""

    async def find(self, question: str) -> Page | None:
        """Return the page that a question asks for, None where none fits well."""
        return await asyncio.to_thread(page_asked_for, question)


class KnowledgeBase:
    """The pages by words and by meaning. Raises nothing for want of Milvus or a model: words are left then."""

    def __init__(self, address: Address, embedder: Embeds, folder: Path = FOLDER) -> None:
        self._address, self._embedder, self._folder = address, embedder, folder
        self._link = Link("knowledge base (Milvus)", self._open)

    async def find(self, question: str) -> Page | None:
        """Return the page that a question asks for, None where none fits well."""
        if (page := await asyncio.to_thread(page_asked_for, question)) is not None:
            return page
        try:
            async with asyncio.timeout(BUDGET_S):
                return await self._by_meaning(question)
        except (MemoryDown, ModelError, TimeoutError):
            return None

    async def warm(self) -> None:
        """Connect and fill the collection where it is not there: some seconds. Raises `MemoryDown`, `ModelError`."""
        await self._link.get()

    async def close(self) -> None:
        """Disconnect; Milvus keeps running."""
        await self._link.close()

    async def _by_meaning(self, question: str) -> Page | None:
        collection = await self._link.get()
        vector = await self._embedder.query(question)
        try:
            found = await in_daemon_thread(partial(translated, partial(_nearest, vector=vector), collection))
        except MemoryDown:
            self._link.drop(collection)
            raise
        if found is None or found[1] < MIN_COSINE:
            return None
        return next((p for p in pages(self._folder) if p.id == found[0]), None)

    async def _open(self) -> "Collection":
        uri = await self._address()
        await probe(uri)
        known = await asyncio.to_thread(pages, self._folder)
        name = f"{COLLECTION}_{edition(known)}"
        collection = await in_daemon_thread(partial(translated, partial(_connected, name=name), uri))
        kept = await in_daemon_thread(partial(translated, _ids, collection))
        missing = [p for p in known if p.id not in kept]
        for first in range(0, len(missing), BATCH):
            some = missing[first : first + BATCH]
            vectors = await self._embedder.passage([p.text for p in some])
            await in_daemon_thread(partial(translated, partial(_add, some=some, vectors=vectors), collection))
        return collection


def edition(known: Sequence[Page]) -> str:
    """Return a name for what the pages say and the model that reads them."""
    said = "\n".join(f"{p.id}\n{p.text}" for p in known)
    return hashlib.sha256(f"{ENDPOINT}\n{DIMENSIONS}\n{said}".encode()).hexdigest()[:12]


def _connected(uri: str, *, name: str) -> "Collection":
    import_quietly()
    from langchain_core.embeddings import Embeddings
    from langchain_milvus import Milvus as Collection

    class Outside(Embeddings):
        """Says only how long vectors are: they come from the embedder of the runtime, which is not to be blocked."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[0.0] * DIMENSIONS for _ in texts]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Collection(
        Outside(),
        collection_name=name,
        connection_args={"uri": uri, "timeout": CALL_TIMEOUT_S},
        consistency_level="Session",
        index_params={"index_type": "FLAT", "metric_type": "COSINE"},
        search_params={"metric_type": "COSINE", "params": {}},
        auto_id=False,
    )


def _ids(collection: "Collection") -> set[str]:
    """Return the pages that a collection has."""
    client, name = collection.client, collection.collection_name
    if not client.has_collection(name, timeout=CALL_TIMEOUT_S):
        return set()
    client.load_collection(name, timeout=OPEN_TIMEOUT_S)
    rows = client.query(name, filter='pk != ""', output_fields=["pk"], limit=1_000, timeout=CALL_TIMEOUT_S)
    return {str(row["pk"]) for row in rows}


def _add(collection: "Collection", *, some: Sequence[Page], vectors: Vector) -> None:
    collection.add_embeddings([p.text for p in some], [v.tolist() for v in vectors], ids=[p.id for p in some])


def _nearest(collection: "Collection", *, vector: Vector) -> tuple[str, float] | None:
    found = collection.similarity_search_with_score_by_vector(vector.tolist(), k=1)
    return (str(found[0][0].metadata["pk"]), float(found[0][1])) if found else None
