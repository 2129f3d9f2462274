"""Traces of runs: redacted and sent to the policy's host if they are asked for, otherwise none at all.

Nothing in the environment turns them on. A tracer that is already there, of a program around this one, is put aside:
its client would send what it is given.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from langchain_core.runnables.config import var_child_runnable_config
from langchain_core.tracers.context import tracing_v2_callback_var
from langsmith.run_helpers import tracing_context
from langsmith.run_trees import configure

from privacy.errors import PrivacyError
from privacy.policy import Policy
from privacy.redaction import Redactor
from telemetry.log import log

if TYPE_CHECKING:
    from langsmith import Client

FLUSH_S = 3.0
"""The end of the process waits so long for traces that are still queued."""


class Traces:
    """The client of one process, opened when the first run is traced."""

    def __init__(self, open_client: Callable[[], "Client"]) -> None:
        self._open = open_client
        self._client: Client | None = None
        self._refused = False

    def client(self) -> "Client | None":
        """Return the client, or None where there can be none: the run is then answered without a trace."""
        if self._client is None and not self._refused:
            try:
                self._client = self._open()
            except (PrivacyError, ValueError) as fault:
                self._refused = True
                log.error("no traces are sent: %s", fault)
        return self._client

    async def close(self) -> None:
        """Send what is queued, for `FLUSH_S` at most, and close."""
        if self._client is not None:
            await asyncio.to_thread(self._client.close, FLUSH_S)


def tracing_client(
    redactor: Redactor, policy: Callable[[], Policy], url: str, key: str | None, project: str
) -> "Client":
    """Return a client that sends redacted runs. Raises `NotCleared` or `ValueError`, each with the remedy."""
    if not key:
        raise ValueError("tracing needs a key of LangSmith; set LANGSMITH_API_KEY, or unset EAIO_TRACING")
    from memory.trace_client import TraceClient

    return TraceClient(redactor, policy, url, key, project)


def ignore_environment() -> None:
    """Let no variable of the environment turn traces on in this process; a program that asks for them still may.

    It is for servers that run the graph by themselves, where `traced` is not around it.
    """
    configure(enabled=False)


@contextmanager
def traced(enabled: bool, client_of: Callable[[], "Client | None"]) -> Iterator[None]:
    """Trace what runs within by the given client, if it is `enabled` and there is one; else trace nothing."""
    client = client_of() if enabled else None
    # Set back by hand: a generator may be closed in another context than it was begun in, where a token is refused.
    tracer, around = tracing_v2_callback_var.get(), var_child_runnable_config.get()
    tracing_v2_callback_var.set(None)
    var_child_runnable_config.set(None)
    try:
        with tracing_context(enabled=client is not None, client=client, parent=False):
            yield
    finally:
        tracing_v2_callback_var.set(tracer)
        var_child_runnable_config.set(around)
