"""The keys of one provider, used in turn, and changed while calls run.

A key is told by its place, "key 2 of 3 (file)", and by nothing else. Which key a call has is fixed before it is sent,
so that the right one is marked when the provider refuses it, whatever was read anew meanwhile: see `key_turns`.
"""

import hmac
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from models.errors import ModelBusy, ModelError, NoKeyLeft, QuotaExhausted
from models.key_sources import Held, KeySources, Sealed, Source
from telemetry.log import log

REJECTED_S = 300.0
"""How long a key that the provider rejected is not sent, seconds; then one call finds out whether it is good again."""
EXHAUSTED_S = 900.0
"""How long a key whose account has no credit is not sent, seconds."""
LOOK_S = 2.0
"""The files of keys are looked at so often at most, seconds; after a rejection they are read at once."""

PRINT_KEY = b"eaio: fingerprint of an API key"

NEARLY_S = 0.01
"""A rest that ends so soon has ended: a caller that slept for just as long may wake a little early."""

Why = Literal["rejected", "exhausted", "limited"]


@dataclass(frozen=True, slots=True)
class Key(Sealed):
    """One key and its place."""

    secret: SecretStr
    source: Source
    number: int
    """From 1, in the order of the sources."""
    of: int

    def __str__(self) -> str:
        return f"key {self.number} of {self.of} ({self.source})"

    @property
    def fingerprint(self) -> str:
        """Return six digits by which two places can be seen to hold one key: 24 bits of a keyed hash, none of it."""
        return hmac.digest(PRINT_KEY, self.secret.get_secret_value().encode(), "sha256").hex()[:6]


@dataclass(slots=True)
class _State:
    """What is known of a key beside the key."""

    used: int = 0
    """Turn in which it was last used."""
    why: Why | None = None
    until: float = 0.0
    """It is not sent before, seconds of the ring's clock."""


_of_call: ContextVar["tuple[KeyRing, Key] | None"] = ContextVar("the key of the current call", default=None)


class KeyRing(Sealed):
    """The keys of one provider. Any number of calls of one event loop share it; they take turns with its keys."""

    __slots__ = ("_clock", "_held", "_keys", "_looked_at", "_sources", "_stamp", "_states", "_tells", "_told", "_turn")

    def __init__(self, sources: KeySources, *, clock: Callable[[], float] = time.monotonic, tell: bool = True) -> None:
        """Read the sources. `tell` logs what is wrong with them, each fault once."""
        self._sources, self._clock, self._tells = sources, clock, tell
        self._held: tuple[Held, ...] = ()
        self._keys: tuple[Key, ...] = ()
        self._states: dict[SecretStr, _State] = {}
        self._told: set[str] = set()
        self._turn = 0
        self.read()

    @classmethod
    def of(cls, secret: SecretStr | None, name: str = "api_key") -> "KeyRing":
        """Return the ring of a key that is given and not looked for, or of none."""
        return cls(KeySources(name, secret))

    def __repr__(self) -> str:
        return f"<KeyRing {self._sources.variable}, {len(self._keys)} keys>"

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return the keys that there are now, each once, whether they can be sent or not."""
        self._look()
        return self._keys

    @contextmanager
    def holding(self, key: Key) -> Iterator[None]:
        """Let `credential` give this key within. Hold it around one step of a stream, never around a `yield`."""
        token = _of_call.set((self, key))
        try:
            yield
        finally:
            _of_call.reset(token)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the sources, in words."""
        return tuple(fault for held in self._held for fault in held.faults)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what should be otherwise at the sources, in words."""
        given = sum(len(held.secrets) for held in self._held)
        once = (f"a key of {self._sources.variable} is given more than once, and counts once",)
        return (*(w for held in self._held for w in held.warnings), *(once if given > len(self._keys) else ()))

    def read(self) -> None:
        """Read the sources now. One that is broken, or empty because it is being written, keeps what it held."""
        self._looked_at, self._stamp = self._clock(), self._sources.stamp()
        found = self._sources.read()
        before = self._held or found
        self._held = tuple(_kept(new, old) for new, old in zip(found, before, strict=True))
        first = {secret: held.source for held in reversed(self._held) for secret in reversed(held.secrets)}
        ordered = dict.fromkeys(secret for held in self._held for secret in held.secrets)
        self._keys = tuple(Key(secret, first[secret], n, len(ordered)) for n, secret in enumerate(ordered, 1))
        self._states = {secret: self._states.get(secret) or _State() for secret in ordered}
        self._tell()

    def use(self, endpoint: str, tried: Collection[Key] = ()) -> Key:
        """Return the key for the next send: of those that may be sent, and were not `tried`, the one used longest ago.

        Raises what `refusal` returns where there is none.
        """
        self._look()
        ready = self._ready(tried)
        if not ready and self._sources.stamp() != self._stamp:  # new keys are there before the next look
            self.read()
            ready = self._ready(tried)
        if not ready:
            raise self.refusal(endpoint, tried)
        key = min(ready, key=lambda key: self._states[key.secret].used)
        self._turn += 1
        self._states[key.secret].used = self._turn
        return key

    def credential(self) -> SecretStr:
        """Return the secret to send now: of the key that the call around this has, else of the next one."""
        of_call = _of_call.get()
        if of_call is not None and of_call[0] is self:
            return of_call[1].secret
        return self.use(self._sources.variable).secret

    def worked(self, key: Key) -> None:
        """Note that the provider took a key. What it took before it refused another call says nothing of now."""
        state = self._states.get(key.secret)
        if state is not None and state.until <= self._clock():
            state.why = None

    def refused(self, key: Key, fault: ModelError) -> None:
        """Note that the provider refused a key; after a rejection the sources are read at once."""
        match fault:
            case ModelBusy():
                self._rest(key, "limited", fault.retry_after_s)
            case QuotaExhausted():
                self._rest(key, "exhausted", EXHAUSTED_S)
            case _:
                self._rest(key, "rejected", REJECTED_S)
                self.read()

    def is_only(self, key: Key) -> bool:
        """Tell whether there is no other key than this."""
        return all(other.secret == key.secret for other in self._keys)

    def refusal(self, endpoint: str, tried: Collection[Key] = ()) -> ModelError:
        """Return the error of a call for which there is no key: when one is good again, if that is known."""
        now, of_call = self._clock(), {key.secret for key in tried}
        held = [state for secret, state in self._states.items() if state.until > now or secret in of_call]
        if limited := [state.until for state in held if state.why == "limited"]:
            return ModelBusy(endpoint, max(0.0, min(limited) - now), of_key=True)
        if any(state.why == "exhausted" for state in held):
            return QuotaExhausted(endpoint)
        if self._keys:
            return NoKeyLeft(endpoint, self._counted(sum(state.why == "rejected" for state in held)))
        return NoKeyLeft(endpoint, "; ".join((f"has no key in {self._sources.variable}", *self.faults)))

    def _ready(self, tried: Collection[Key]) -> list[Key]:
        now, of_call = self._clock(), {key.secret for key in tried}
        return [
            key for key in self._keys if key.secret not in of_call and self._states[key.secret].until <= now + NEARLY_S
        ]

    def _counted(self, rejected: int) -> str:
        there = len(self._keys)
        which = f"{rejected} of {there} keys" if rejected < there else f"all {there} keys" if there > 1 else "its key"
        return f"rejects {which}; give it one that is not revoked"

    def _rest(self, key: Key, why: Why, for_s: float) -> None:
        state = self._states.get(key.secret)
        if state is None:  # it is no longer there
            return
        if state.why != why:
            log.warning("%s of %s is %s", key, self._sources.variable, why)
        state.why, state.until = why, self._clock() + for_s

    def _look(self) -> None:
        if abs(self._clock() - self._looked_at) < LOOK_S:
            return
        self._looked_at = self._clock()
        if self._sources.stamp() != self._stamp:
            self.read()

    def _tell(self) -> None:
        """Log what is wrong with the sources, each once."""
        for words in (*self.faults, *self.warnings):
            if self._tells and words not in self._told:
                self._told.add(words)
                log.warning("%s", words)


def _kept(new: Held, old: Held) -> Held:
    """Return what a source holds: of a broken one, what it held before."""
    return Held(new.source, new.secrets or (old.secrets if new.faults else ()), new.faults, new.warnings)
