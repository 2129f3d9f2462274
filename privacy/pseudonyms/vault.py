"""The maps of all conversations in process; they leave it encrypted or not at all."""

import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import PrivacyError
from privacy.pseudonyms.pseudonyms import Pseudonyms

_FORMAT = b"eaio pseudonyms 1"
_NONCE = 12
_KEYS = (16, 24, 32)


class SealBroken(PrivacyError):
    """A sealed map was changed, or is under another key."""


class PseudonymVault:
    """Pseudonyms by tenant and conversation, as many as `capacity`; the one unused for longest is forgotten first.

    A forgotten conversation begins anew with other placeholders, and an answer with the old ones keeps them. `new_key`
    draws the key of a conversation; a test that compares transcripts gives it a fixed one.
    """

    def __init__(self, capacity: int = 10_000, new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> None:
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}; a vault holds at least one conversation")
        self._capacity, self._new_key = capacity, new_key
        self._maps: OrderedDict[tuple[str, str], Pseudonyms] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, conversation: str, tenant: str) -> Pseudonyms:
        """Return the pseudonyms of a conversation, begun now if there are none."""
        with self._lock:
            found = self._maps.get((tenant, conversation))
            if found is None:  # an empty map is false, and is this conversation's all the same
                found = Pseudonyms(conversation, tenant, self._new_key())
            self._keep(found)
            return found

    def forget(self, conversation: str, tenant: str) -> bool:
        """Drop a conversation's map; tell whether there was one."""
        with self._lock:
            return self._maps.pop((tenant, conversation), None) is not None

    def erase(self, original: str, tenant: str | None = None) -> int:
        """Forget a name, or an entity's id, in all conversations or one tenant's; return in how many it was known."""
        with self._lock:
            maps = [m for (owner, _), m in self._maps.items() if tenant in (None, owner)]
        return sum(m.erase(original) for m in maps)

    def sealed(self, conversation: str, tenant: str, key: bytes) -> bytes:
        """Return a conversation's map under AES-GCM, for a store; KeyError where there is none."""
        cipher = _cipher(key)
        with self._lock:
            found = self._maps.get((tenant, conversation))
        if found is None:
            raise KeyError(f"no pseudonyms of conversation {conversation!r} of tenant {tenant!r}")
        nonce = secrets.token_bytes(_NONCE)
        return _FORMAT + nonce + cipher.encrypt(nonce, json.dumps(found.dump()).encode(), _FORMAT)

    def open(self, sealed: bytes, key: bytes) -> Pseudonyms:
        """Take in what `sealed` wrote, in place of that conversation's map; SealBroken where it was changed."""
        head = len(_FORMAT) + _NONCE
        try:
            plain = _cipher(key).decrypt(sealed[len(_FORMAT) : head], sealed[head:], sealed[: len(_FORMAT)])
        except (InvalidTag, ValueError) as error:
            if len(key) not in _KEYS:
                raise
            raise SealBroken("a sealed map of pseudonyms was changed or is under another key") from error
        opened = Pseudonyms.load(json.loads(plain))
        with self._lock:
            self._keep(opened)
        return opened

    def _keep(self, pseudonyms: Pseudonyms) -> None:
        identity = (pseudonyms.tenant, pseudonyms.conversation)
        self._maps[identity] = pseudonyms
        self._maps.move_to_end(identity)
        while len(self._maps) > self._capacity:
            self._maps.popitem(last=False)

    def __len__(self) -> int:
        return len(self._maps)

    def __repr__(self) -> str:
        return f"<PseudonymVault of {len(self)} conversations>"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("maps of pseudonyms never leave the process as they are; use PseudonymVault.sealed")


def _cipher(key: bytes) -> AESGCM:
    if len(key) not in _KEYS:
        raise ValueError(f"the key has {len(key)} bytes; AES-GCM takes 16, 24 or 32")
    return AESGCM(key)
