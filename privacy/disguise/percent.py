"""URL encoding: `The%20Marlowe%20Tower`; `+` between words of a query is a space."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
PLUS = re.compile(r"(?<=[=\w])\+(?=\w)")


def url_encoding(text: str) -> Iterator[Edit]:
    """Yield encoded runs with what they stand for; `60%20` of plain talk decodes too, which only adds a reading."""
    if "%" not in text:
        return
    spans = [match.span() for match in ENCODED.finditer(text)]
    if not spans:
        return
    found = [edit for start, end in spans for edit in _decoded(text, start, end)]
    if "=" in text:
        found += [Edit(*match.span(), " ") for match in PLUS.finditer(text)]
    yield from sorted(found)


def _decoded(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield one edit a character where the run is plain ASCII, so that a finding inside stays narrow."""
    raw = bytes.fromhex(text[start:end].replace("%", ""))
    if raw.isascii():
        yield from (Edit(start + 3 * i, start + 3 * i + 3, chr(byte)) for i, byte in enumerate(raw))
        return
    try:
        yield Edit(start, end, raw.decode())
    except UnicodeDecodeError:
        yield Edit(start, end, raw.decode("latin-1"))
