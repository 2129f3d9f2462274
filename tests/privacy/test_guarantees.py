"""G1, G2, G3, G8 and G9 at the gate itself: labels, detectors, pseudonyms and the audit log, without a network."""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langgraph.checkpoint.memory import InMemorySaver

from graphs.runtime import SERDE
from nodes.prompt import pieces
from nodes.state import Recollection
from privacy.audit import AuditRecord
from privacy.audit.chain import anchor_of, chained
from privacy.audit.in_memory import MemoryAudit
from privacy.audit.key import AuditKey
from privacy.audit.verdict import verify
from privacy.declassifier import Declassifier
from privacy.declassify import Grounds
from privacy.errors import AuditUnavailable
from privacy.gate import Gate
from privacy.labels import Label, join_all
from privacy.names.inventory import NameInventory
from privacy.pieces import Message, Outgoing, Piece
from privacy.policy import Policy
from privacy.preview import LabelOf, ScanText, preview
from privacy.pseudonyms import Pseudonyms
from privacy.pseudonyms.vault import PseudonymVault
from privacy.recognisers.all import Family
from privacy.scanner import Scanner
from privacy.spans import Scan, Span
from tests.graphs.gatehouse import POLICY, gatehouse, quick_scanners
from tests.graphs.small_graph import NOW, Scripted, graph_of
from tests.small_site import SmallSite, inventory
from tools.compute import compute
from tools.grammar import parse

HARMLESS = "How are buildings heated in general?"
NAMED = "What does South Hall use?"
PEAK = "What was the peak of b2 in July 2018?"
TOTAL = "How much electricity did b1 use in 2018?"
DETECT = quick_scanners(inventory())
YEAR = Grounds(
    source="tool.energy",
    start=datetime(2019, 1, 1, tzinfo=UTC),
    end=datetime(2020, 1, 1, tzinfo=UTC),
    buildings=("b2",),
    shows_hours=False,
    whole_months=True,
)


class GoneAudit(MemoryAudit):
    """An audit log that takes nothing."""

    async def append(self, record: AuditRecord) -> Any:
        raise AuditUnavailable("the audit log does not answer (gone)")


def gate_of(
    *,
    scan: ScanText = DETECT,
    audit: MemoryAudit | None = None,
    policy: Policy = POLICY,
    lowered: LabelOf = lambda _: None,
    vault: PseudonymVault | None = None,
) -> Gate:
    return Gate(lambda: policy, scan, audit or MemoryAudit(), PseudonymVault() if vault is None else vault, lowered)


def asked(*given: Piece | str, to: str = "gpt-4o", label: Label = Label.PUBLIC, conversation: str = "one") -> Outgoing:
    """Return a prompt with a message for each piece; a text is the words of a person."""
    parts = [Piece(one, "question") if isinstance(one, str) else one for one in given]
    return Outgoing(tuple(Message("user", (part,)) for part in parts), label, to, conversation)


def blind(_text: str, _stage: int) -> Scan:
    """Find nothing."""
    return Scan(Label.PUBLIC)


async def sent(gate: Gate, prompt: Outgoing) -> str:
    """Return the texts that the gate lets through, empty where it denies."""
    decision = await gate.clear(prompt)
    held = gate.take(decision.clearance) if decision.clearance else None
    return "\n".join(text for _, text in held.prompt.messages) if held else ""


# G1: the label only rises, and the gate computes it anew.


async def test_g1_label_in_the_input_lowers_nothing() -> None:
    graph: Any = graph_of(Scripted())
    state = await graph.ainvoke({"question": PEAK, "label": Label.PUBLIC})
    assert state["label"] is Label.RESTRICTED


async def test_g1_label_stays_up_in_the_next_turn_of_a_conversation() -> None:
    graph: Any = graph_of(Scripted(), checkpointer=InMemorySaver(serde=SERDE))
    thread = {"configurable": {"thread_id": "t"}}
    labels = [(await graph.ainvoke({"question": question}, thread))["label"] for question in (PEAK, TOTAL)]
    assert labels == [Label.RESTRICTED, Label.RESTRICTED]


async def test_g1_gate_computes_the_label_from_the_pieces_whatever_the_state_says() -> None:
    gate = gate_of(scan=blind)
    fact = Piece("- b2, electricity peak: 24 kWh", "tool.energy", Label.PUBLIC, "a claim that nobody made")
    decision = await gate.clear(asked(fact, label=Label.PUBLIC))
    assert (decision.decision, decision.label) == ("denied", Label.RESTRICTED)


async def test_g1_label_of_the_run_raises_what_the_gate_finds() -> None:
    assert (await gate_of(scan=blind).clear(asked(HARMLESS, label=Label.RESTRICTED))).decision == "denied"


async def test_g1_label_falls_only_by_a_rule_that_is_in_the_audit_log() -> None:
    audit = MemoryAudit()
    ways_down = Declassifier(lambda: POLICY, audit)
    assert (await ways_down.lower({"f": YEAR}))[0] == {"f": Label.INTERNAL}
    assert ways_down.label_of("f") is Label.INTERNAL
    assert [(e.decision, e.rule, e.because) for e in audit.entries] == [
        ("declassified", "declassify/coarsening", "coarsened_to_month")
    ]


async def test_g1_label_that_cannot_be_written_down_does_not_fall() -> None:
    ways_down = Declassifier(lambda: POLICY, GoneAudit())
    labels, note = await ways_down.lower({"f": YEAR})
    assert labels == {"f": Label.RESTRICTED}
    assert "nothing was declassified" in (note or "")
    assert ways_down.label_of("f") is None


async def test_g1_what_was_lowered_under_another_policy_is_not_lowered() -> None:
    force = [POLICY]
    ways_down = Declassifier(lambda: force[0], MemoryAudit())
    await ways_down.lower({"f": YEAR})
    force[0] = dataclasses.replace(POLICY, hash="ffffffffffff")
    assert ways_down.label_of("f") is None


# G2: what nobody has labelled is RESTRICTED.


@pytest.mark.parametrize("source", ["", "tool.weather", "a.new.table", "Question", "documents.leases"])
async def test_g2_text_of_a_source_that_the_policy_does_not_name_stays(source: str) -> None:
    decision = await gate_of(scan=blind).clear(asked(Piece(HARMLESS, source)))
    assert (decision.decision, decision.label) == ("denied", Label.RESTRICTED)


async def test_g2_label_that_a_piece_carries_counts_where_it_is_higher() -> None:
    decision = await gate_of(scan=blind).clear(asked(Piece("nothing of note", "memory.episode", Label.CONFIDENTIAL)))
    assert (decision.decision, decision.label) == ("denied", Label.CONFIDENTIAL)


async def test_g2_every_source_of_a_prompt_is_in_the_shipped_policy() -> None:
    names = inventory()
    query = parse(TOTAL, names, NOW, 4_000, None).queries[0]
    facts = await compute(query, SmallSite(), names)
    made = pieces(TOTAL, facts.evidence, [Recollection(text="Asked before", label="INTERNAL")], names)
    sources = {piece.source for message in made for piece in message.pieces}
    assert sources == {"instructions", "tool.energy", "memory.episode", "question"}
    assert sources <= set(POLICY.sources)


def test_g2_data_of_no_label_at_all_is_restricted() -> None:
    assert join_all([]) is Label.RESTRICTED


def test_g2_kind_of_thing_that_nobody_has_placed_is_restricted() -> None:
    assert POLICY.label_of_type("SOMETHING_NEW") is Label.RESTRICTED
    finds = lambda text: [Span(0, len(text), "SOMETHING_NEW", Label.PUBLIC)]  # noqa: E731 - a detector in a line
    found = Scanner(NameInventory.build([]), POLICY.types, recognisers=[("new", (finds,))])
    assert found.scan("hello").label is Label.RESTRICTED


@pytest.mark.parametrize("label", list(Label))
def test_g2_destination_that_nobody_has_written_gets_nothing(label: Label) -> None:
    assert POLICY.rule("gpt-5", label).action == "deny"
    bare = dataclasses.replace(POLICY.destinations["gpt-4o"], rows={})
    assert dataclasses.replace(POLICY, destinations={"gpt-4o": bare}).rule("gpt-4o", label).action == "deny"


# G3: detection only raises, and what did not look has found the worst.


def broken(text: str) -> Iterable[Span]:
    raise KeyError(text)


def scan_that_fails(stage: int) -> ScanText:
    recognisers: list[Family] = [("broken", (broken,))] if stage == 1 else []
    outbound: Callable[[str], Iterable[Span]] = broken if stage == 2 else lambda _: ()
    return Scanner(NameInventory.build([]), POLICY.types, recognisers=recognisers, outbound=outbound).scan


@pytest.mark.parametrize("stage", [1, 2])
async def test_g3_text_whose_detector_fails_stays_and_the_reason_names_it(stage: int) -> None:
    decision = await gate_of(scan=scan_that_fails(stage)).clear(asked(HARMLESS))
    assert (decision.decision, decision.label) == ("denied", Label.RESTRICTED)
    assert "failed (KeyError)" in decision.reason
    assert "heated" not in decision.reason


async def test_g3_gate_whose_scan_raises_is_shut() -> None:
    def raises(text: str, _stage: int) -> Scan:
        raise RuntimeError(text)

    decision = await gate_of(scan=raises).clear(asked(HARMLESS))
    assert (decision.decision, decision.clearance) == ("denied", None)
    assert "heated" not in decision.reason


@given(
    st.sampled_from(Label), st.sampled_from(Label), st.sampled_from(["question", "tool.energy", "weather.hourly", "?"])
)
async def test_g3_what_a_scan_finds_never_lowers_a_label(found: Label, carried: Label, source: str) -> None:
    gate = gate_of(scan=lambda _text, _stage: Scan(found))
    label = (await gate.preview(asked(Piece(HARMLESS, source, carried)))).label
    assert label == max(found, carried, POLICY.label_of_source(source))


async def test_g3_secret_that_is_split_over_messages_is_seen() -> None:
    assert await sent(gate_of(), asked("The BMS password", HARMLESS))
    decision = await gate_of().clear(asked("The BMS password is", "Tr0ub4dor&3."))
    assert (decision.decision, decision.label) == ("denied", Label.RESTRICTED)


async def test_g3_question_that_cannot_be_looked_at_is_restricted() -> None:
    def raises(_inventory: object) -> Any:
        def scan(text: str, _stage: int) -> Scan:
            raise RuntimeError(text)

        return scan

    assert await gatehouse(SmallSite(), scanners=raises).label_of(HARMLESS) is Label.RESTRICTED


# G8: names come back in the answer, and never go out.


def test_g8_names_come_back_wherever_a_stream_is_cut() -> None:
    names = Pseudonyms("one", "local", b"k")
    code = names.disguise("South Hall", [Span(0, 10, "BUILDING_NAME", Label.INTERNAL)])
    answer = f"{code}'s use rose, so check {code} first."
    for cut in range(len(answer)):
        stream = names.stream()
        said = stream.feed(answer[:cut]) + stream.feed(answer[cut:]) + stream.rest()
        assert said == "South Hall's use rose, so check South Hall first."


async def test_g8_prompt_that_holds_a_restored_name_is_disguised_again_though_no_detector_sees_it() -> None:
    vault = PseudonymVault()
    assert "South Hall" not in await sent(gate_of(vault=vault), asked(NAMED))
    again = await sent(gate_of(scan=blind, vault=vault), asked("It said that SOUTH  HALL used the most."))
    assert "used the most" in again
    assert "hall" not in again.lower()


async def test_g8_name_that_is_split_over_messages_does_not_leave() -> None:
    vault = PseudonymVault()
    await sent(gate_of(vault=vault), asked(NAMED))
    assert await sent(gate_of(scan=blind, vault=vault), asked("We looked south", "of the river"))
    assert not await sent(gate_of(scan=blind, vault=vault), asked("We looked at South", "Hall"))


async def test_g8_what_a_scan_of_the_pseudonymised_text_finds_is_hidden_or_the_text_stays() -> None:
    def only_once(text: str, _stage: int) -> Scan:
        """Find a second name only when the first is gone, and one that is made of the placeholder itself."""
        hit = "South Hall" if "South Hall" in text else "Marlowe"
        at = text.find(hit)
        spans = (Span(at, at + len(hit), "BUILDING_NAME", Label.INTERNAL),) if at >= 0 else ()
        return Scan(Label.INTERNAL if spans else Label.PUBLIC, spans)

    text = await sent(gate_of(scan=only_once), asked("South Hall and Marlowe are alike."))
    assert text
    assert "Marlowe" not in text

    def always(text: str, _stage: int) -> Scan:
        return Scan(Label.INTERNAL, (Span(0, len(text), "PLACE", Label.INTERNAL),))

    decision = await gate_of(scan=always).clear(asked("South Hall is alike.", "It is not."))
    assert decision.decision in ("denied", "pseudonymised")
    assert "South" not in await sent(gate_of(scan=always), asked("South Hall is alike."))


async def test_g8_text_whose_second_scan_fails_stays() -> None:
    def fails_later(text: str, _stage: int) -> Scan:
        found = DETECT(text, 1)
        return found if "South" in text else dataclasses.replace(found, faults=("the detector outbound failed",))

    decision = await gate_of(scan=fails_later).clear(asked(NAMED))
    assert (decision.decision, decision.clearance) == ("denied", None)


async def test_g8_name_inside_an_amount_leaves_under_a_pseudonym() -> None:
    text = await sent(gate_of(), asked("The electricity use of South Hall was 5.2 MWh in 2018."))
    assert "5.2 MWh" in text
    assert "South" not in text


def test_g8_placeholder_that_somebody_invents_means_nobody() -> None:
    names = Pseudonyms("one", "local", b"k")
    code = names.disguise("South Hall", [Span(0, 10, "BUILDING_NAME", Label.INTERNAL)])
    other = Pseudonyms("two", "local", b"k")
    assert other.restore(f"{code} is high.") == f"{code} is high."
    assert names.restore("Building XJQ is high.") == "Building XJQ is high."


def test_g8_placeholder_that_a_person_writes_is_not_restored_to_a_name() -> None:
    names = Pseudonyms("one", "local", b"k")
    code = names.disguise("South Hall", [Span(0, 10, "BUILDING_NAME", Label.INTERNAL)])
    outward = names.disguise(f"Who is {code}?", [])
    assert code not in outward
    assert names.restore(outward) == f"Who is {code}?"


# G9: every decision is in a chain that shows any change, and holds no value.


async def test_g9_decision_is_in_the_log_before_it_is_told_without_a_value() -> None:
    audit = MemoryAudit()
    decision = await gate_of(audit=audit).clear(asked(NAMED))
    [entry] = audit.entries
    assert (entry.decision, entry.rule, entry.label) == ("pseudonymised", "gpt-4o/internal", "INTERNAL")
    assert entry.policy_hash == decision.policy_hash
    assert set(entry.counts) == {"BUILDING_NAME"}
    assert entry.digests
    assert "south" not in str(entry.as_json()).lower()


@pytest.mark.parametrize(
    ("prompt", "because"),
    [
        (asked("The BMS password is Tr0ub4dor&3."), "label"),
        (asked(HARMLESS, to="nobody"), "unknown_destination"),
        (asked(HARMLESS, to="private-endpoint"), "no_rule"),
        (asked("x" * 200_001), "too_large"),
    ],
)
async def test_g9_denial_is_in_the_log_with_its_reason_and_seals_nothing(prompt: Outgoing, because: str) -> None:
    audit = MemoryAudit()
    gate = gate_of(audit=audit)
    decision = await gate.clear(prompt)
    assert decision.clearance is None
    assert [(e.decision, e.because) for e in audit.entries] == [("denied", because)]
    assert not gate._held


async def test_g9_what_cannot_be_written_down_does_not_leave() -> None:
    gate = gate_of(audit=GoneAudit())
    decision = await gate.clear(asked(HARMLESS))
    assert (decision.decision, decision.clearance) == ("denied", None)
    assert not gate._held


SIGNER = AuditKey(b"k" * 32).signer()
CHAIN = chained(
    [AuditRecord("denied", "label", Label.RESTRICTED, "gpt-4o", "gpt-4o/restricted", bytes_out=n) for n in range(5)],
    None,
    datetime(2026, 3, 1, tzinfo=UTC),
    SIGNER,
)


def test_g9_entry_that_is_edited_deleted_moved_or_cut_off_is_found() -> None:
    head = [anchor_of(CHAIN[-1], SIGNER)]
    assert verify(CHAIN, head, SIGNER).intact
    edited = dataclasses.replace(CHAIN[2], label="PUBLIC")
    for changed in (
        [*CHAIN[:2], edited, *CHAIN[3:]],
        [*CHAIN[:2], *CHAIN[3:]],
        [CHAIN[0], CHAIN[2], CHAIN[1], *CHAIN[3:]],
        CHAIN[:-1],
    ):
        assert not verify(changed, head, SIGNER).intact


def test_g9_chain_that_somebody_without_the_key_wrote_anew_is_found() -> None:
    forger = AuditKey(b"f" * 32).signer()
    records = [AuditRecord("denied", "label", Label.PUBLIC, "gpt-4o", bytes_out=n) for n in range(5)]
    forged = chained(records, None, datetime(2026, 3, 1, tzinfo=UTC), forger)
    assert not verify(forged, (), SIGNER).intact
    spliced = [*CHAIN[:2], dataclasses.replace(forged[2], key_id=SIGNER.key_id), *CHAIN[3:]]
    assert not verify(spliced, (), SIGNER).intact


def test_g9_entry_that_belongs_to_another_place_of_another_chain_is_found() -> None:
    """An entry that is whole and signed, but follows another one, is no part of this chain."""
    other = chained(
        [AuditRecord("denied", "label", Label.PUBLIC, "gpt-4o", bytes_out=n) for n in range(5)],
        None,
        datetime(2026, 3, 2, tzinfo=UTC),
        SIGNER,
    )
    assert not verify([*CHAIN[:2], other[2], *CHAIN[3:]], (), SIGNER).intact
    assert not verify([*CHAIN[:4], other[4]], (), SIGNER).intact


@pytest.mark.parametrize(
    "field",
    [
        {"rule": "South Hall is empty"},
        {"tenant": "Marie Curie"},
        {"counts": {"South Hall": 1}},
        {"digests": ("Curie",)},
    ],
)
def test_g9_entry_takes_no_words_of_a_person(field: dict[str, Any]) -> None:
    given: dict[str, Any] = {"decision": "denied", "because": "label", "label": Label.PUBLIC}
    with pytest.raises(ValueError, match="not of the form") as refused:
        AuditRecord(**given | field)
    assert not any(word in str(refused.value) for word in ("South", "Marie", "Curie"))


@pytest.mark.parametrize("written", ["at 03:00 it drew 2 kW", "at 03:00 it drew 42 kW"])
async def test_g3_reading_that_a_person_writes_is_seen_though_a_fact_states_such_an_amount(written: str) -> None:
    fact = Piece("- b2, baseload in 2018: 2 kW", "tool.energy", claim="f", figure="2 kW")
    asked = Outgoing((Message("user", (fact, Piece(written, "question"))),), Label.PUBLIC, "gpt-4o")
    names = PseudonymVault().of("c", "t")
    scanner = Scanner(NameInventory.build([]), POLICY.types)
    found = preview(asked, POLICY, lambda text, _: scanner.scan(text), names, lambda _: Label.INTERNAL)
    assert found.label is Label.RESTRICTED
    assert not found.allowed
