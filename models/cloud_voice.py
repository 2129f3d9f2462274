"""A cloud's chat model that can be asked by a cleared prompt only, and what its faults are called here.

Importing this loads LangChain: import it in a thread, when a cloud is first asked.
"""

import contextlib
import json
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx

from models.cloud_sites import CloudSite
from models.cloud_transport import Clients, carrying
from models.errors import (
    ContentFiltered,
    ModelError,
    ModelFailed,
    ModelUnreachable,
    NotClearedForCloud,
    TruncatedAnswer,
)
from models.roles import Sampling
from models.statuses import Refusal, error_of
from models.usage import Part
from models.voice import OUT_OF_FORM, Voice
from privacy.cleared import ClearedPrompt
from privacy.errors import NotCleared

# At DEBUG the libraries write whole requests and answers into the log, and one of them warns in the provider's words.
WORDY = dict.fromkeys(("openai", "google_genai", "httpx", "httpcore"), logging.WARNING) | {
    "langchain_google_genai": logging.ERROR
}


@dataclass(frozen=True, slots=True)
class CloudVoice:
    """A chat model behind guarded transports. It has no other way to be asked than `parts`."""

    _voice: Voice
    clients: Clients

    async def parts(self, prompt: ClearedPrompt) -> AsyncGenerator[Part, None]:
        """Ask once and yield what comes; raises `ModelError`."""
        sampling = Sampling(prompt.temperature, prompt.max_tokens)
        schema = None if prompt.schema is None else json.loads(prompt.schema)
        async with contextlib.aclosing(self._voice.parts(prompt.messages, sampling, schema)) as source:
            while True:
                # Only the step itself carries the prompt: between two steps others run in the same context.
                with carrying(prompt):
                    part = await anext(source, None)
                if part is None:
                    return
                yield part


def fault_of(fault: Exception, begun: bool, site: CloudSite) -> ModelError | None:
    """Return the error for what went wrong on the way, in words that repeat nothing of request or answer.

    The rest, None, is an answer out of form. What a provider says of its own is left to `refused`.
    """
    if uncleared := next((cause for cause in _causes(fault) if isinstance(cause, NotCleared)), None):
        return NotClearedForCloud(site.id, str(uncleared))
    if isinstance(fault, OUT_OF_FORM):
        return None
    kind = type(next((cause for cause in _causes(fault) if isinstance(cause, httpx.HTTPError | OSError)), fault))
    if begun:
        return TruncatedAnswer(site.id, kind.__name__)
    if issubclass(kind, httpx.HTTPError | OSError):
        return ModelUnreachable(site.id, site.base_url, kind.__name__)
    return ModelFailed(site.id, kind.__name__)


def refused(refusal: Refusal, begun: bool, site: CloudSite) -> ModelError:
    """Return the error for what a provider says in place of an answer, or in the middle of one."""
    error = error_of(refusal, site.endpoint("analyst"))
    if not begun or isinstance(error, ContentFiltered):
        return error
    said = refusal.shown if refusal.status is None else f"status {refusal.status}: {refusal.shown}"
    return TruncatedAnswer(site.id, said)


def quiet() -> None:
    """Keep the client libraries from logging requests, however much the rest logs."""
    for name, level in WORDY.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, level))


def _causes(fault: BaseException | None) -> list[BaseException]:
    return [] if fault is None else [fault, *_causes(fault.__cause__ or fault.__context__)]
