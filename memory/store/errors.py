"""What can go wrong in the store.

StoreRefused             what was given cannot be kept; nothing of it was (a ValueError, as LangGraph's stores raise)
├── ValueTooLarge        more bytes than one item may have
├── NotJson              something in the value is not JSON
├── NameTooLong          a namespace that is too long
└── BadTTL               a time to live that is no time
BadVectors               the embedder gave NaN, another dimension or another number of vectors (a `MemoryDown`)

`memory.errors.MemoryDown` and `MemoryLate` where Milvus does not answer; `InvalidNamespaceError` of LangGraph.
"""

from memory.errors import MemoryDown


class StoreRefused(ValueError):
    """What was given cannot be kept; nothing of it was."""


class ValueTooLarge(StoreRefused):
    """More bytes than one item may have."""


class NotJson(StoreRefused):
    """Something in the value is not JSON."""


class NameTooLong(StoreRefused):
    """A namespace that is too long."""


class BadTTL(StoreRefused):
    """A time to live that is no time."""


class BadVectors(MemoryDown):
    """The embedder gave something that is no vector of the index; nothing was written."""

    def __init__(self, embedder: str, what: str) -> None:
        super().__init__(f"the embedder {embedder}", what)
        remedy = "check the model of the role `embedder`, or put with index=False to keep the value unsearched"
        self.args = (f"the embedder {embedder} gave {what}; nothing was written: {remedy}",)
