"""An answer of a form, read from a stream and held to its schema."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models.errors import MalformedAnswer, TruncatedAnswer
from models.usage import Chunk, Usage

Answer = TypeVar("Answer", bound=BaseModel)


async def filled(
    source: AsyncGenerator[Chunk, None],
    schema: type[Answer],
    *,
    endpoint: str,
    max_tokens: int,
    on_usage: Callable[[Usage], None] | None = None,
) -> Answer:
    """Return the answer that `source` writes, validated; `on_usage` is told the cost, also of an answer out of form.

    Raises `MalformedAnswer` where it is not of the form, `TruncatedAnswer` where it was cut at its longest.
    """
    text, finish = "", None
    async with contextlib.aclosing(source) as chunks:
        async for chunk in chunks:
            text, finish = text + chunk.text, chunk.finish
            if chunk.usage is not None and on_usage is not None:
                on_usage(chunk.usage)
    try:
        return schema.model_validate_json(text)
    except ValidationError as fault:
        said = _in_short(fault)
    # Raised outside of `except`: what hangs on an error ends in logs, and pydantic's repeats what the model wrote.
    if finish == "length":
        raise TruncatedAnswer(endpoint, f"{max_tokens} tokens were not enough")
    raise MalformedAnswer(endpoint, said)


def _in_short(fault: ValidationError) -> str:
    """Name the fields that are wrong; what the model wrote stays out of the message."""
    wrong = [f"{'.'.join(map(str, error['loc'])) or 'the whole'}: {error['type']}" for error in fault.errors()]
    return ", ".join(wrong[:5])
