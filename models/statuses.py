"""What a status of HTTP means for a model, whichever protocol it came with."""

from collections.abc import Mapping

import httpx

from models.endpoint import Endpoint
from models.errors import (
    CredentialRejected,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    PromptTooLong,
    RequestRejected,
)

RETRY_AFTER_S = 1.0
"""Taken where a server is busy and does not say for how long; a local one has worked off a short queue by then."""

TOO_LONG = ("exceeds the available context", "exceeds the context", "exceed_context_size", "context_length_exceeded")


def error_of(status: int, said: str, endpoint: Endpoint, headers: Mapping[str, str] | None = None) -> ModelError:
    """Return the error that a status and the words with it stand for."""
    match status:
        case 401 | 403:
            return CredentialRejected(endpoint.id, status)
        case 404:
            return ModelNotFound(endpoint.id, endpoint.model)
        case 429 | 503 | 529:
            return ModelBusy(endpoint.id, retry_after_s(headers or {}))
        case _ if any(words in said for words in TOO_LONG):
            return PromptTooLong(endpoint.id, said)
        case 408:
            return ModelFailed(endpoint.id, f"status {status}: {said}")
        case _ if httpx.codes.is_client_error(status):
            return RequestRejected(endpoint.id, f"status {status}: {said}")
        case _:
            return ModelFailed(endpoint.id, f"status {status}: {said}")


def retry_after_s(headers: Mapping[str, str]) -> float:
    """Return the seconds of a Retry-After header; a date, nonsense or none gives the default."""
    said = headers.get("retry-after", "")
    return min(float(said), 3600.0) if said.isdecimal() else RETRY_AFTER_S
