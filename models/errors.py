"""What can go wrong when a model is asked.

ModelError
├── TransientModelError      another call, a moment later, may succeed
│   ├── ModelBusy            rate limited or overloaded, says the endpoint; carries retry_after_s
│   ├── ModelOverloaded      our queue for it is full, or too long for the deadline
│   ├── ModelResting         it failed too often; nothing is sent for a while; carries retry_after_s
│   ├── ModelTimeout         no token within the budget
│   ├── ModelUnreachable     nothing answers there
│   └── ModelFailed          the server says that the model broke while it worked
└── PermanentModelError      another try gives the same result
    ├── ModelNotFound        the endpoint lacks the model
    ├── CredentialRejected   the key is missing, wrong or revoked
    │   └── NoKeyLeft        there is none to send, or several are rejected
    ├── QuotaExhausted       the account has no credit left
    ├── BudgetRefused        our own budget does not pay for the call; nothing was sent
    │   ├── BudgetSpent      nothing, or not enough, is left of it
    │   ├── BudgetLow        so little is left that all stays local
    │   └── BudgetDown       nobody can say what is left
    ├── NotLocal             the endpoint is not proven to be on this machine or in this network
    ├── NotClearedForCloud   a cloud was to be asked for something that the gate has not cleared
    ├── RequestRejected      the endpoint does not take the request as it stands
    │   ├── PromptTooLong    prompt and answer do not fit the context
    │   └── ContentFiltered  the provider's rules forbid an answer
    ├── MalformedAnswer      what came back is not the protocol, or not the schema
    └── TruncatedAnswer      the answer stopped before the model said that it was done

A cut answer is permanent on purpose: parts of it have been shown, and a second try would write another text after them.
`again` tells whether the same call may be made at the same endpoint at once: a silence is not asked twice, and what our
own queue refused goes elsewhere.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from models.usage import Usage


class ModelError(Exception):
    """A model did not answer. `endpoint` is the id of the endpoint that was asked."""

    again: ClassVar[bool] = False
    shared: bool = False
    """Whether it ended a call which another pays for; see `models.single_flight`."""
    usage: "Usage | None" = None
    """What the call that it ended is counted as; None where nobody counted it, or it cost nothing."""

    def __init__(self, endpoint: str, words: str) -> None:
        self.endpoint = endpoint
        super().__init__(f"{endpoint} {words}")


class TransientModelError(ModelError):
    """Worth another try at the same endpoint."""


class ModelBusy(TransientModelError):
    """The endpoint refuses work for now; `of_key` where it is the key that has sent its share, and another may not."""

    again = True

    def __init__(self, endpoint: str, retry_after_s: float, *, of_key: bool = False) -> None:
        self.retry_after_s, self.of_key = retry_after_s, of_key
        super().__init__(endpoint, f"is busy; it accepts work again in {retry_after_s:g} s")


class ModelOverloaded(TransientModelError):
    """The call was not let into the queue, so that it can go elsewhere in time."""

    def __init__(self, endpoint: str, why: str) -> None:
        super().__init__(endpoint, f"takes no more now: {why}")


class ModelResting(TransientModelError):
    """The endpoint failed too often, and is left alone for a while."""

    def __init__(self, endpoint: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(endpoint, f"failed too often and is left alone for {retry_after_s:.3g} s")


class ModelTimeout(TransientModelError):
    """Nothing came within the time that was left. `waiting_for` says which wait it was."""

    def __init__(self, endpoint: str, waiting_for: str, waited_s: float) -> None:
        self.waiting_for, self.waited_s = waiting_for, waited_s
        super().__init__(endpoint, f"gave no {waiting_for} within {waited_s:.3g} s")


class ModelUnreachable(TransientModelError):
    """Nothing answers at the endpoint's address."""

    again = True

    def __init__(self, endpoint: str, where: str, cause: str) -> None:
        self.cause = cause
        super().__init__(endpoint, f"cannot be reached at {where} ({cause}); {_remedy(endpoint)}")


class ModelFailed(TransientModelError):
    """The server answers, and says that the model broke while it worked."""

    again = True

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


class NoKeyLeft(CredentialRejected):
    """There is no key to send, or the provider rejects those that there are."""

    def __init__(self, endpoint: str, words: str) -> None:
        PermanentModelError.__init__(self, endpoint, f"{words}; `eaio keys check` shows where keys are looked for")


class QuotaExhausted(PermanentModelError):
    """The account has no credit left."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(endpoint, "has no credit left with its provider; add some there, or use another key")


class BudgetRefused(PermanentModelError):
    """Our own budget does not pay for the call. Nothing was sent."""

    def __init__(self, endpoint: str, why: str) -> None:
        self.why = why
        super().__init__(endpoint, f"is not paid for: {why}")


class BudgetSpent(BudgetRefused):
    """Nothing, or not enough for this call, is left of a budget."""


class BudgetLow(BudgetRefused):
    """So little is left of a budget that all stays local until it begins anew."""


class BudgetDown(BudgetRefused):
    """What is left cannot be known, and unknown money is not spent."""


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


class ContentFiltered(RequestRejected):
    """The provider's rules forbid an answer to this."""


class MalformedAnswer(PermanentModelError):
    """What came back is not the protocol, or does not fit the schema that was asked for."""

    def __init__(self, endpoint: str, why: str) -> None:
        super().__init__(endpoint, f"answered out of form: {why}")


class TruncatedAnswer(PermanentModelError):
    """The answer stopped before the model said that it was done."""

    def __init__(self, endpoint: str, why: str) -> None:
        super().__init__(endpoint, f"was cut off: {why}")


UNSENT = ("start", "turn", "restart of its host")
"""What a call waits for before anything of it is sent."""


def may_have_cost(failure: Exception) -> bool:
    """Tell whether the model may have read the prompt; what was refused or never sent has cost nothing."""
    if isinstance(failure, ModelTimeout):
        return failure.waiting_for not in UNSENT
    return isinstance(failure, MalformedAnswer | TruncatedAnswer)


def _remedy(endpoint: str) -> str:
    """Say what makes an endpoint answer."""
    if endpoint.startswith("ollama"):
        return "start it with `ollama serve`"
    return "check the network" if endpoint.startswith("cloud") else "start it with `eaio up`"
