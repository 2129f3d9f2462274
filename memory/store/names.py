"""How tenants, namespaces and keys are written in Milvus: in characters that no filter reads as anything else.

Every label of a namespace is percent-encoded (RFC 3986; half a surrogate pair too) and followed by a full stop, which
no label has. So `("a", "b")` is `a.b.`, what lies within it sorts from `a.b.` up to `a.b/`, and a quote is `%22`.
"""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import quote, unquote

from memory.store.errors import NameTooLong

MAX_NAMESPACE_CHARS = 16_384
"""As it is written, where a letter outside ASCII takes up to twelve characters."""


def tenant_text(tenant: str) -> str:
    """Return the name of a tenant as it is written."""
    return _checked(_encoded(tenant).replace(".", "%2E"), tenant)


def namespace_text(namespace: Sequence[str]) -> str:
    """Return a namespace as it is written; raises `NameTooLong`."""
    return _checked("".join(f"{_encoded(label)}." for label in namespace), namespace)


def namespace_of(text: str) -> tuple[str, ...]:
    """Return the namespace that is written like this."""
    return tuple(unquote(label, errors="surrogatepass") for label in text.split(".")[:-1])


def within(prefix: Sequence[str]) -> str:
    """Return the filter for a namespace and all in it; empty for all namespaces."""
    text = namespace_text(prefix)
    return f'namespace >= "{text}" and namespace < "{text[:-1]}/"' if text else ""


def item_id(tenant: str, namespace: Sequence[str], key: str) -> str:
    """Return the same id for the same three, and never that of others."""
    digests = (sha256(part.encode("utf-8", "surrogatepass")).digest() for part in (tenant, *namespace, key))
    return sha256(b"".join(digests)).hexdigest()[:32]


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


def _checked(text: str, given: object) -> str:
    if len(text) > MAX_NAMESPACE_CHARS:
        said = f"{len(text):,} characters when written, and {MAX_NAMESPACE_CHARS:,} is the most"
        raise NameTooLong(
            f"the name {str(given)[:60]}... has {said}; use shorter labels and put the rest into the value"
        )
    return text
