"""The parts of `memory.milvus_store.MilvusStore`, LangGraph's `BaseStore` on Milvus.

Two kinds of collections hold a store. `<name>_items` has a head for every item (and further rows for a value that is
too long for one); it is the truth. `<name>_vectors_<print>` has the vectors that one embedder made, each with the
version of the item that it belongs to. An item is written when its head is: vectors and parts of a version that no head
names are nobody's, whatever broke off in the middle, and are never returned.

Names and filters: `names`, `scope`, `matching`. Contents: `body`, `rows`, `index`. Milvus: `collections`, `requests`,
`connection`. What is done: `plan`, `reads`, `writes`, `upkeep`, and `background` for what nobody waits for.
"""
