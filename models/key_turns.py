"""A call that goes on with another key where the provider refuses the one it has."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TypeVar

from models.errors import CredentialRejected, ModelBusy, ModelError, QuotaExhausted
from models.keys import Key, KeyRing
from privacy.cleared import SENDS

OF_A_KEY = (CredentialRejected, QuotaExhausted, ModelBusy)
"""What another key may not meet; a busy server says whether it is the key that is over its rate."""

T = TypeVar("T")


async def with_keys(
    ring: KeyRing, endpoint: str, ask: Callable[[], AsyncGenerator[T, None]]
) -> AsyncGenerator[T, None]:
    """Yield what `ask` gives; where its key is refused before that begins, ask again with the next key.

    To be run where the sending is, within the task that `relay` makes: a context is not handed into that. A cleared
    prompt may be sent `SENDS` times, so no more keys than that are tried for one. Raises what `ask` raises, and what
    `KeyRing.refusal` returns when no key of several is left.
    """
    tried: list[Key] = []
    while len(tried) < SENDS:
        key = ring.use(endpoint, tried)
        tried.append(key)
        begun = False
        try:
            async with aclosing(_with_key(ring, key, ask())) as parts:
                async for part in parts:
                    if not begun:
                        begun = True
                        ring.worked(key)
                    yield part
                return
        except OF_A_KEY as fault:
            if begun or not _is_of_key(fault):
                raise
            ring.refused(key, fault)
            if ring.is_only(key):
                raise
    raise ring.refusal(endpoint, tried)


def _is_of_key(fault: ModelError) -> bool:
    return not isinstance(fault, ModelBusy) or fault.of_key


async def _with_key(ring: KeyRing, key: Key, source: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """Yield what `source` gives. Only its own steps have the key: between two of them others run in the context."""
    async with aclosing(source):
        while True:
            try:
                with ring.holding(key):
                    part = await anext(source)
            except StopAsyncIteration:
                return
            yield part
