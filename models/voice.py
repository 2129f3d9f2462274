"""A chat model of LangChain, asked so that nothing of ours depends on its vendor.

Importing this loads LangChain, which takes half a second: import it in a thread, when a model is first asked.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langsmith.run_helpers import tracing_context

from models.errors import MalformedAnswer, ModelError, TruncatedAnswer
from models.roles import Sampling
from models.usage import Part

Schema = Mapping[str, Any]
Messages = Sequence[BaseMessage | tuple[str, str]]

# What a client library raises on bytes that are not its protocol: JSON and pydantic errors are `ValueError`, and a
# JSON value of another shape fails wherever the library first touches it.
OUT_OF_FORM = (ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Voice:
    """A chat model and how its vendor wants to be asked."""

    endpoint: str
    chat: BaseChatModel
    options: Callable[[Sampling, Schema | None], dict[str, Any]]
    """The vendor's arguments for a sampling and, for a structured answer, a JSON schema."""
    translate: Callable[[Exception, bool], ModelError | None]
    """Turns what the vendor's client raised into ours, told whether text had come; None for what is not its own."""

    async def parts(self, messages: Messages, sampling: Sampling, schema: Schema | None) -> AsyncGenerator[Part, None]:
        """Ask once and yield what comes; raises `ModelError`, so also where the last message is missing."""
        begun, finished, error = False, False, None
        try:
            with tracing_context(enabled=False):  # whatever the environment asks for
                async for message in self.chat.astream(list(messages), **self.options(sampling, schema)):
                    part = _part(message)
                    begun, finished = begun or bool(part.text), finished or part.finish is not None
                    yield part
        except Exception as fault:  # whatever is not known to be the vendor's doing is raised again as it is
            error = self.translate(fault, begun) or _out_of_form(fault, self.endpoint)
            if error is None:
                raise
        if error is not None:  # raised here, where no fault of the vendor's hangs on it: those hold the whole request
            raise error
        if not finished:
            raise TruncatedAnswer(self.endpoint, "the stream ended without its last message")


def _part(message: AIMessageChunk) -> Part:
    """Read what Ollama calls `done_reason` and the others `finish_reason`; counts below zero are no counts."""
    said = message.response_metadata
    done = (said.get("done_reason") or "stop") if said.get("done") else said.get("finish_reason")
    done = "length" if done == "MAX_TOKENS" else done  # Gemini's word for it
    counts = message.usage_metadata
    if counts is None or min(counts["input_tokens"], counts["output_tokens"]) < 0:
        return Part(str(message.text), done)
    return Part(str(message.text), done, counts["input_tokens"], counts["output_tokens"])


def _out_of_form(fault: Exception, endpoint: str) -> ModelError | None:
    if type(fault) is ValueError:  # LangChain's word for a stream that ended before its first message
        return TruncatedAnswer(endpoint, "the stream ended before its first message")
    if isinstance(fault, JSONDecodeError):
        return MalformedAnswer(endpoint, f"no JSON ({fault.msg})")
    # Only the kind of any other: pydantic's messages repeat what came, and messages of errors are kept.
    return MalformedAnswer(endpoint, type(fault).__name__) if isinstance(fault, OUT_OF_FORM) else None
