"""Keep what a person tells in a question's place, and answer with what it was, what it is now, and how to undo it."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Literal, Protocol

from memory.errors import DataError
from nodes.events import Emit, facts_event
from nodes.ports import Clock, Labeller
from nodes.retrieve_context import Compute, computed, labelled
from nodes.state import AdvisorState, AdvisorUpdate, Problem
from nodes.statement_words import FIELD_WORDS, LARGE_LOAD, expected, given_of, kept_words
from privacy.labels import join_all
from telemetry.log import log
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Hours, Period
from tools.errors import BadQuestion, DataUnavailable, NoData
from tools.grammar import dates
from tools.headline import headline
from tools.readings import Inventory, Readings
from tools.statements import Claim, read_statement
from tools.wording import amount

if TYPE_CHECKING:
    from memory.told import Given, Kept

STATEMENT = "statement"
"""The intent of a text that tells and does not ask."""
STILL_KEPT = (
    "The hours are kept as yours, since readings see no people; what is used in them counts as used while empty."
)
BY_READINGS = "Figures of use come from the readings and are not kept from what is told."


class Teller(Protocol):
    """What keeps what is told."""

    async def tell(self, given: "Given", *, question_id: str) -> "tuple[Kept, str | None]":
        """Keep it, and return what became of it, with a note where a part could not be kept in time.

        Raises `DataError` where it may not or cannot be kept, `UnknownName` and `DataUnavailable`.
        """
        ...


class NoTeller:
    """Keeps nothing."""

    async def tell(self, given: "Given", *, question_id: str) -> "tuple[Kept, str | None]":  # noqa: ARG002
        """Say that there is no store."""
        raise DataUnavailable("there is no store that keeps what is told; `eaio up` starts it")


NO_TELLER: Teller = NoTeller()


@dataclass(slots=True)
class _Reply:
    """The answer as it grows.

    `ids`: what was kept, with what it is of; `failed`: why something was not kept, in the order in which it was told.
    """

    said: list[str] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


async def take_note(
    state: AdvisorState,
    *,
    readings: Readings,
    teller: Teller,
    labeller: Labeller,
    clock: Clock,
    emit: Emit,
    max_chars: int,
    compute_facts: Compute = computed,
) -> AdvisorUpdate:
    """Return the answer to a statement: each claim kept, or answered from the readings where only they can tell.

    Told again it is the same: a turn that is taken up anew after its process died keeps nothing twice. What is kept is
    as sensitive as the text that told it, and changes neither labels nor routes nor the policy.
    """
    reply = _Reply()
    try:
        inventory = await readings.inventory()
        told = read_statement(state["question"], inventory, clock(), max_chars, state.get("previous"))
        if told is None:  # the names have changed since it was read
            return {"problem": Problem(status="clarify", reason="a building of that name is gone; `eaio data list`")}
        for claim in told.claims:
            await _take(claim, told.text, state, reply, readings, teller, compute_facts)
    except (BadQuestion, DataError, DataUnavailable) as why:
        reply.failed.append(why)
    if reply.failed and not (reply.ids or reply.facts):
        return {"problem": _problem(reply.failed[0])}
    return await _answer(state, reply, labeller, emit)


async def _take(
    claim: Claim,
    text: str,
    state: AdvisorState,
    reply: _Reply,
    readings: Readings,
    teller: Teller,
    compute_facts: Compute,
) -> None:
    """Keep one claim of each of its buildings, or look up what it says."""
    for building in claim.buildings:
        inventory = await readings.inventory()
        if query := _looked_up(claim, building, inventory):
            await _look_up(claim, query, reply, readings, inventory, compute_facts)
        if claim.kind in ("figure", "no_meter"):
            continue
        given = given_of(claim, building, text, state["label"])
        kept, missed = await teller.tell(given, question_id=state["question_id"])
        reply.said.append(kept_words(kept, await readings.inventory()))
        reply.ids[kept.fact.id] = f"{FIELD_WORDS[kept.fact.field]} of {building}"
        reply.missed += [missed] if missed else []
        reply.notes += [f"Assumed: {a}." for a in (*claim.assumed, expected(claim)) if a]


def _looked_up(claim: Claim, building: str, inventory: Inventory) -> EnergyQuery | None:
    """Return what the readings are asked about a claim; None where they tell nothing of it."""
    if claim.kind == "figure" or (claim.kind == "no_meter" and inventory.meters_of(building, claim.measure)):
        return EnergyQuery(measure=claim.measure, buildings=(building,), period=_period(claim))
    if claim.kind != "opening" or not inventory.meters_of(building, "electricity"):
        return None
    if (hours := _closed(claim)) is None:
        return None
    other: Hours = "day" if hours == "night" else "weekday"
    return EnergyQuery(statistic="mean", buildings=(building,), hours=hours, against_hours=other, period=_period(claim))


def _closed(claim: Claim) -> Literal["night", "weekend"] | None:
    """Return the hours that a claim says are closed, where readings tell of them apart."""
    days = claim.value.get("days", {})
    if claim.value.get("nights") is False:
        return "night"
    return "weekend" if all(days.get(day, 0) is None for day in ("5", "6")) and set(days) <= {"5", "6"} else None


def _period(claim: Claim) -> Period | None:
    """Return the days of a claim that has both ends as a period of readings."""
    if claim.start is None or claim.end is None:
        return None
    return dates.named(*(datetime.combine(day, time.min) for day in (claim.start, claim.end)))


async def _look_up(
    claim: Claim, query: EnergyQuery, reply: _Reply, readings: Readings, inventory: Inventory, compute_facts: Compute
) -> None:
    """Say what the readings tell; of closed hours only where they do not look closed."""
    try:
        facts, _ = await compute_facts(query, readings, inventory)
    except NoData as none:
        reply.said += [f"Not kept: {none}. {BY_READINGS}"] if claim.kind == "figure" else []
        return
    words = headline(facts, inventory)
    if claim.kind == "figure":
        said = amount(claim.value["kwh"], "kWh")
        reply.said.append(f"{words} That is what the readings say, and not the {said} of your words. {BY_READINGS}")
    elif claim.kind == "no_meter":
        reply.said.append(f"Not kept, as the readings say otherwise: {words}")
    else:
        share = facts.evidence[2].value / facts.evidence[3].value if facts.evidence[3].value > 0 else 0.0
        if share < LARGE_LOAD:
            return
        reply.said.append(f"The readings do not show it closed: {words} {STILL_KEPT}")
    reply.facts.append(facts)


async def _answer(state: AdvisorState, reply: _Reply, labeller: Labeller, emit: Emit) -> AdvisorUpdate:
    facts, unlowered = await labelled(reply.facts, labeller) if reply.facts else ([], None)
    evidence = [e for of_query in facts for e in of_query.evidence]
    said = [*dict.fromkeys(reply.said), *(f"Not kept: {why}." for why in reply.failed)]
    if reply.ids:
        each = ", ".join(f"{name}: {what}" for name, what in reply.ids.items()) if len(reply.ids) > 1 else ""
        said.append(f"`eaio memory forget {' '.join(reply.ids)}` takes it back{each and f' ({each})'}.")
    receipt = state["receipt"]
    missed = [*receipt.get("notes", []), *filter(None, [unlowered, *reply.missed])]
    found: AdvisorUpdate = {
        "problem": None,
        "headline": " ".join(said or ["There is no such meter in the data either."]),
        "notes": list(dict.fromkeys([*reply.notes, *(n for of_query in facts for n in of_query.notes)])),
        "evidence": evidence,
        "charts": [],
        "label": join_all([state["label"], *(e.label for e in evidence)]) if evidence else state["label"],
        "receipt": {**receipt, "notes": missed},
    }
    emit(facts_event(found))
    return found


def _problem(why: Exception) -> Problem:
    if isinstance(why, DataUnavailable):
        log.warning("take_note: what was told could not be kept")
        return Problem(status="error", reason=str(why))
    return Problem(status="clarify", reason=str(why))


def is_told(state: AdvisorState) -> bool:
    """Tell whether a turn tells something and does not ask."""
    return state["classification"]["intent"] == STATEMENT
