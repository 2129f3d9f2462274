"""The sixteen faults: what the upstream does, and what must hold of whoever asks it.

After the public catalogue of failoverbench; advisory checks have a star where they are told.
"""

from dataclasses import dataclass

from benchmarks.models.acts import Act, Answering, Behaviour, Refusing, Resetting, Silent
from benchmarks.models.verdicts import Check, Ideal

DOWN_S = 60.0
FILTERED = "content_policy_violation"

BUSY = Refusing(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded")
BUSY_FOR_2_S = Refusing(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded", retry_after_s=2)
BROKEN = Refusing(500, "The server had an error while processing your request", "server_error")
DOWN = Refusing(503, "The engine is currently overloaded, please try again later", "service_unavailable_error")
TOO_LONG = Refusing(
    400,
    "This model's maximum context length is 128 tokens. However, your messages resulted in more tokens. Please reduce "
    "the length of the messages.",
    "invalid_request_error",
    "context_length_exceeded",
)
FORBIDDEN = Refusing(
    400,
    "Your request was rejected as a result of our safety system.",
    "invalid_request_error",
    FILTERED,
)


@dataclass(frozen=True)
class Fault:
    """One fault of the primary upstream."""

    id: str
    what: str
    behave: Behaviour
    checks: tuple[Check, ...] = ()
    longest_s: float = 45.0
    """After which a request has hung."""
    ideal: Ideal = "answer"
    takes_prefill: bool = True
    """Whether the fallback takes a conversation that ends with the beginning of an answer."""
    requests: int = 1
    every_s: float = 0.0
    down_s: float = 0.0


def once(act: Act) -> Behaviour:
    """Return what does `act` at the first try and answers the others."""
    return lambda number, _at_s: act if number == 1 else Answering()


def always(act: Act) -> Behaviour:
    """Return what does `act` at every try."""
    return lambda _number, _at_s: act


def until(seconds: float, act: Act) -> Behaviour:
    """Return what does `act` for some seconds and answers then."""
    return lambda _number, at_s: act if at_s < seconds else Answering()


def tried(*, least: int = 0, most: int | None = None, advisory: bool = False) -> Check:
    """Return the check on how often the primary is asked."""
    name = f"at least {least} tries" if most is None else f"at most {most} tries" if most > 1 else "one try"
    return Check(name, lambda run: least <= len(run.primary) <= (most or 10**6), advisory)


def tried_within(seconds: float, most: int) -> Check:
    """Return the check on how often the primary is asked in its first seconds."""
    return Check(f"at most {most} tries in {seconds:g} s", lambda run: run.tries_within(seconds) <= most)


def within(seconds: float, *, advisory: bool = False) -> Check:
    """Return the check on the time that an answer takes."""
    return Check(f"within {seconds:g} s", lambda run: run.took_s <= seconds, advisory)


HEALTHY_AFTER = Check("healthy after", lambda run: run.after is not None and run.is_complete(run.after))
USAGE = Check("usage", lambda run: all(t.tokens == len(run.text.split()) for t in run.told), advisory=True)
NAMED = Check("model named", lambda run: not run.fallback or run.last.model.endswith(run.fallback_model))
COMPLETE = Check("complete", lambda run: all(run.is_complete(t) for t in run.told), advisory=True)


FAULTS = (
    Fault(
        "S01",
        "429 once, Retry-After 2",
        once(BUSY_FOR_2_S),
        (
            tried(least=2, advisory=True),
            Check("a gap of 1.8 s", lambda run: run.gap_s >= 1.8, advisory=True),
            tried_within(1.5, 2),
        ),
        20,
    ),
    Fault("S02", "429 always", always(BUSY), (tried_within(3, 4), tried(most=6)), 40),
    Fault("S03", "500 once", once(BROKEN), (tried(least=2, advisory=True),), 20),
    Fault("S04", "503 always", always(DOWN), (tried(most=6),), 40),
    Fault("S05", "TCP reset once", once(Resetting()), (), 20),
    Fault("S06", "silence for 120 s", always(Silent(120)), (within(100), tried(most=1, advisory=True)), 130),
    Fault("S07", "first token after 20 s", always(Answering(first_after_s=20)), (within(15, advisory=True),), 60),
    Fault("S08", "stream cut at token 40", always(Answering(cut_after=40)), (), 40),
    Fault("S09", "stream stalled for 30 s", always(Answering(stall_after=20)), (within(45), HEALTHY_AFTER), 70),
    Fault("S10", "malformed SSE JSON", always(Answering(malformed_event=10)), (HEALTHY_AFTER, COMPLETE), 30),
    Fault("S11", "no [DONE] at the end", always(Answering(done=False)), (within(8), USAGE), 30),
    Fault(
        "S12",
        "400 context too long",
        always(TOO_LONG),
        (Check("no resend of the same size", lambda run: not run.resent), tried(most=2)),
        20,
    ),
    Fault("S13", "400 content filter", always(FORBIDDEN), (tried(least=1, most=1),), 20, ideal="reason"),
    Fault(
        "S14",
        "stream cut, fallback rejects a prefill",
        always(Answering(cut_after=40)),
        (Check("no prefill's 400 told", lambda run: not run.prefills_refused or run.last.ended == "answer"),),
        40,
        takes_prefill=False,
    ),
    Fault(
        "S15",
        "primary down for 60 s, 20 requests",
        until(DOWN_S, DOWN),
        (
            Check("all served", lambda run: all(t.ended == "answer" for t in run.told)),
            Check("primary used within 30 s", lambda run: run.returned_s is not None and run.returned_s <= 30),
        ),
        30,
        requests=20,
        every_s=4,
        down_s=DOWN_S,
    ),
    Fault("S16", "503 always", always(DOWN), (NAMED, USAGE, tried(most=6)), 40),
)
