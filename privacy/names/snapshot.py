"""Names kept in a file, so that a scan needs no running service; without one, the names of the shipped data.

The file is JSON lines: what it is, then one `[text, type, entity]` a line.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

from privacy.names.inventory import NameInventory
from privacy.names.name import Name, names_of

FORMAT = "eaio names 1"
CATALOG = Path(__file__).resolve().parents[2] / "data" / "catalog.yaml"


class BadSnapshot(ValueError):
    """A file of names cannot be read; the message names the line and the remedy."""


def snapshot_path(home: Path) -> Path:
    """Return where the names of a home are kept."""
    return home / "privacy" / "names.json"


def models_folder(home: Path) -> Path:
    """Return where the detectors of a home keep the quick form of their model."""
    return home / "models"


def save(names: Iterable[Name], path: Path) -> None:
    """Write names, all or nothing: a reader sees the file of before or this one. Only the owner may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(FORMAT) + "\n")
        file.writelines(json.dumps(name) + "\n" for name in names)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load(path: Path) -> NameInventory:
    """Return the inventory of a file. Raises `BadSnapshot`, or `FileNotFoundError` where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as fault:
        raise BadSnapshot(f"{path} is not UTF-8; delete it, it is written anew when data changes") from fault
    if not lines or lines[0] != json.dumps(FORMAT):
        raise BadSnapshot(f"{path}:1 does not begin with {FORMAT!r}; delete the file, it is written anew")
    return NameInventory.build(_names(path, lines[1:]))


def known(home: Path) -> NameInventory:
    """Return the names kept in a home, and those of the shipped data where it has none."""
    try:
        return load(snapshot_path(home))
    except FileNotFoundError:
        return shipped()


def shipped(catalog: Path = CATALOG) -> NameInventory:
    """Return the inventory of the data that EAIO comes with: sites, buildings, their other names, their meters."""
    import yaml  # type: ignore[import-untyped]

    sites = yaml.safe_load(catalog.read_text(encoding="utf-8"))["sites"]
    buildings = {key: entry for site in sites.values() for key, entry in site["buildings"].items()}
    return NameInventory.build(
        names_of(
            sites=[SimpleNamespace(id=key, name=s["name"], aliases=s["aliases"]) for key, s in sites.items()],
            buildings=[SimpleNamespace(id=key, name=b["name"], aliases=b["aliases"]) for key, b in buildings.items()],
            meters=[f"{key}/{meter}" for key, b in buildings.items() for meter in b.get("meters", ())],
        )
    )


def _names(path: Path, lines: list[str]) -> list[Name]:
    """Return the names of the lines after the first; all are parsed at once, which takes a third of the time."""
    try:
        return [Name(str(text), str(kind), str(entity)) for text, kind, entity in json.loads(f"[{','.join(lines)}]")]
    except (ValueError, TypeError):
        return [_name(path, number, line) for number, line in enumerate(lines, start=2)]


def _name(path: Path, number: int, line: str) -> Name:
    try:
        text, kind, entity = json.loads(line)
        return Name(str(text), str(kind), str(entity))
    except (ValueError, TypeError) as fault:
        raise BadSnapshot(
            f"{path}:{number} is not [text, type, entity]; delete the file, it is written anew"
        ) from fault
