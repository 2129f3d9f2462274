"""What a text or a value becomes before it goes into a trace or a log: the same labels, another policy row.

A text is scanned, and the destination's row of its label decides: as it is, with its spans replaced by their types, or
withheld. A structure has no one to vouch for what is in it, so all of it is withheld but what stands under a key of
`privacy.redaction.traced_keys`. Nothing here raises: what cannot be redacted is withheld.
"""

import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from privacy.labels import Label, join_all
from privacy.policy import Policy
from privacy.redaction.traced_keys import FAULTS, KNOWN, MEASURES, NAMES, OPENED, PROSE, SHOWN, TIMES
from privacy.spans import Scan, Span

WITHHELD = "[withheld]"
IS_WITHHELD = re.compile(rf"\[withheld(?:: (?:{'|'.join(Label.__members__)}|\d{{1,5}} items))?\]")
TYPE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
NODE = re.compile(r"[a-z_]{1,40}")
KIND = re.compile(r"([A-Za-z_]\w{0,63})(?=\(| \[withheld\]$)", re.ASCII)
NUMBER = re.compile(r"(?<![\w.#])-?\d[\d.,]*(?<=\d)(?!\w)")
YEAR = re.compile(r"(?:19|20)\d\d")

LONGEST = 20_000
"""A longer text, in characters, is withheld instead of scanned."""
DEEPEST, LARGEST = 8, 2_000
"""A structure is looked into so deep, and to so many values."""
KEPT_S, KEPT = 5.0, 1_024
"""A verdict is kept for so long, as many at most: nodes repeat the same texts, and the names of buildings change."""


@dataclass
class _Left:
    """How many more values of a structure are looked at."""

    values: int = LARGEST

    def take(self) -> bool:
        self.values -= 1
        return self.values >= 0


class Redactor:
    """Redacts for one destination of the policy, `langsmith` or `logs`. Threads may share one."""

    def __init__(self, scan: Callable[[str], Scan], policy: Callable[[], Policy], destination: str) -> None:
        self._scan, self._policy, self._destination = scan, policy, destination
        self._kept = lru_cache(maxsize=KEPT)(self._decided)

    def text(self, text: str, source: str | None = None) -> str:
        """Return a text as the destination may have it; `source` is where its words are from, if they have one."""
        try:
            policy = self._policy()
            floor = Label.PUBLIC if source is None else policy.label_of_source(source)
            exact = str.__str__(text)
            if IS_WITHHELD.fullmatch(exact):
                return exact
            if len(exact) > LONGEST:
                return WITHHELD
            return self._kept(exact, floor, policy.hash, int(time.monotonic() / KEPT_S))
        except Exception:  # noqa: BLE001 - whatever breaks, nothing of the text may come out
            return WITHHELD

    def value(self, value: Any) -> Any:
        """Return a structure of plain JSON values in which only what stands under a known key is left."""
        try:
            if _parts(value) is None:
                return self._unvouched(value)
            return self._opened(value, _Left(), 0)
        except Exception:  # noqa: BLE001 - whatever breaks, nothing of the value may come out
            return WITHHELD

    def fault(self, said: object) -> str:
        """Return the kind of a fault, given as exception or as what was written of one; its words are withheld."""
        try:
            kind = type(said).__name__ if isinstance(said, BaseException) else _kind(str(said))
            return f"{kind} {WITHHELD}" if kind and self.text(kind, "instructions") == kind else WITHHELD
        except Exception:  # noqa: BLE001 - a fault that cannot even be named
            return WITHHELD

    def _decided(self, text: str, floor: Label, _policy: str, _at: int) -> str:
        policy, scan = self._policy(), self._scan(text)
        spans = [s for s in scan.spans if s.label > Label.PUBLIC and not _is_mark(text[s.start : s.end], policy)]
        # Only where every span is a mark of ours is the scan's word for the whole not asked.
        of_scan = Label.PUBLIC if scan.spans and not spans else scan.label
        label = join_all([floor, of_scan, *(s.label for s in spans), *([Label.RESTRICTED] if scan.faults else [])])
        match policy.rule(self._destination, label).action:
            case "allow":
                return text
            case "pseudonymise" if not scan.faults:
                return self._marked(text, spans, policy)
            case _:
                return f"[withheld: {label.name}]"

    def _marked(self, text: str, spans: Iterable[Span], policy: Policy) -> str:
        """Return the text with marks for its spans, if a second scan then finds nothing between them."""
        if not (marked := _replaced(text, spans)) or marked == text:
            return marked
        again = self._scan(marked)
        left = [s for s in again.spans if s.label > Label.PUBLIC and not _is_mark(marked[s.start : s.end], policy)]
        return WITHHELD if left or again.faults else marked

    def _opened(self, value: Any, left: _Left, depth: int) -> Any:
        """Look into a structure that is known to hold known keys."""
        if depth > DEEPEST or not left.take():
            return WITHHELD
        parts = _parts(value)
        if isinstance(parts, dict):
            redacted = {}
            for key, part in parts.items():
                known = type(key) is str and key in KNOWN
                redacted[key if known else WITHHELD] = self._under(key, part, left, depth) if known else WITHHELD
            return redacted
        if parts is not None:
            return [self._opened(part, left, depth + 1) for part in parts]
        return self._unvouched(value)

    def _under(self, key: str, value: Any, left: _Left, depth: int) -> Any:
        if value is None or not left.take():
            return None if value is None else WITHHELD
        if key in OPENED:
            return self._opened(value, left, depth + 1)
        if key in NAMES or key in PROSE:
            return self._words(key, value, left)
        if key in MEASURES:
            return value if _is_measure(value) else WITHHELD
        if key in TIMES and isinstance(value, Mapping):
            return {k: v for k, v in value.items() if self._is_node(k) and _is_measure(v) and left.take()}
        if key in FAULTS:
            return self.fault(value)
        return _counted(value) if key in SHOWN else WITHHELD

    def _words(self, key: str, value: Any, left: _Left) -> Any:
        if isinstance(value, Enum):
            value = value.name
        if isinstance(value, list | tuple):
            return [self._words(key, word, left) if left.take() else WITHHELD for word in value]
        if not isinstance(value, str):
            return WITHHELD
        redacted = self.text(value, {**NAMES, **PROSE}[key])
        return redacted if key in NAMES or IS_WITHHELD.fullmatch(redacted) else NUMBER.sub(_unless_year, redacted)

    def _is_node(self, key: object) -> bool:
        return type(key) is str and NODE.fullmatch(key) is not None and self.text(key, "instructions") == key

    def _unvouched(self, value: Any) -> Any:
        """Return what has no key to vouch for it, which is RESTRICTED, by the policy's row for that."""
        if value is None:
            return None
        if type(value) is str and IS_WITHHELD.fullmatch(value):
            return value
        allowed = self._policy().rule(self._destination, Label.RESTRICTED).action == "allow"
        return value if allowed and type(value) in (str, int, float, bool) else WITHHELD


def _parts(value: Any) -> dict[Any, Any] | list[Any] | None:
    """Return what a structure is made of, None for what is none. Nothing of the structure's own code is run."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name, None) for f in fields(value)}
    if isinstance(declared := getattr(type(value), "model_fields", None), Mapping):  # pydantic, messages among it
        return {name: value.__dict__.get(name) for name in declared}
    return None


def _replaced(text: str, spans: Iterable[Span]) -> str:
    return "".join(_pieces(text, sorted(spans, key=lambda s: (s.start, -s.end))))


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    at = 0
    for span in spans:
        if span.start >= at:
            yield text[at : span.start]
            yield f"[{span.type}]" if TYPE.fullmatch(span.type) else WITHHELD
        at = max(at, span.end)
    yield text[at:]


def _is_mark(found: str, policy: Policy) -> bool:
    """Tell whether a span is a mark: a person's word in brackets is none."""
    inner = found.removeprefix("[").removesuffix("]")
    return inner in policy.types or inner == "withheld"


def _is_measure(value: object) -> bool:
    return type(value) in (int, bool) or (type(value) is float and math.isfinite(value))


def _unless_year(number: re.Match[str]) -> str:
    return number[0] if YEAR.fullmatch(number[0]) else "#"


def _counted(value: Any) -> str:
    if type(value) is str and IS_WITHHELD.fullmatch(value):
        return value
    return f"[withheld: {len(value)} items]" if type(value) in (list, tuple, dict) and len(value) < 10**5 else WITHHELD


def _kind(said: str) -> str:
    """Return the name of the exception that what was written of it begins with."""
    found = KIND.match(said)
    return found[1] if found else ""
