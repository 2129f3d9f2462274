"""What a server's refusal means for a model, whichever protocol it came with.

A refusal is judged by its code first, then by known words of its message, then by its status: providers agree on the
statuses, and say the same thing under different ones. The message is looked at and never kept: it may repeat the
prompt. What an error shows of a refusal is its `shown`, which its maker chooses.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto

import httpx

from models.endpoint import Endpoint
from models.errors import (
    ContentFiltered,
    CredentialRejected,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    PromptTooLong,
    QuotaExhausted,
    RequestRejected,
)

RETRY_AFTER_S = 1.0
"""Taken where a server is busy and does not say for how long; a local one has worked off a short queue by then."""
MOST_RETRY_AFTER_S = 3600.0
LIMITED = 429
"""The one status of a busy server that is about who asks."""
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
SHOWN = 300
"""Most characters of a server's words in an error."""


class Meaning(Enum):
    """What a refusal comes to."""

    NO_CREDIT = auto()
    BAD_KEY = auto()
    NO_MODEL = auto()
    BUSY = auto()
    TOO_LONG = auto()
    FILTERED = auto()
    NO_MEMORY = auto()
    REJECTED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server says in place of an answer."""

    status: int | None
    """Of HTTP; None for an error inside a stream."""
    shown: str
    """What of it may be read by a person: for a cloud its code, for a server of ours its words."""
    codes: tuple[str, ...] = ()
    """The provider's codes, kinds and reasons."""
    words: str = field(default="", repr=False)
    """Its message, looked at and not kept."""
    retry_s: float | None = None
    """Seconds until it takes work again, where the body says so."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


CODES = {
    "insufficient_quota": Meaning.NO_CREDIT,
    "billing_hard_limit_reached": Meaning.NO_CREDIT,
    "billing_not_active": Meaning.NO_CREDIT,
    "invalid_api_key": Meaning.BAD_KEY,
    "API_KEY_INVALID": Meaning.BAD_KEY,
    "UNAUTHENTICATED": Meaning.BAD_KEY,
    "model_not_found": Meaning.NO_MODEL,
    "context_length_exceeded": Meaning.TOO_LONG,
    "exceed_context_size_error": Meaning.TOO_LONG,
    "content_filter": Meaning.FILTERED,
    "content_policy_violation": Meaning.FILTERED,
    "invalid_prompt": Meaning.FILTERED,
    "rate_limit_exceeded": Meaning.BUSY,
    "server_is_overloaded": Meaning.BUSY,
    "slow_down": Meaning.BUSY,
    "RESOURCE_EXHAUSTED": Meaning.BUSY,
    "UNAVAILABLE": Meaning.BUSY,
    "unsupported_country_region_territory": Meaning.REJECTED,  # under 403; the key is right
}

# Where the code says no more than that the request is wrong. In lower case.
WORDS = {
    "exceeds the available context": Meaning.TOO_LONG,  # llama.cpp
    "exceeds the context": Meaning.TOO_LONG,
    "maximum context length": Meaning.TOO_LONG,  # DeepSeek
    "exceeds the maximum number of tokens": Meaning.TOO_LONG,  # Gemini
    "request too large": Meaning.TOO_LONG,  # OpenAI, under 429: more than a minute's tokens, so never taken
    "content exists risk": Meaning.FILTERED,  # DeepSeek
    "insufficient balance": Meaning.NO_CREDIT,  # DeepSeek
    "requires more system memory": Meaning.NO_MEMORY,  # Ollama, under 500
}

STATUSES = {
    401: Meaning.BAD_KEY,
    402: Meaning.NO_CREDIT,
    403: Meaning.BAD_KEY,
    404: Meaning.NO_MODEL,
    408: Meaning.FAILED,
    409: Meaning.FAILED,  # another request was in its way
    413: Meaning.TOO_LONG,
    429: Meaning.BUSY,
    503: Meaning.BUSY,
    529: Meaning.BUSY,
}


def error_of(refusal: Refusal, endpoint: Endpoint) -> ModelError:
    """Return the error that a refusal stands for."""
    shown = refusal.shown[:SHOWN]
    said = shown if refusal.status is None else f"status {refusal.status}: {shown}"
    make: dict[Meaning, Callable[[], ModelError]] = {
        Meaning.NO_CREDIT: lambda: QuotaExhausted(endpoint.id),
        Meaning.BAD_KEY: lambda: CredentialRejected(endpoint.id, refusal.status or 401),
        Meaning.NO_MODEL: lambda: ModelNotFound(endpoint.id, endpoint.model),
        Meaning.BUSY: lambda: ModelBusy(endpoint.id, come_back_s(refusal), of_key=refusal.status == LIMITED),
        Meaning.TOO_LONG: lambda: PromptTooLong(endpoint.id, said),
        Meaning.FILTERED: lambda: ContentFiltered(endpoint.id, said),
        Meaning.NO_MEMORY: lambda: RequestRejected(endpoint.id, f"{said}; unload another model, or use a smaller one"),
        Meaning.REJECTED: lambda: RequestRejected(endpoint.id, said),
        Meaning.FAILED: lambda: ModelFailed(endpoint.id, said),
    }
    return make[meaning_of(refusal)]()


def meaning_of(refusal: Refusal) -> Meaning:
    """Return what a refusal comes to."""
    if refusal.status in {402, 404}:  # said plainly, whatever the code: Gemini gives the code of a busy server with 402
        return STATUSES[refusal.status]
    words = refusal.words.lower()
    told = [meaning for known, meaning in WORDS.items() if known in words]
    coded = [CODES[code] for code in refusal.codes if code in CODES]
    # A busy server that says why it will never take the request is not busy.
    if told and coded[:1] in ([], [Meaning.BUSY]):
        return told[0]
    return coded[0] if coded else _by_status(refusal.status)


def code_of(codes: Iterable[object]) -> str:
    """Return the first that is a code, which may be shown; no words of a provider's are."""
    return next((code for code in codes if isinstance(code, str) and CODE.fullmatch(code)), "no code")


def come_back_s(refusal: Refusal) -> float:
    """Return the seconds until a busy server takes work again, at most `MOST_RETRY_AFTER_S`."""
    return retry_after_s(refusal.headers) if refusal.retry_s is None else min(refusal.retry_s, MOST_RETRY_AFTER_S)


def retry_after_s(headers: Mapping[str, str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float:
    """Return the seconds that `retry-after-ms` or Retry-After says, as a number or as a date.

    A date is compared with the server's own Date where it sends one, because clocks differ; nonsense or none gives
    `RETRY_AFTER_S`.
    """
    if (thousandths := number(headers.get("retry-after-ms", ""))) is not None:
        seconds: float | None = thousandths / 1000
    elif (seconds := number(headers.get("retry-after", ""))) is None:
        until, since = _date(headers.get("retry-after", "")), _date(headers.get("date", ""))
        seconds = None if until is None else max(0.0, (until - (since or now())).total_seconds())
    return RETRY_AFTER_S if seconds is None else min(seconds, MOST_RETRY_AFTER_S)


def number(said: str) -> float | None:
    """Return a plain number of zero or more, or None."""
    return float(said) if NUMBER.fullmatch(said.strip()) else None


def _by_status(status: int | None) -> Meaning:
    if status is None:
        return Meaning.FAILED
    return STATUSES.get(status, Meaning.REJECTED if httpx.codes.is_client_error(status) else Meaning.FAILED)


def _date(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
