"""What is different between two decisions, for people."""

from collections.abc import Iterator

from models.router.decision import Decision, Scored

SHARES = ("score", "quality", "cost", "latency", "load", "cost_usd", "time_s")


def differences(before: Decision, after: Decision) -> list[str]:
    """Return what is different, the weightiest first; nothing where nothing is."""
    if before == after:
        return []
    told = [*_order(before, after), *_in_and_out(before, after), *_weights(before, after)]
    return told or [f"it is told otherwise: {after.reason}; it was: {before.reason}"]


def _order(before: Decision, after: Decision) -> Iterator[str]:
    if before.strategy != after.strategy:
        yield f"the strategy is {after.strategy}; it was {before.strategy}"
    if before.ladder[0] != after.ladder[0]:
        yield f"{after.ladder[0]} comes first instead of {before.ladder[0]}: {after.reason}"
    if before.ladder != after.ladder:
        yield f"the ladder is {' → '.join(after.ladder)}; it was {' → '.join(before.ladder)}"
    if before.overloaded != after.overloaded:
        yield (
            "clouds come first because all that is local is too busy"
            if after.overloaded
            else ("clouds do not come first any more: what is local is not too busy")
        )


def _in_and_out(before: Decision, after: Decision) -> Iterator[str]:
    """Yield who may be asked now and who may not, with the reason."""
    was, now = {e.id: e for e in before.excluded}, {e.id: e for e in after.excluded}
    then, there = {*was, *before.ladder}, {*now, *after.ladder}
    for id_ in dict.fromkeys((*after.ladder, *now, *before.ladder, *was)):
        if id_ not in there:
            yield f"{id_} is not there; it was"
        elif id_ not in then:
            yield f"{id_} is there; it was not" + (f", and is left out: {now[id_].reason}" if id_ in now else "")
        elif id_ in now and id_ not in was:
            yield f"{id_} is left out ({now[id_].kind}): {now[id_].reason}"
        elif id_ in was and id_ not in now:
            yield f"{id_} may be asked; it was left out ({was[id_].kind}): {was[id_].reason}"
        elif id_ in now and now[id_] != was[id_]:
            yield f"{id_} is left out for another reason ({now[id_].kind}): {now[id_].reason}"


def _weights(before: Decision, after: Decision) -> Iterator[str]:
    """Yield whose figures are others."""
    was = {scored.id: scored for scored in before.scored}
    for scored in after.scored:
        if scored.id in was and (found := [*_figures(was[scored.id], scored)]):
            yield f"{scored.id}: {', '.join(found)}"


def _figures(was: Scored, now: Scored) -> Iterator[str]:
    for name in SHARES:
        if (value := getattr(now, name)) != (old := getattr(was, name)):
            yield f"{name} {value:g}, was {old:g}"
    if now.note != was.note:
        yield f"noted {now.note or 'nothing'!r}"
