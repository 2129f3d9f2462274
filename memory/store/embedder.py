"""The embedder of a runtime as LangGraph's stores and LangChain take one."""

from langchain_core.embeddings import Embeddings

from models.embedding import ENDPOINT, Embeds


class RoleEmbeddings(Embeddings):
    """The model of the role `embedder`. It answers in the event loop of its runtime: use `aput` and `asearch`."""

    def __init__(self, embedder: Embeds, model: str = ENDPOINT) -> None:
        """`model` names it with its version, by which a store knows whether its vectors are from this one."""
        self._embedder, self.model = embedder, model

    async def aembed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return list(map(float, await self._embedder.query(text)))

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts to be found."""
        return [list(map(float, vector)) for vector in await self._embedder.passage(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Raise: there is no event loop to ask it in."""
        raise NotImplementedError(f"{self.model} answers in an event loop only; await `asearch` of the store")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Raise: there is no event loop to ask it in."""
        raise NotImplementedError(f"{self.model} answers in an event loop only; await `aput` of the store")
