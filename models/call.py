"""One question to one model, as it is handed from step to step on its way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.deadline import Deadline
from models.endpoint import Endpoint
from models.pool import Priority, Work
from models.roles import Sampling
from models.usage import estimate_tokens

if TYPE_CHECKING:
    from models.voice import Messages, Schema


@dataclass(frozen=True, slots=True)
class Call:
    """Who is asked what, how it is to be answered, and by when."""

    endpoint: Endpoint
    messages: "Messages"
    sampling: Sampling
    deadline: Deadline
    priority: Priority
    schema: "Schema | None" = None
    """The form that the answer is held to."""

    @property
    def prompt(self) -> str:
        """Return all words of the messages."""
        return "\n".join(m[1] if isinstance(m, tuple) else str(m.text) for m in self.messages)

    @property
    def work(self) -> Work:
        """Return how large the call is, as estimated."""
        return Work(estimate_tokens(self.prompt), self.sampling.max_tokens)

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what makes two calls the same: where, what, how and in which form; not by when or how urgent."""
        said = tuple(m if isinstance(m, tuple) else m.model_dump_json() for m in self.messages)
        return self.endpoint.id, self.endpoint.base_url, said, self.sampling, repr(self.schema)
