"""A chat model of LangChain, asked so that nothing of ours depends on its vendor.

Importing this loads LangChain, which takes half a second: import it in a thread, when a model is first asked.
"""

import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langsmith.run_helpers import tracing_context

from models.errors import MalformedAnswer, ModelError, TruncatedAnswer
from models.finishes import FILTERED, TOOL_CALL
from models.roles import Sampling
from models.usage import Part

Schema = Mapping[str, Any]
Messages = Sequence[BaseMessage | tuple[str, str]]

# What a client library raises on bytes that are not its protocol: JSON and pydantic errors are `ValueError`, and a
# JSON value of another shape fails wherever the library first touches it.
OUT_OF_FORM = (ValueError, TypeError, KeyError, IndexError, AttributeError)

NAME = re.compile(r"[\w.:/@+-]{1,128}", re.ASCII)
"""What is taken for a model's name; anything else that a server puts in its place is not repeated."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A chat model and how its vendor wants to be asked."""

    endpoint: str
    chat: BaseChatModel
    options: Callable[[Sampling, Schema | None], dict[str, Any]]
    """The vendor's arguments for a sampling and, for a structured answer, a JSON schema."""
    translate: Callable[[Exception, bool], ModelError | None]
    """Turns what the vendor's client raised into ours, told whether text had come; None for what is not its own."""
    adds_up: bool = False
    """Whether the counts of the messages are to be added up; else the last ones are of the whole answer."""

    async def parts(self, messages: Messages, sampling: Sampling, schema: Schema | None) -> AsyncGenerator[Part, None]:
        """Ask once and yield what comes; raises `ModelError`, so also where the last message is missing.

        What goes wrong after the last message, in which the model says why it stopped, spoils nothing.
        """
        begun, finished, error, part = False, False, None, Part()
        try:
            with tracing_context(enabled=False):  # whatever the environment asks for
                async for message in self.chat.astream(list(messages), **self.options(sampling, schema)):
                    part = _part(message, part if self.adds_up else Part())
                    begun, finished = begun or bool(part.text), finished or part.finish is not None
                    yield part
        except Exception as fault:  # whatever is not known to be the vendor's doing is raised again as it is
            error = self.translate(fault, begun) or _out_of_form(fault, self.endpoint)
            if error is None:
                raise
        if finished:
            return
        if error is not None:  # raised here, where no fault of the vendor's hangs on it: those hold the whole request
            raise error
        raise TruncatedAnswer(self.endpoint, "the stream ended without its last message")


def _part(message: AIMessageChunk, before: Part) -> Part:
    """Read a message; its counts are added to those of `before`."""
    said, counts = message.response_metadata, message.usage_metadata
    tokens_in, tokens_out, cached = before.tokens_in, before.tokens_out, before.cached
    if counts is not None:
        tokens_in = (tokens_in or 0) + counts["input_tokens"]
        tokens_out = (tokens_out or 0) + counts["output_tokens"]
        cached += counts.get("input_token_details", {}).get("cache_read") or 0
    name = said.get("model_name")
    known = name if isinstance(name, str) and NAME.fullmatch(name) else None
    return Part(str(message.text), _finish(message), tokens_in, tokens_out, known, cached=cached)


def _finish(message: AIMessageChunk) -> str | None:
    """Return why the model stopped, in its protocol's word, or None where it goes on."""
    said = message.response_metadata
    if message.tool_calls or message.invalid_tool_calls:
        return TOOL_CALL
    if (said.get("prompt_feedback") or {}).get("block_reason") is not None:  # Gemini's, instead of an answer
        return FILTERED
    if said.get("done"):  # Ollama's
        return str(said.get("done_reason") or "stop")
    return str(said["finish_reason"]) if said.get("finish_reason") else None


def _out_of_form(fault: Exception, endpoint: str) -> ModelError | None:
    if type(fault) is ValueError:  # LangChain's word for a stream that ended before its first message
        return TruncatedAnswer(endpoint, "the stream ended before its first message")
    if isinstance(fault, JSONDecodeError):
        return MalformedAnswer(endpoint, f"no JSON ({fault.msg})")
    # Only the kind of any other: pydantic's messages repeat what came, and messages of errors are kept.
    return MalformedAnswer(endpoint, type(fault).__name__) if isinstance(fault, OUT_OF_FORM) else None
