"""A fault in one line: what kind, where, and what it says, never the values that its frames held."""

import traceback
from collections.abc import Callable, Iterator
from pathlib import PurePath

Redact = Callable[[str], str]

CAUSES = 8
"""So many faults behind a fault are told, groups and their members among them."""
FRAMES = 12
"""So many of the innermost frames of each are told."""


def told(fault: BaseException, redact: Redact) -> str:
    """Return kind, message and places of a fault and of those behind it; each message goes through `redact`."""
    return "; behind it ".join(_one(each, redact) for each in _behind(fault))


def place(path: str, line: int | None, function: str) -> str:
    """Return where something happened, without the folders of this machine."""
    return f"{'/'.join(PurePath(path).parts[-2:])}:{line} {function}"


def _one(fault: BaseException, redact: Redact) -> str:
    kind = type(fault)
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    where = " < ".join(place(f.filename, f.lineno, f.name) for f in reversed(frames))
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}: {redact(_message(fault))}" + (f" at {where}" if where else "")


def _message(fault: BaseException) -> str:
    try:
        return str(fault)
    except Exception:  # noqa: BLE001 - a fault whose own words are broken is still told by its kind
        return "(no message)"


def _behind(fault: BaseException) -> Iterator[BaseException]:
    """Yield a fault, the members of a group, and what they came from, each once."""
    waiting, seen = [fault], set[int]()
    while waiting and len(seen) < CAUSES:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        if cause := each.__cause__ or (None if each.__suppress_context__ else each.__context__):
            waiting.append(cause)
