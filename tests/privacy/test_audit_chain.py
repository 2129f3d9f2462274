"""Any change to the audit log is found, and nothing in it says what a text held."""

import dataclasses
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from privacy.audit import FIELDS, REASONS, AuditEntry, AuditRecord
from privacy.audit.chain import Anchor, anchor_of, chained, hash_of, mac_text, read_anchors, stamp
from privacy.audit.digest import Sensitive, digest_under, normalised
from privacy.audit.in_memory import MemoryAudit
from privacy.audit.jsonl import closing_line, entry_line, verify_lines
from privacy.audit.key import AuditKey, Signer
from privacy.audit.verdict import verify
from privacy.labels import Label

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = AuditKey(b"k" * 32)
SIGNER = KEY.signer()
RECORD = AuditRecord(
    decision="pseudonymised",
    because="rule",
    label=Label.INTERNAL,
    destination="gpt-4o",
    rule="gpt-4o/internal",
    policy_hash="ab12cd34ef56",
    model="gpt-4o-2024-08-06",
    tenant="acme",
    asker="1" * 32,
    conversation="2" * 32,
    counts={"PERSON": 2, "BUILDING_NAME": 1},
    digests=("3" * 32, "4" * 32),
    bytes_out=1234,
    prompt_digest="5" * 32,
)


def chain(length: int = 6, signer: Signer = SIGNER) -> list[AuditEntry]:
    """Return a chain of so many entries."""
    records = [dataclasses.replace(RECORD, bytes_out=number) for number in range(length)]
    return chained(records, None, AT, signer)


def changed(value: Any) -> Any:
    """Return a value with one of its bytes another one."""
    if isinstance(value, str):
        return ("f" if value[0] != "f" else "e") + value[1:]
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, dict):
        return {**value, "PERSON": 3}
    return (changed(value[0]), *value[1:])


def test_chain_as_written_is_intact_and_names_head_and_policies() -> None:
    entries = chain()
    verdict = verify(entries, [anchor_of(entries[2], SIGNER), anchor_of(entries[-1], SIGNER)], SIGNER)
    assert verdict.intact
    assert (verdict.entries, verdict.first, verdict.last, verdict.policies) == (6, 1, entries[-1], ("ab12cd34ef56",))
    assert entries[0].at == "2026-03-01T12:00:00.000000Z"
    assert verify([]).intact


@pytest.mark.parametrize("field", FIELDS)
def test_change_of_one_byte_in_any_field_is_found(field: str) -> None:
    entries = chain()
    entries[2] = dataclasses.replace(entries[2], **{field: changed(getattr(entries[2], field))})
    verdict = verify(entries, (), SIGNER)
    assert verdict.fault is not None
    assert verdict.fault.seq in ((2, 3) if field == "seq" else (3,))
    assert verdict.entries == 2


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in ("hash", "mac", "seq")])
def test_entry_that_is_edited_and_hashed_anew_is_found(field: str) -> None:
    entries = chain()
    edited = dataclasses.replace(entries[2], **{field: changed(getattr(entries[2], field))})
    entries[2] = dataclasses.replace(edited, hash=hash_of(edited))
    verdict = verify(entries)
    assert verdict.fault is not None
    assert verdict.fault.seq in (3, 4)


Move = Callable[[list[AuditEntry]], Sequence[AuditEntry]]


@pytest.mark.parametrize(
    ("move", "seq", "why"),
    [
        (lambda c: [*c[:2], *c[3:]], 3, "deleted or moved; entry 4 comes after entry 2"),
        (lambda c: c[1:], 1, "deleted or moved; entry 2 comes at the beginning"),
        (lambda c: [*c[:3], c[2], *c[3:]], 3, "there twice"),
        (lambda c: [*c[:2], c[3], c[2], *c[4:]], 3, "deleted or moved; entry 4 comes after entry 2"),
        (lambda c: [*c[:5], c[1], c[5]], 2, "out of order, it comes after entry 5"),
        (lambda c: c[:4], 5, "gone; the chain once reached entry 6, so its end was cut off"),
        (lambda c: [], 1, "gone; the chain once reached entry 6, so its end was cut off"),
        (lambda c: [*c[:3], *chain(6, AuditKey(b"x" * 32).signer())[3:]], 4, "replaced; it does not follow"),
        (lambda c: [c[0], dataclasses.replace(c[1], mac=c[2].mac), *c[2:]], 2, "not signed with the key of this home"),
        (lambda c: [c[0], dataclasses.replace(c[1], mac="é"), *c[2:]], 2, "not signed with the key of this home"),
        (lambda c: [c[0], dataclasses.replace(c[1], bytes_out=float("nan")), *c[2:]], 2, "edited"),
    ],
    ids="deleted first-deleted duplicated swapped late cut emptied spliced resigned unicode-mac not-json".split(),
)
def test_first_entry_out_of_its_place_is_named(move: Move, seq: int, why: str) -> None:
    entries = chain()
    verdict = verify(move(entries), [anchor_of(entries[-1], SIGNER)], SIGNER)
    assert verdict.fault is not None
    assert verdict.fault.seq == seq
    assert why in str(verdict.fault)


def test_whole_log_rewritten_without_the_key_is_found() -> None:
    forged = chain(6, AuditKey(b"x" * 32).signer())
    assert verify(forged).intact
    assert "signed with key" in str(verify(forged, (), SIGNER).fault)
    pretended = chain(6, Signer(SIGNER.key_id, b"x"))
    assert "entry 1: not signed" in str(verify(pretended, (), SIGNER).fault)


def test_log_rewritten_with_the_key_is_found_by_an_anchor_kept_elsewhere() -> None:
    kept = anchor_of(chain()[3], SIGNER)
    rewritten = chained([dataclasses.replace(RECORD, bytes_out=9)] * 6, None, AT, SIGNER)
    assert verify(rewritten, (), SIGNER).intact
    assert "entry 4: another entry than on 2026-03-01" in str(verify(rewritten, [kept], SIGNER).fault)
    both = verify(rewritten, [kept, anchor_of(rewritten[3], SIGNER)], SIGNER)
    assert "two anchors name different entries" in str(both.fault)


def test_two_entries_never_share_an_encoding() -> None:
    first, other = (
        chained([dataclasses.replace(RECORD, model=m, tenant=t)], None, AT, SIGNER)[0]
        for m, t in (("a", "bc"), ("ab", "c"))
    )
    assert hash_of(first) != hash_of(other)


def test_anchor_lines_are_read_and_a_changed_one_is_named() -> None:
    anchors = [anchor_of(entry, SIGNER) for entry in chain(2)]
    lines = [json.dumps(dataclasses.asdict(anchor)) for anchor in anchors]
    assert list(read_anchors(lines, SIGNER)) == anchors
    for wrong in (lines[1].replace('"seq": 2', '"seq": 3'), "{}", "[1]", "no", lines[1].replace("2,", '"2",')):
        with pytest.raises(ValueError, match="line 2 was changed"):
            list(read_anchors([lines[0], wrong], SIGNER))
    forged = Anchor(9, stamp(AT), "0" * 64, SIGNER.key_id, SIGNER.mac(mac_text("0" * 64)))
    assert not forged.is_signed_by(SIGNER), "the signature of an entry is none of an anchor"


@pytest.mark.parametrize(
    "field",
    [
        {"destination": "Marie Curie"},
        {"rule": "the meter 260001 says so, really"},
        {"model": "a" * 81},
        {"tenant": "acme\nx"},
        {"asker": "marie@example.org"},
        {"conversation": "c1"},
        {"policy_hash": "secret"},
        {"counts": {"Marie": 1}},
        {"counts": {"PERSON": -1}},
        {"counts": {"PERSON": True}},
        {"digests": ("Marie",)},
        {"digests": ("1" * 32,) * 20_001},
        {"bytes_out": 1 << 63},
        {"prompt_digest": "hello"},
        {"decision": "Marie"},
        {"because": "Marie"},
    ],
    ids=lambda field: next(iter(field)),
)
def test_record_takes_no_words_of_a_person_and_does_not_repeat_them(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit record: ") as refused:
        dataclasses.replace(RECORD, **field)
    assert next(iter(field)) in str(refused.value)
    assert "Marie" not in str(refused.value)


def test_every_reason_has_words() -> None:
    assert all(REASONS[because] for because in REASONS)


@pytest.mark.parametrize(
    "spelling",
    ["Marie Curie", "marie  curie", "MARIE CURIE", "Marie Curie's", "Marie\u200b Curie’s", "Ｍarie Curie"],  # noqa: RUF001
)
def test_spellings_of_one_name_have_one_digest(spelling: str) -> None:
    assert normalised(spelling) == "marie curie"
    key = b"p" * 32
    assert digest_under(key, Sensitive("PERSON", spelling)) == digest_under(key, Sensitive("PERSON", "marie curie"))


def test_prompts_that_differ_in_case_have_two_digests() -> None:
    assert digest_under(b"k", Sensitive("PROMPT", "a")) != digest_under(b"k", Sensitive("PROMPT", "A"))


def test_key_is_not_in_its_printed_form() -> None:
    assert "k" * 5 not in f"{KEY!r}{SIGNER!r}"
    assert KEY.purpose("sign") != KEY.purpose("wrap")


def exported(entries: Sequence[AuditEntry]) -> list[str]:
    """Return entries as the lines of a file."""
    first, last = (entries[0], entries[-1]) if entries else (None, None)
    return [*map(entry_line, entries), closing_line(first, last, SIGNER)]


@pytest.mark.parametrize("part", [slice(0, 6), slice(2, 5), slice(0, 0)], ids=["whole", "part", "empty"])
def test_exported_file_verifies_with_and_without_the_key(part: slice) -> None:
    entries = chain()
    lines = exported(entries[part])
    verdict = verify_lines(lines, [anchor_of(entries[3], SIGNER)], SIGNER)
    assert verdict.intact
    assert verdict.entries == len(entries[part])
    alone = verify_lines(lines)
    assert alone.intact
    assert not alone.signatures


def test_one_changed_byte_anywhere_in_a_file_is_found() -> None:
    text = "".join(exported(chain(2)))
    for place in range(0, len(text), 7):
        if text[place] == "\n":
            continue
        other = "0" if text[place] != "0" else "1"
        lines = (text[:place] + other + text[place + 1 :]).splitlines(keepends=True)
        assert not verify_lines(lines, (), SIGNER).intact, text[place - 10 : place + 10]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda lines: lines[:-1], "entry 7: the file has no closing line: its end was cut off"),
        (lambda lines: [], "the file has no closing line"),
        (lambda lines: [*lines[:4], lines[-1]], "the closing line speaks of entries 1 to 6, the file has 1 to 4"),
        (lambda lines: lines[1:], "the closing line speaks of entries 1 to 6, the file has 2 to 6"),
        (lambda lines: [*lines, lines[0]], "line 8 is no audit entry, or comes after the closing line"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "entry 2: deleted or moved"),
        (lambda lines: [lines[0], lines[0], *lines[1:]], "entry 1: there twice"),
        (lambda lines: ["[1]\n", *lines], "line 1 is no audit entry"),
        (lambda lines: ["\udcff\n", *lines], "line 1 is no audit entry"),
        (lambda lines: ["[" * 100_000, *lines], "line 1 is no audit entry"),
        (lambda lines: [lines[0].replace('"seq":1', '"seq":"1"'), *lines[1:]], "line 1 is no audit entry"),
        (lambda lines: [*lines[:-1], '{"closing":3}'], "line 7 is no audit entry"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"last":6', '"last":5')], "the closing line was changed"),
    ],
    ids="unclosed empty cut beheaded more swapped doubled list bytes deep type closing-type closing-edited".split(),
)
def test_file_that_is_not_whole_is_refused(edit: Callable[[list[str]], list[str]], why: str) -> None:
    assert why in str(verify_lines(edit(exported(chain())), (), SIGNER).fault)


async def test_log_in_memory_is_a_chain_and_forgets_a_person() -> None:
    audit = MemoryAudit(KEY, clock=lambda: AT)
    marie = Sensitive("PERSON", "Marie Curie")
    before = await audit.digests(
        [marie, Sensitive("BUILDING_NAME", "b4"), Sensitive("CONTACT", "m@x.org", "marie curie")]
    )
    assert (await audit.digests([Sensitive("PERSON", "marie curie's")]))[0] == before[0]
    await audit.append(dataclasses.replace(RECORD, digests=before))
    erased = await audit.erase("MARIE CURIE")
    assert erased is not None
    assert (erased.decision, erased.seq, erased.digests) == ("erased", 2, (before[0],))
    assert await audit.erase("Marie Curie") is None
    after = await audit.digests([marie, Sensitive("BUILDING_NAME", "b4")])
    assert after[0] != before[0], "who is named anew has another key"
    assert after[1] == before[1]
    assert audit.verify().intact
    assert "arie" not in "".join(map(entry_line, audit.entries))
