"""What stands where a secret would: `<API_KEY>`, `${TOKEN}`, `your-password-here`, `xxxx`; and what looks random."""

import math
import re
from collections import Counter

STAND_IN = re.compile(
    r"""(?ix)^(?:
    [<{[%$(].*                                             # <API_KEY>, ${TOKEN}, {{ token }}, %TOKEN%, $(cat key)
    | ([x*•._\-#?0])\1{2,}                                 # xxxx, ****
    | (?:x{3,}[-_.]?)+
    | .*(?:\.\.\.|…|\*{3,}|x{6,}).*                        # sk-..., ghp_xxxxxxxx, AIza****
    | (?:your|insert|enter|put|replace)[-_ a-z]*|(?:my|the|some|an?|add)[-_ ][-_ a-z]*
    | .*(?:[-_]here|placeholder|redacted|masked|removed|hidden|dummy)
    | (?:os|process|env|settings|config|secrets?|vault|self|args|req|request|params?|ctx)[.\[(].*
    | (?:get_?(?:env|pass|secret|token)|input|prompt|read)\w{0,20}\(.*
    | (?:string|str|int|char|varchar|text|bool|boolean|none|null|nil|true|false|undefined|optional|required)
    | (?:missing|empty|invalid)
    | (?:api|secret|access|auth|private|client)?[-_]?(?:key|token|secret|password|passwd|pwd|pass|passphrase|pin)
    | (?:value|foo|bar|todo|tbd)
    )$"""
)
DOCUMENTED = re.compile(r"(?i)\b(?:docs?|documentation|example|sample|template|readme|placeholder|tutorial|manual)\b")
DEFAULTS = frozenset(
    {"changeme", "change_me", "change-me", "example", "sample", "test", "replaceme", "secret", "password"}
)
FLAT = 2.2
"""Bits a character below which a long token is a pattern, not a secret: `aaaaaaaa`, `abcabcabc`."""


def is_stand_in(value: str, text: str = "") -> bool:
    """Tell whether a value is a placeholder, or a default such as `changeme` in a text about examples."""
    plain = value.strip("\"'`“”,.;")
    if plain.lower() in DEFAULTS and DOCUMENTED.search(text[:2000]):
        return True
    return not plain or STAND_IN.match(plain) is not None


def entropy(value: str) -> float:
    """Return the Shannon entropy of a value, in bits a character."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def is_token(value: str) -> bool:
    """Tell whether a value looks drawn at random: letters and digits mixed, or long, and not a placeholder."""
    if is_stand_in(value) or entropy(value) < FLAT:
        return False
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return (mixed and len(value) >= 8) or (value.isdigit() and len(value) >= 6)
