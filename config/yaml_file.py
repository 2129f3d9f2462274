"""A YAML document of ours, read as a whole, with each error at its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml  # type: ignore[import-untyped]
from pydantic import BaseModel, ValidationError

MAX_BYTES = 1_000_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C reads ten times as fast, where the wheel has it."""

Place = tuple[str | int, ...]
Document = TypeVar("Document", bound=BaseModel)


class DocumentError(Exception):
    """The file cannot be used as it stands."""

    def __init__(self, file: Path | str, line: int, message: str) -> None:
        self.file, self.line, self.message = Path(file), line, message
        super().__init__(f"{file}:{line}: {message}")


def read_document(path: Path, schema: type[Document], *, restore: str) -> tuple[Document, bytes, dict[Place, int]]:
    """Return the document of a file, its bytes, and the line of each of its parts.

    `restore` says what to do where the file is gone. Raises `DocumentError` with file and line.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise DocumentError(path, 0, f"cannot be read ({fault.strerror}); {restore}") from None
    if len(content) > MAX_BYTES:
        raise DocumentError(path, 0, f"{len(content):,} bytes; such a file has at most {MAX_BYTES:,}")
    lines, document = _parsed(path, content)
    try:
        return schema.model_validate(document), content, lines
    except ValidationError as fault:
        first = fault.errors()[0]
        raise DocumentError(path, _line(lines, first["loc"]), _words(first)) from None


def _parsed(path: Path, content: bytes) -> tuple[dict[Place, int], Any]:
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=LOADER)
        if root is None:
            raise DocumentError(path, 1, "the file is empty")
        lines = dict(_places(path, root, (), set()))
        return lines, yaml.load(content, Loader=LOADER)  # noqa: S506 - a safe one, in C or in Python
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise DocumentError(path, line, "not UTF-8") from None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise DocumentError(path, mark.line + 1 if mark else 0, fault.problem or "not YAML") from None
    except (yaml.YAMLError, RecursionError) as fault:
        raise DocumentError(path, 0, f"not YAML ({type(fault).__name__})") from None


def _places(path: Path, node: yaml.Node, at: Place, seen: set[int]) -> Iterator[tuple[Place, int]]:
    """Yield the line of every key and item; a key given twice is an error, because the later one would win unseen."""
    if id(node) in seen:
        raise DocumentError(path, node.start_mark.line + 1, "anchors and aliases are not taken; write it out")
    seen.add(id(node))
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            yield from _places(path, item, (*at, i), seen)
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if str(key.value) in keys:
                raise DocumentError(path, line, f"{key.value} is given twice; leave the one that is meant")
            keys.add(str(key.value))
            yield from _places(path, value, (*at, str(key.value)), seen)
            yield (*at, str(key.value)), line


def _line(lines: dict[Place, int], at: Place) -> int:
    """Return the line of a place, or of the nearest one around it that the file has."""
    return lines.get(at) or (_line(lines, at[:-1]) if at else 0)


def _words(fault: Any) -> str:
    where = ".".join(map(str, fault["loc"])) or "the document"
    return f"{where}: {fault['msg'].removeprefix('Value error, ')}"
