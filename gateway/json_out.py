"""The one JSON object that a command writes to stdout with `--json`."""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any

# Harmless to a parser and not to a terminal: C1 controls, direction marks, line separators, halves of characters.
_RISKY = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def write_json(options: Namespace, value: Mapping[str, Any]) -> None:
    """Write the object and remember that it was: there is never a second one."""
    if options.written:
        return
    options.written = True
    sys.stdout.write(json_text(value, ascii_only=not _is_unicode(sys.stdout.encoding)) + "\n")
    sys.stdout.flush()


def json_text(value: object, *, ascii_only: bool = False) -> str:
    """Return standard JSON on one line: times in ISO 8601 with `Z`, a number that JSON does not have as null."""
    text = json.dumps(_plain(value), ensure_ascii=ascii_only, allow_nan=False)
    return _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain(value: object) -> object:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value if value is None or isinstance(value, str | int) else str(value)


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith("utf")
