"""Each method beside a reference: what an answer says, and what an independent library or formula makes of the data.

`python -m benchmarks.data.methods` computes both in one run and prints them, as the table of `docs/methods.md`.
"""
