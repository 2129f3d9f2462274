"""Whose money a call costs."""

from dataclasses import dataclass
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Account:
    """What a call counts against: each has limits of its own."""

    tenant: str
    """`local` where nobody else shares this installation."""
    key: str
    """Who asks: the id of a key, or the name of the user at the command line."""
    question: str
    """Id of the run: `r` and 12 hexadecimal digits. All calls of a question share what one question may cost."""

    @classmethod
    def unnamed(cls) -> "Account":
        """Return the account of a call that nobody has given one: a question of its own."""
        return cls("local", "unnamed", f"r{uuid4().hex[:12]}")
