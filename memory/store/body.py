"""What an item holds, as text: key, value and which of its fields are indexed, in JSON of ASCII letters.

So nothing in it needs quoting, half a surrogate pair survives, and a long one may be cut anywhere.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from memory.store.errors import NotJson, ValueTooLarge
from privacy.labels import Label

PART_CHARS = 60_000
"""What one row takes: a text of Milvus ends at 65,535 bytes."""
MAX_CHARS = 8_000_000
"""What one item may have, 134 rows: a message of Milvus ends at 64 MB, and an embedder reads a thousand characters."""
LABEL_FIELD = "label"

Indexed = list[str] | Literal[False] | None
"""As LangGraph's `index`: paths, none, or those of the store."""


class Body(NamedTuple):
    """What an item holds."""

    key: str
    value: dict[str, Any]
    paths: Indexed


def texts_of(body: Body) -> list[str]:
    """Return the body as texts of `PART_CHARS` at most, one where that suffices; raises `NotJson`, `ValueTooLarge`."""
    names: list[Any] = list(body.value)
    if strange := [name for name in names if not isinstance(name, str)]:
        raise NotJson(f"the value of {body.key[:60]!r} has the field {strange[0]!r}: names of fields are texts")
    try:
        text = json.dumps(list(body), separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        said = f"the value of {body.key[:60]!r} is not JSON ({error})"
        raise NotJson(f"{said}; keep texts, numbers, lists and objects of these") from error
    if len(text) > MAX_CHARS:
        said = f"the value of {body.key[:60]!r} has {len(text):,} bytes as JSON, and {MAX_CHARS:,} is the most"
        raise ValueTooLarge(f"{said}; split it, or keep a file and put its place here")
    return [text[start : start + PART_CHARS] for start in range(0, len(text), PART_CHARS)]


def body_of(texts: Sequence[str]) -> Body:
    """Return what these texts hold."""
    return Body(*json.loads("".join(texts)))


def label_in(value: Mapping[str, Any]) -> Label:
    """Return the label that a value tells in its field `label`, by its name; RESTRICTED where it tells none."""
    told = value.get(LABEL_FIELD)
    return Label.__members__.get(told, Label.RESTRICTED) if isinstance(told, str) else Label.RESTRICTED
