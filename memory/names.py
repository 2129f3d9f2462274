"""Names and ids as people and files write them, made safe to keep and to show."""

import re
import unicodedata

NAME_CHARS = 120
ID_CHARS = 40


def clean_name(text: str) -> str:
    """Return a name on one line, without control or direction marks, at most `NAME_CHARS` long.

    A name is data: it goes to the database as a parameter and to people as text, whatever it says.
    """
    spaced = "".join(" " if unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc") else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(kept.split())[:NAME_CHARS].strip()


def slug(text: str) -> str:
    """Return an id made from a name: lower-case letters, digits and dashes; empty where the name has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_CHARS].strip("-")
