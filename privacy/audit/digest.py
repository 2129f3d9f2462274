"""Keyed digests: what an entry holds instead of a value.

A digest answers "was this value in that text?" for whoever holds the key, and nothing to anyone else. Values that
point to a person are digested under a random key of that person. With the key destroyed, no guess at the name can be
checked against the digests any more, while the chain that holds them still verifies.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass

PERSONAL = frozenset({"PERSON", "CONTACT", "ADDRESS", "NATIONAL_ID", "FINANCIAL_ID", "METER_ACCOUNT", "USER"})
"""Types whose values point to a person. `USER` is who asked."""
EXACT = frozenset({"PROMPT", "CONVERSATION"})
"""Types whose values are digested byte by byte, since they are no names that could be spelled in several ways."""

_POSSESSIVE = re.compile("'s$|'$")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u00b4", "''''")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A value to be digested: a span's text, the id of a user or of a conversation. Never kept."""

    type: str
    text: str
    subject: str = ""
    """Whose key digests a personal value; the value's own where not given, so that a name is its own subject."""

    @property
    def key_subject(self) -> str:
        """Return the subject whose key is to be used, as it is spelled here; empty where the value is of no person."""
        return (self.subject or self.text) if self.type in PERSONAL else ""


def normalised(text: str) -> str:
    """Return a value as all its spellings have it: case, width, spaces, invisible characters and possessive gone."""
    words = " ".join(_plain(text).casefold().split())
    return _POSSESSIVE.sub("", words) or words


def _plain(text: str) -> str:
    if text.isascii():  # most are, and then there is nothing to do
        return text
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return visible.translate(_APOSTROPHES)


def digest_under(key: bytes, value: Sensitive) -> str:
    """Return the digest of a value under a key, 32 hexadecimal digits.

    The type is no part of it: an address is found again whether it was taken for a contact or for a user.
    """
    text = value.text if value.type in EXACT else normalised(value.text)
    return hmac.digest(key, b"eaio-audit-value-1\0" + text.encode("utf-8", "replace"), "sha256")[:16].hex()
