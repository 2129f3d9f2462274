"""`eaio route replay`: a decision made again from its receipt, and what another configuration would have decided."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT
from gateway.json_out import write_json
from gateway.route import strategy_of
from gateway.route_receipt import Receipt, receipt_of
from gateway.route_view import THEN, show_all
from gateway.screen import Screen, open_screen
from models.router import Decision, RouteRequest, canonical, decide, read_record, record_of
from models.router.differences import differences
from models.router.what_if import what_if

if TYPE_CHECKING:
    from config.settings import Strategy
    from models.routing import RoutingDocument

SAME = "the same, byte for byte"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is asked for instead: another document, another strategy, or both."""

    document: "RoutingDocument | None"
    strategy: "Strategy | None"
    words: str

    def of(self, request: RouteRequest) -> RouteRequest:
        """Return a request as it would have been."""
        return what_if(request, self.document, strategy=self.strategy)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One decision made again, and the other one where that was asked for."""

    record: dict[str, Any]
    request: RouteRequest
    was: Decision
    now: Decision
    same: bool
    other: tuple[RouteRequest, Decision] | None = None


def replay_command(options: Namespace) -> int:
    """Return 0 where every decision comes out the same, 1 where one does not or its record was changed."""
    if options.profile:
        raise BadUsage(f"--profile {options.profile} is for a question; a receipt has the profile that it was made in")
    if len(options.words) < 2:
        raise BadUsage("`eaio route replay` needs a receipt: a file, `-` for stdin, or the id of a run")
    instead, receipt = what_if_of(options), receipt_of(options.words[1], options)
    done = [replayed(record, instead) for record in receipt.records]
    edited = receipt.contradictions(done[-1].request, done[-1].was)
    if options.json:
        write_json(options, as_json(receipt, done, instead, edited))
    else:
        _show(options, receipt, done, instead)
        for line in edited:
            open_screen().say(f"Changed after it was made: {line}.", "bold red")
    return ANSWERED if all(one.same for one in done) and not edited else FAULT


def what_if_of(options: Namespace) -> WhatIf | None:
    """Return what is asked for instead, None where the receipt is only to be replayed."""
    strategy = strategy_of(options)
    words = " and ".join(filter(None, (options.config, f"strategy {strategy}" if strategy else "")))
    document = _document(options.config) if options.config else None
    return WhatIf(document, strategy, words) if words else None


def _document(name: str) -> "RoutingDocument":
    from models.routing import DocumentError, load_routing

    try:
        return load_routing(Path(name)).document
    except DocumentError as fault:
        raise BadUsage(f"--config {fault}") from fault


def replayed(record: object, instead: WhatIf | None) -> Replayed:
    """Make a decision again. Raises `NotAReceipt`, `OldReceipt` or `EditedReceipt`."""
    request, was = read_record(record)
    now = decide(request)
    other = instead.of(request) if instead else None
    return Replayed(
        cast(dict[str, Any], record),
        request,
        was,
        now,
        same=canonical(now) == canonical(was),
        other=(other, decide(other)) if other else None,
    )


def as_json(
    receipt: Receipt, done: Sequence[Replayed], instead: WhatIf | None, edited: Sequence[str]
) -> dict[str, Any]:
    """Return what came of it as one object; the records of what would be decided can be replayed in their turn."""
    same = all(one.same for one in done)
    faults = [f"changed after it was made: {line}" for line in edited]
    if not same:
        faults.append("a decision made again is not that of its record")
    return {
        "status": "error" if faults else "answered",
        "reason": "; ".join(faults),
        "source": receipt.source,
        "same": same,
        "what_if": instead.words if instead else None,
        "decisions": [_decision_json(one) for one in done],
    }


def _decision_json(one: Replayed) -> dict[str, Any]:
    found = {
        "digest": one.record["digest"],
        "label": one.request.features.label,
        "same": one.same,
        "differences": differences(one.was, one.now),
        "replayed": record_of(one.request, one.now),
    }
    if one.other is None:
        return found
    return found | {"what_if": {"differences": differences(one.was, one.other[1]), "record": record_of(*one.other)}}


def _show(options: Namespace, receipt: Receipt, done: Sequence[Replayed], instead: WhatIf | None) -> None:
    screen = open_screen()
    for number, one in enumerate(done, 1):
        if number > 1:
            screen.say()
        of = f", decision {number} of {len(done)}" if len(done) > 1 else ""
        _verdict(screen, f"{receipt.source}{of}, {one.request.features.label}", one)
        if instead:
            _other(screen, instead, one)
        if options.explain:
            _explain(screen, one)


def _verdict(screen: Screen, what: str, one: Replayed) -> None:
    if one.same:
        screen.say(f"{what}: {SAME} (digest {one.record['digest'][:12]}).", "green")
        screen.say(THEN.join(one.was.ladder))
        return
    screen.say(f"{what}: not the same; this version of EAIO decides otherwise.", "bold red")
    for line in differences(one.was, one.now):
        screen.say(f"  {line}")


def _other(screen: Screen, instead: WhatIf, one: Replayed) -> None:
    assert one.other is not None
    found = differences(one.was, one.other[1])
    screen.say(f"With {instead.words}:{'' if found else ' no difference.'}", "bold")
    for line in found:
        screen.say(f"  {line}")


def _explain(screen: Screen, one: Replayed) -> None:
    screen.say()
    request, decision = one.other or (one.request, one.now)
    show_all(screen, request, decision, record_of(request, decision)["digest"])
