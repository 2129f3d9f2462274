"""What can go wrong when a model is asked.

ModelError
├── TransientModelError      worth another try at the same endpoint
│   ├── ModelBusy            queue full or rate limited; carries retry_after_s
│   ├── ModelTimeout         no token within the budget
│   ├── ModelUnreachable     nothing answers there
│   └── ModelFailed          the server says that the model broke while it worked
└── PermanentModelError      another try gives the same result
    ├── ModelNotFound        the endpoint lacks the model
    ├── CredentialRejected   the key is missing, wrong or revoked
    ├── NotLocal             the endpoint is not proven to be on this machine or in this network
    ├── NotClearedForCloud   a cloud was to be asked for something that the gate has not cleared
    ├── RequestRejected      the endpoint does not take the request as it stands
    │   └── PromptTooLong    prompt and answer do not fit the context
    ├── MalformedAnswer      what came back is not the protocol, or not the schema
    └── TruncatedAnswer      the answer stopped before the model said that it was done

A cut answer is permanent on purpose: parts of it have been shown, and a second try would write another text after them.
"""

from collections.abc import Iterable


class ModelError(Exception):
    """A model did not answer. `endpoint` is the id of the endpoint that was asked."""

    def __init__(self, endpoint: str, words: str) -> None:
        self.endpoint = endpoint
        super().__init__(f"{endpoint} {words}")


class TransientModelError(ModelError):
    """Worth another try at the same endpoint."""


class ModelBusy(TransientModelError):
    """The endpoint refuses work for now."""

    def __init__(self, endpoint: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(endpoint, f"is busy; it accepts work again in {retry_after_s:g} s")


class ModelTimeout(TransientModelError):
    """Nothing came within the time that was left. `waiting_for` says which wait it was."""

    def __init__(self, endpoint: str, waiting_for: str, waited_s: float) -> None:
        self.waiting_for, self.waited_s = waiting_for, waited_s
        super().__init__(endpoint, f"gave no {waiting_for} within {waited_s:.3g} s")


class ModelUnreachable(TransientModelError):
    """Nothing answers at the endpoint's address."""

    def __init__(self, endpoint: str, where: str, cause: str) -> None:
        self.cause = cause
        super().__init__(endpoint, f"cannot be reached at {where} ({cause}); {_remedy(endpoint)}")


class ModelFailed(TransientModelError):
    """The server answers, and says that the model broke while it worked."""

    def __init__(self, endpoint: str, said: str) -> None:
        super().__init__(endpoint, f"failed: {said}")


class PermanentModelError(ModelError):
    """Another try at this endpoint gives the same result."""


class ModelNotFound(PermanentModelError):
    """The endpoint lacks the model."""

    def __init__(self, endpoint: str, model: str, present: Iterable[str] | None = None) -> None:
        self.model = model
        has = "does not have" if present is None else f"has {', '.join(present) or 'no models'}, not"
        remedy = f"`ollama pull {model}`" if endpoint.startswith("ollama") else "`eaio doctor`"
        super().__init__(endpoint, f"{has} {model!r}; run {remedy}")


class CredentialRejected(PermanentModelError):
    """The key is missing, wrong or revoked."""

    def __init__(self, endpoint: str, status: int | None) -> None:
        rejected = f"rejects the credential (status {status}); check the key of this endpoint"
        super().__init__(endpoint, rejected if status else "has no key; give it one, and it can be asked")


class NotLocal(PermanentModelError):
    """The endpoint is not proven to be on this machine or in this network, so it gets nothing."""

    def __init__(self, endpoint: str, why: str) -> None:
        self.why = why
        super().__init__(endpoint, f"is not local: {why}")


class NotClearedForCloud(PermanentModelError):
    """A cloud was to be asked for something that the gate has not cleared. Nothing was sent."""

    def __init__(self, endpoint: str, why: str) -> None:
        self.why = why
        super().__init__(endpoint, f"gets nothing that is not cleared: {why}")


class RequestRejected(PermanentModelError):
    """The endpoint does not take the request as it stands."""

    def __init__(self, endpoint: str, said: str) -> None:
        super().__init__(endpoint, f"rejects the request: {said}")


class PromptTooLong(RequestRejected):
    """Prompt and answer do not fit the context; local servers would cut the prompt in silence."""


class MalformedAnswer(PermanentModelError):
    """What came back is not the protocol, or does not fit the schema that was asked for."""

    def __init__(self, endpoint: str, why: str) -> None:
        super().__init__(endpoint, f"answered out of form: {why}")


class TruncatedAnswer(PermanentModelError):
    """The answer stopped before the model said that it was done."""

    def __init__(self, endpoint: str, why: str) -> None:
        super().__init__(endpoint, f"was cut off: {why}")


def _remedy(endpoint: str) -> str:
    """Say what makes an endpoint answer."""
    if endpoint.startswith("ollama"):
        return "start it with `ollama serve`"
    return "check the network" if endpoint.startswith("cloud") else "start it with `eaio up`"
