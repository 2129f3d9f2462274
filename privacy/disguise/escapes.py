r"""Escapes of JSON, C and shells: `\u0041`, `\x41`, `\101`, `\U00000041`, `\u{41}`."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}"
    r"|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2}"
)


def character_escapes(text: str) -> Iterator[Edit]:
    """Yield escapes with the characters that they stand for."""
    if "\\" not in text:
        return
    for match in ESCAPE.finditer(text):
        plain = _plain(match[0])
        if plain:
            yield Edit(*match.span(), plain)


def _plain(escape: str) -> str:
    """Return the character; none for half of a surrogate pair or a number that Unicode does not have."""
    if escape.count("\\") == 2:  # a pair of surrogates
        pair = bytes.fromhex(escape[2:6] + escape[8:12])
        return pair.decode("utf-16-be", errors="ignore")
    digits = escape.lstrip("\\").lstrip("uUx").strip("{}")
    code = int(digits, 8 if escape[1].isdigit() else 16)
    is_character = code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # Unicode's own bounds
    return chr(code) if is_character else ""
