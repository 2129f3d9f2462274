"""Text packed into one token: base64 and hex. What is found inside is hidden with the whole token."""

import base64
import binascii
import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{11,}={0,2}(?![A-Za-z0-9+/_=-])")
BASE32 = re.compile(r"(?<![A-Za-z0-9])[A-Z2-7]{16,}={0,6}(?![A-Za-z0-9=])")
HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"0x[0-9a-fA-F]{2}(?:[\s,;:]{1,3}0x[0-9a-fA-F]{2}){3,}"  # 0x64 0x65 ...
    r"|[0-9a-fA-F]{2}(?:[ :,_-][0-9a-fA-F]{2}){3,}"  # 64 65 ..., 64:65:...
    r"|(?:0x|x')?(?:[0-9a-fA-F]{2}){4,}'?"  # 6465...
    r")(?![0-9A-Za-z])"
)
LEAST_PRINTABLE = 0.97
PREFIXES = re.compile(r"0x|x'|[^0-9a-fA-F]")


def base64_tokens(text: str) -> Iterator[Edit]:
    """Yield tokens that decode to text, standard or URL-safe, with or without padding."""
    for match in BASE64.finditer(text):
        plain = _readable(_base64(match[0]))
        if plain:
            yield Edit(*match.span(), plain)


def base32_tokens(text: str) -> Iterator[Edit]:
    """Yield tokens of base32 that decode to text."""
    for match in BASE32.finditer(text):
        plain = _readable(_base32(match[0]))
        if plain:
            yield Edit(*match.span(), plain)


def hex_tokens(text: str) -> Iterator[Edit]:
    """Yield hexadecimal bytes that are text: in one run, with colons or spaces, each with 0x."""
    for match in HEX.finditer(text):
        plain = _readable(bytes.fromhex(PREFIXES.sub("", match[0])))
        if plain:
            yield Edit(*match.span(), plain)


def _base64(token: str) -> bytes:
    body = token.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4))
    except binascii.Error:
        return b""


def _base32(token: str) -> bytes:
    body = token.rstrip("=")
    try:
        return base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error:
        return b""


def _readable(raw: bytes) -> str:
    """Return the text that bytes are, if they are text: UTF-8 or UTF-16, printable, with letters or digits."""
    encoding = "utf-16-le" if raw[1:8:2].count(0) == len(raw[1:8:2]) and len(raw) > 1 else "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return ""
    shown = sum(char.isprintable() or char in "\r\n\t" for char in text)
    return text if text and shown >= LEAST_PRINTABLE * len(text) and any(map(str.isalnum, text)) else ""
