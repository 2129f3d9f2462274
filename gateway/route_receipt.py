"""Where a receipt is read from, a file, stdin or the ledger, and which records of decisions are in it."""

import asyncio
import json
import re
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.errors import BadUsage, NotKnown
from gateway.opened import open_tables

if TYPE_CHECKING:
    from models.router import Decision, RouteRequest

RUN_ID = re.compile(r"r[0-9a-f]{12}")
MOST_BYTES = 20_000_000
STDIN = "-"
UNROUTED = "its question went to no model"
OLDER = "it was made before receipts kept what a decision was made from; ask the question again"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is to be replayed: where it is from, in words, and its records, the one made first first."""

    source: str
    records: Sequence[object]
    around: Mapping[str, Any] = field(default_factory=dict)
    """What the receipt says itself, beside the records in it; empty where there are only records."""

    def contradictions(self, request: "RouteRequest", decision: "Decision") -> list[str]:
        """Return what the receipt says otherwise than its last record, which has a seal; a label may have risen since.

        Whoever edits what stands in the open is told by what does not.
        """
        sealed = {"ladder": list(decision.ladder), "cloud": list(decision.cloud), "strategy": decision.strategy}
        sealed |= {"profile": request.profile, "config": request.config}
        found = [name for name, value in sealed.items() if name in self.around and self.around[name] != value]
        said = {name: (self.around[name], sealed[name]) for name in found}
        if "label" in self.around and _is_below(self.around["label"], request.features.label):
            said["label"] = (self.around["label"], request.features.label)
        return [f"the receipt says {name} {told!r}, its record {kept!r}" for name, (told, kept) in said.items()]


def _is_below(told: object, kept: str) -> bool:
    from privacy.labels import Label

    return not isinstance(told, str) or Label.__members__.get(told, Label.PUBLIC) < Label[kept]


def receipt_of(name: str, options: Namespace) -> Receipt:
    """Read a receipt. Raises `BadUsage` for what is none, `NotKnown` for a run that is not kept here."""
    path = Path(name)
    if name == STDIN:
        return read_receipt(_json(sys.stdin.buffer.read(MOST_BYTES + 1), "stdin"), "stdin")
    if RUN_ID.fullmatch(name) and not path.exists():
        return read_receipt(asyncio.run(_receipt_of_run(name, options)), f"run {name}")
    return read_receipt(_json(_bytes(path), name), name)


async def _receipt_of_run(run_id: str, options: Namespace) -> object:
    from memory.ledger import Ledger

    async with open_tables(options, "the ledger") as pool:
        run = await Ledger(pool).run(run_id)
    if run is None:
        raise NotKnown(f"no run {run_id} is kept here; `eaio ask --json` prints the id as `question_id`")
    return run["receipt"]


def read_receipt(value: object, source: str) -> Receipt:
    """Return an answer, a receipt or a list of records as a receipt; anything else is taken for one record."""
    found: Any = value
    if isinstance(found, Mapping) and isinstance(found.get("receipt"), Mapping):
        found = found["receipt"]
    if isinstance(found, Mapping) and "ladder" in found:
        if not found.get("routes"):
            raise BadUsage(
                f"{source} holds no record of a routing decision: {UNROUTED if 'routes' in found else OLDER}"
            )
        return Receipt(source, _listed(found["routes"], source), found)
    return Receipt(source, _listed(found if isinstance(found, list) else [found], source))


def _listed(records: object, source: str) -> list[object]:
    if not isinstance(records, list) or not records:
        raise BadUsage(f"{source} holds no record of a routing decision; give what `eaio route --json` prints")
    return records


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadUsage(f"{path} is no file, and no id of a run such as r0123456789ab") from None
    except OSError as why:
        raise BadUsage(f"{path} cannot be read ({why.strerror})") from why


def _json(text: bytes, source: str) -> object:
    if len(text) > MOST_BYTES:
        raise BadUsage(f"{source} has more than {MOST_BYTES // 1_000_000} MB; give one receipt")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as why:
        raise BadUsage(f"{source} is not one JSON object ({why}); give what `eaio ask --json` wrote") from why
