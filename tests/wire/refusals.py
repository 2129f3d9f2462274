"""The bodies in which providers refuse, by status and reason, after their published references.

`said` stands where their own sentence would, so that a test can tell whether it was repeated; sentences that are the
only mark of a reason are kept, with it.
"""

from typing import Any

from tests.wire.script import Break, Status

OPENAI_CODES: dict[int, tuple[str, str | None]] = {
    401: ("invalid_request_error", "invalid_api_key"),
    403: ("invalid_request_error", None),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
    500: ("server_error", None),
    503: ("server_error", None),
}
OPENAI_REASONS: dict[str, tuple[str, str, str]] = {
    "context": ("invalid_request_error", "context_length_exceeded", ""),
    "filter": ("invalid_request_error", "content_filter", ""),
    "quota": ("insufficient_quota", "insufficient_quota", ""),
    "key": ("invalid_request_error", "invalid_api_key", ""),
    "size": ("tokens", "rate_limit_exceeded", "Request too large for gpt-4o on tokens per min (TPM): "),
}
DEEPSEEK_WORDS = {
    "context": "This model's maximum context length is 65536 tokens. ",
    "filter": "Content Exists Risk ",
    "quota": "Insufficient Balance ",
}
DEEPSEEK_TYPES = {401: "authentication_error", 402: "unknown_error", 429: "rate_limit_reached_error"}
GEMINI_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    402: "RESOURCE_EXHAUSTED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
RPC = "type.googleapis.com/google.rpc."


def openai_refusal(status: Status | Break) -> dict[str, Any]:
    """Return the body of OpenAI."""
    kind, code = OPENAI_CODES.get(status.code, ("invalid_request_error", None))
    words = ""
    if status.reason in OPENAI_REASONS:
        kind, code, words = OPENAI_REASONS[status.reason]
    return {"error": {"message": words + status.said, "type": kind, "param": None, "code": code}}


def deepseek_refusal(status: Status | Break) -> dict[str, Any]:
    """Return the body of DeepSeek: one code for all, so that only type and words tell them apart."""
    kind = DEEPSEEK_TYPES.get(status.code, "invalid_request_error")
    words = DEEPSEEK_WORDS.get(status.reason, "") + status.said
    return {"error": {"message": words, "type": kind, "param": None, "code": "invalid_request_error"}}


def gemini_refusal(status: Status | Break, retry_delay: str | None = None) -> dict[str, Any]:
    """Return the body of Gemini; `retry_delay` is when it takes work again, as `36.4s`."""
    details: list[dict[str, Any]] = []
    words = ""
    if status.reason == "key":
        details = [{"@type": RPC + "ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]
    elif status.reason == "context":
        words = "The input token count exceeds the maximum number of tokens allowed (1048576). "
    elif retry_delay is not None:
        violation = {"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "quotaValue": "10"}
        details = [
            {"@type": RPC + "QuotaFailure", "violations": [violation]},
            {"@type": RPC + "RetryInfo", "retryDelay": retry_delay},
        ]
    error = {"code": status.code, "message": words + status.said, "status": GEMINI_STATUSES.get(status.code, "UNKNOWN")}
    return {"error": error | ({"details": details} if details else {})}


def ollama_refusal(status: Status | Break) -> dict[str, Any]:
    """Return the body of Ollama."""
    words = "model requires more system memory (5.0 GiB) than is available (3.9 GiB)"
    return {"error": words if status.reason == "memory" else status.said}


def llama_cpp_refusal(status: Status | Break) -> dict[str, Any]:
    """Return the body of llama.cpp's server."""
    kind = "exceed_context_size_error" if status.reason == "context" else "invalid_request_error"
    return {"error": {"code": status.code, "message": status.said, "type": kind}}
