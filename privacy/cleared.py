"""The capability: the one thing that a cloud model takes.

A `ClearedPrompt` is the exact texts that may leave, where to, under which policy and until when, under a seal that only
this process can make. Holding one is the permission; there is no other. Anybody can build the object, so nothing is
believed of it before `check` has found its seal to be right: what was changed, made by hand, sent by another process or
kept too long is refused. `seal` belongs to the gate, and a test keeps every other module from importing it.
"""

import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any, Never, final

from privacy.errors import NotCleared
from privacy.labels import Label

LIFETIME_S = 60.0
"""How long a cleared prompt may be sent, seconds: an answer and its retries fit, a policy of yesterday does not."""
SENDS = 3
"""How often one prompt may be sent: the first try and two retries."""
ROLES = frozenset({"system", "user", "assistant"})


@final
class ClearedPrompt:
    """What may leave, and where to. It cannot be changed, copied, pickled or printed.

    It is no dataclass on purpose: serialisers of checkpoints, logs and traces write out a dataclass by its fields.
    """

    __slots__ = (
        "destination",
        "expires_at",
        "hosts",
        "id",
        "label",
        "max_tokens",
        "messages",
        "policy_hash",
        "schema",
        "seal",
        "temperature",
    )
    messages: tuple[tuple[str, str], ...]
    """Role and exact text, in the order in which they are sent."""
    temperature: float
    max_tokens: int
    schema: str | None
    """The JSON schema of a structured answer, as the text of `schema_text`."""
    label: Label
    destination: str
    hosts: tuple[str, ...]
    """Where the destination is: `api.openai.com`, or `127.0.0.1:8080`."""
    policy_hash: str
    expires_at: float
    """Seconds of `time.monotonic`."""
    id: str
    seal: str

    def __init__(
        self,
        *,
        messages: tuple[tuple[str, str], ...],
        temperature: float,
        max_tokens: int,
        schema: str | None,
        label: Label,
        destination: str,
        hosts: tuple[str, ...],
        policy_hash: str,
        expires_at: float,
        id: str,  # noqa: A002 - the name of the field
        seal: str,
    ) -> None:
        given = locals()
        for name in self.__slots__:
            object.__setattr__(self, name, given[name])

    def __setattr__(self, name: str, _value: object) -> Never:
        raise AttributeError(f"a cleared prompt does not change; {name!r} stays as it was sealed")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a cleared prompt does not change; {name!r} stays as it was sealed")

    def __repr__(self) -> str:
        return f"<ClearedPrompt {self.id} for {self.destination}, {self.label.name}, {len(self.messages)} messages>"

    def __reduce_ex__(self, _protocol: object) -> Never:
        raise TypeError("a cleared prompt is neither copied nor pickled; it holds for this process only")


def seal(
    messages: Iterable[tuple[str, str]],
    *,
    destination: str,
    hosts: Iterable[str],
    label: Label,
    policy_hash: str,
    temperature: float,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
    lifetime_s: float = LIFETIME_S,
    now: float | None = None,
) -> ClearedPrompt:
    """Return the cleared prompt for texts that the gate has let through. For `privacy.gate` alone."""
    unsealed: dict[str, Any] = {
        "messages": tuple(_message(role, text) for role, text in messages),
        "temperature": float(temperature),
        "max_tokens": int(max_tokens),
        "schema": None if schema is None else schema_text(schema),
        "label": Label(label),
        "destination": destination,
        "hosts": tuple(hosts),
        "policy_hash": policy_hash,
        "expires_at": (time.monotonic() if now is None else now) + lifetime_s,
        "id": secrets.token_hex(8),
    }
    if not unsealed["messages"]:
        raise NotCleared("there is no message to clear")
    return ClearedPrompt(**unsealed, seal=_process.sign(unsealed))


def schema_text(schema: Mapping[str, Any]) -> str:
    """Return a JSON schema as one exact text. Keys keep their order, which is the order of the answer's fields."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def check(prompt: object, destination: str, policy_hash: str | None = None, now: float | None = None) -> ClearedPrompt:
    """Return `prompt` where it holds for `destination` now, else raise `NotCleared`.

    With a `policy_hash`, that of the policy in force, it must also have been cleared under that policy.
    """
    if type(prompt) is not ClearedPrompt:
        raise NotCleared(f"a {type(prompt).__name__} is no cleared prompt; clear it at the gate")
    if not _process.signed(prompt):
        raise NotCleared("its seal is not that of this process's gate; clear it again")
    if prompt.expires_at <= (time.monotonic() if now is None else now):
        raise NotCleared(f"prompt {prompt.id} has expired; clear it again")
    if prompt.destination != destination:
        raise NotCleared(f"prompt {prompt.id} is cleared for {prompt.destination}, not for {destination}")
    if policy_hash is not None and prompt.policy_hash != policy_hash:
        raise NotCleared(f"prompt {prompt.id} was cleared under a policy that is no longer in force; clear it again")
    return prompt


def spend(prompt: ClearedPrompt, now: float | None = None) -> None:
    """Count one sending of a checked prompt; raises `NotCleared` after `SENDS` of them."""
    if not _process.count(prompt, time.monotonic() if now is None else now):
        raise NotCleared(f"prompt {prompt.id} has been sent {SENDS} times; clear it again")


def _message(role: str, text: str) -> tuple[str, str]:
    if role not in ROLES:
        raise NotCleared(f"a cleared message is of {', '.join(sorted(ROLES))}, not of another role")
    if type(text) is not str or not text:
        raise NotCleared(f"a {role} message without text cannot be cleared")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCleared(f"a {role} message is not valid Unicode") from None
    return role, text


class _Process:
    """The key of this process, and what was sent under it. A forked child gets its own: prompts die at the fork."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._sent: dict[str, tuple[int, float]] = {}

    def sign(self, fields: Mapping[str, object]) -> str:
        # JSON writes no two lists alike, so a border between texts cannot be moved.
        said = json.dumps([fields[name] for name in ClearedPrompt.__slots__ if name != "seal"])
        return hmac.digest(self._key, said.encode(), "sha256").hex()

    def signed(self, prompt: ClearedPrompt) -> bool:
        fields = {name: getattr(prompt, name) for name in ClearedPrompt.__slots__}
        try:
            return hmac.compare_digest(self.sign(fields), prompt.seal)
        except (TypeError, ValueError):  # made by hand, of what has no JSON
            return False

    def count(self, prompt: ClearedPrompt, now: float) -> bool:
        with self._lock:
            self._sent = {seal: sent for seal, sent in self._sent.items() if sent[1] > now}
            sends = self._sent.get(prompt.seal, (0, 0.0))[0]
            self._sent[prompt.seal] = (sends + 1, prompt.expires_at)
            return sends < SENDS


_process = _Process()
os.register_at_fork(after_in_child=_process.renew)
