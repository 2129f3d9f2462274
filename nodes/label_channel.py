"""The channel of the label: it only rises, and takes nothing but labels.

A plain reducer is not enough: LangGraph's `Overwrite`, also in its two JSON forms, walks past reducers, wherever an
update comes from (a node, `Command`, `update_state`, a server's API). Nor is a number or a word taken for a label.
"""

from collections.abc import Sequence
from typing import Any

from langgraph.channels.binop import BinaryOperatorAggregate
from langgraph.errors import InvalidUpdateError

from privacy.labels import Label, join


class RisingLabel(BinaryOperatorAggregate[Label]):
    """A label that each update can raise and none can lower; there is none before the first."""

    def __init__(self, typ: type[Label], operator: Any = join) -> None:
        super().__init__(typ, operator)

    def update(self, values: Sequence[Label]) -> bool:
        """Join labels into the one there is; raises `InvalidUpdateError` for anything that is not a `Label`."""
        for value in values:
            if not isinstance(value, Label):
                raise InvalidUpdateError(f"the label takes a Label, not a {type(value).__name__}: it can only rise")
        return super().update(values)
