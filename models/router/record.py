"""The record of a routing decision: all that went in and all that came out, from which it is made again.

The digest is over the other three in their canonical JSON: keys in order, no spaces, ASCII, and numbers by their value,
so that `20.0` of one JSON writer and `20` of another are the same. It is a seal against slips, not against forgers, who
can make a digest too; the run that the ledger kept is what a receipt can be compared with.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from models.router.decide import decide
from models.router.decision import Decision
from models.router.errors import EditedReceipt, NotAReceipt, OldReceipt
from models.router.request import RouteRequest

VERSION = 1
"""Of the form of a record and of the rule that decides: where either changes, what is kept cannot be replayed."""
PARTS = ("version", "request", "decision", "digest")

AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def record_of(request: RouteRequest, decision: Decision) -> dict[str, Any]:
    """Return the record of a decision as plain JSON values."""
    told = {"version": VERSION, "request": plain(request), "decision": plain(decision)}
    return {**told, "digest": hashlib.sha256(_text(told)).hexdigest()}


def read_record(value: object) -> tuple[RouteRequest, Decision]:
    """Return what a record holds.

    Raises `NotAReceipt`, `OldReceipt` or `EditedReceipt`.
    """
    told = _parts(value)
    if told["version"] != VERSION:
        raise OldReceipt(told["version"], VERSION)
    texts = {part: _text_of(part, told[part]) for part in ("request", "decision")}
    found = digest({part: told[part] for part in PARTS[:-1]})
    if told["digest"] != found:
        raise EditedReceipt(str(told["digest"]), found)
    request: RouteRequest = _typed(RouteRequest, "request", texts["request"])
    decision: Decision = _typed(Decision, "decision", texts["decision"])
    return request, decision


def replay(record: object) -> Decision:
    """Return the decision made again from what a record says went in. Raises as `read_record`."""
    request, _ = read_record(record)
    return decide(request)


def is_same(record: object) -> bool:
    """Tell whether the decision made again is that of the record, byte for byte. Raises as `read_record`."""
    request, decision = read_record(record)
    return canonical(decide(request)) == canonical(decision)


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: of a record, a part of one, a request or a decision."""
    return _text(plain(value))


def _text(plain_value: Any) -> bytes:
    return json.dumps(plain_value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def plain(value: Any) -> Any:
    """Return a value as JSON has it; a whole number is an integer, however it was written."""
    kind: Any = type(value)
    if kind in AS_THEY_ARE:
        return value
    if kind is float:
        return int(value) if value.is_integer() else value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    return {name: plain(getattr(value, name)) for name in names(kind)}


@cache
def names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass or named tuple. Raises `TypeError` for what is neither."""
    given: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return given or tuple(field.name for field in fields(kind))


def _parts(value: object) -> Mapping[str, Any]:
    """Return the parts of a record, of which the version and the digest are of their kind."""
    if not isinstance(value, Mapping):
        raise NotAReceipt(f"it is a {type(value).__name__}, not an object")
    if lacking := [part for part in PARTS if part not in value]:
        raise NotAReceipt(f"it has no {' and no '.join(lacking)}")
    if type(value["version"]) is not int:
        raise NotAReceipt(f"its version is {value['version']!r}, not a number")
    return value


def _text_of(part: str, value: object) -> bytes:
    try:
        return canonical(value)
    except (TypeError, ValueError, RecursionError) as fault:
        raise NotAReceipt(f"its {part} is no JSON ({fault})") from None


def _typed(kind: Any, part: str, text: bytes) -> Any:
    """Return a part as its type, held to carry all of it: a field that is unknown here would be dropped in silence."""
    try:
        read = _reader(kind).validate_json(text, strict=True)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, (part, *first["loc"])))
        raise NotAReceipt(f"{where}: {first['msg'].removeprefix('Value error, ')}") from None
    if canonical(read) != text:
        raise NotAReceipt(f"its {part} has a field that this version does not know, or lacks one")
    return read


@cache
def _reader(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
