"""Which values of a run may be looked at by those who read traces, by the key that they stand under.

A key that is not here is withheld with all that is under it, its own name too: in a structure of data the names of
buildings and persons are keys.
"""

from collections.abc import Mapping

OPENED = frozenset(
    "input inputs output outputs classification receipt attempts usage verification problem metadata gate".split()
)
"""Structures that are looked into, key by key."""

NAMES: Mapping[str, str] = dict.fromkeys(
    "label profile ladder chosen config cloud endpoint outcome rule destination intent by complexity status"
    " decision policy langgraph_node type strategy question_id".split(),
    "instructions",
)
"""Names that are ours: of nodes, models, endpoints, rules, labels, statuses. Each with the source of its words."""

PROSE: Mapping[str, str] = dict.fromkeys(["question", "language"], "question")
"""Whole texts, each with the source of its words. The numbers in them are of a source that nobody knows.

What quotes a text in pieces is not among them: a password without the word that says so is a word like any other.
"""

FAULTS = frozenset(["error"])
"""What went wrong: the kind of the fault is told, and nothing that it says."""

MEASURES = frozenset(
    "checked kept ms ttft_ms tokens_in tokens_out estimated cost rung langgraph_step stopped shared".split()
)
"""Numbers that measure the run and not a building."""

TIMES = frozenset(["timings_ms"])
"""Milliseconds by the name of a node."""

SHOWN = frozenset(
    "evidence charts headline notes recalled cached draft analysis answer previous queries dropped messages"
    " clearance reason ignored assumed routes".split()
)
"""Keys that are shown with how much is under them, and nothing else."""

KNOWN = OPENED | NAMES.keys() | PROSE.keys() | FAULTS | MEASURES | TIMES | SHOWN
