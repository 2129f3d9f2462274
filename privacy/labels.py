"""Sensitivity labels, from public to restricted.

Labels form a total order, so combining two pieces of data is `max`. Used as a reducer, `join` makes a graph's label
monotone: a node can raise it and none can lower it.
"""

from collections.abc import Iterable
from enum import IntEnum


class Label(IntEnum):
    """How sensitive a text or a value is. Higher may go to fewer places."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    RESTRICTED = 3


def join(left: Label, right: Label) -> Label:
    """Return the label of data made from both."""
    return max(left, right)


def join_all(labels: Iterable[Label]) -> Label:
    """Return the label of data made from all.

    Data of unknown origin has no label, and joining none is RESTRICTED: forgetting a label never opens a door.
    """
    return max(labels, default=Label.RESTRICTED)
