"""The keys of persons: a random one each, kept wrapped, and gone for good when the person is to be forgotten."""

import hmac
import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from memory.postgres import Connection, Pool, fetch, writing
from privacy.audit.digest import Sensitive, digest_under, normalised
from privacy.audit.key import KEY_BYTES, AuditKey
from privacy.errors import AuditUnavailable

NONCE_BYTES = 12


class PersonKeys:
    """Keys in PostgreSQL under the key of the home: neither is of use without the other.

    Nothing is held between calls, so a key that one process destroys is not used by another a moment later. Raises
    `DataUnavailable` where the store does not answer.
    """

    def __init__(self, pool: Pool, key: AuditKey) -> None:
        self._pool = pool
        self._names, self._values = key.purpose("subjects"), key.purpose("values")
        self._wrap = AESGCM(key.purpose("wrap"))

    async def digests(self, values: Iterable[Sensitive]) -> tuple[str, ...]:
        """Return the digest of each value, in order; a person who is new gets a key."""
        wanted = list(values)
        keys = await self._keys({value.key_subject for value in wanted} - {""})
        return tuple(digest_under(keys.get(value.key_subject, self._values), value) for value in wanted)

    async def digest_of_known(self, person: str) -> str | None:
        """Return the digest of a person who has a key; None for any other."""
        name = self.name_of(person)
        key = (await self._known([name])).get(name)
        return digest_under(key, Sensitive("PERSON", person)) if key else None

    def name_of(self, subject: str) -> str:
        """Return what stands for a subject in the table; only the key of the home leads from one to the other."""
        return hmac.digest(self._names, normalised(subject).encode("utf-8", "replace"), "sha256").hex()

    async def _keys(self, subjects: set[str]) -> dict[str, bytes]:
        """Return the key of each subject."""
        names = {subject: self.name_of(subject) for subject in subjects}
        known = await self._known(names.values()) if names else {}
        if missing := [name for name in names.values() if name not in known]:
            known |= await self._added(missing)
        if late := [name for name in names.values() if name not in known]:
            known |= await self._known(late)  # of two processes that add one, the first one's key holds
        # A key that was destroyed in this very moment leaves a digest that nobody can match.
        return {subject: known.get(name) or secrets.token_bytes(KEY_BYTES) for subject, name in names.items()}

    async def _known(self, names: Iterable[str]) -> dict[str, bytes]:
        rows = await fetch(
            self._pool, "SELECT subject, wrapped FROM audit_keys WHERE subject = ANY(%s)", (list(names),)
        )
        return {name: self._unwrapped(name, wrapped) for name, wrapped in rows}

    async def _added(self, names: Iterable[str]) -> dict[str, bytes]:
        """Make keys, and return those that were not there before."""
        keys = {name: secrets.token_bytes(KEY_BYTES) for name in names}
        wrapped = [self._wrapped(name, key) for name, key in keys.items()]
        async with writing(self._pool) as connection:
            cursor = await connection.execute(
                "INSERT INTO audit_keys (subject, wrapped) SELECT * FROM unnest(%s::text[], %s::bytea[])"
                " ON CONFLICT DO NOTHING RETURNING subject",
                (list(keys), wrapped),
            )
            return {name: keys[name] for (name,) in await cursor.fetchall()}

    def _wrapped(self, name: str, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._wrap.encrypt(nonce, key, name.encode())

    def _unwrapped(self, name: str, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], name.encode())
        except InvalidTag:
            raise AuditUnavailable(
                "the key of a person does not open with the audit key of this home; restore keys/audit.key"
            ) from None


async def destroy(connection: Connection, names: list[str]) -> None:
    """Delete the keys of these names, within a transaction."""
    await connection.execute("DELETE FROM audit_keys WHERE subject = ANY(%s)", (names,))


async def purge(pool: Pool) -> None:
    """Write the table anew without what was deleted from it, which until then lies readable in its file."""
    async with pool.connection() as connection:
        await connection.execute("VACUUM FULL audit_keys")
