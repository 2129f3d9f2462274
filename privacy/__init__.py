"""What may leave: labels that only rise, and the gate."""

from privacy.gate import Decision, clear
from privacy.labels import Label, join, join_all

__all__ = ["Decision", "Label", "clear", "join", "join_all"]
