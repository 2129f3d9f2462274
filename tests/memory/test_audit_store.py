"""The audit log in PostgreSQL: it only grows, forks for nobody, and shows whoever changes it behind its back."""

import asyncio
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.settings import Settings
from memory.audit_guard import ANCHOR_EVERY, Guard, guard_folder
from memory.audit_key_file import ensure_key, key_path, read_key
from memory.audit_rows import AUDIT_LOCK
from memory.audit_store import StoredAudit
from memory.errors import StoreDown
from memory.postgres import Pool, fetch, open_pool, writing
from privacy.audit import FIELDS, AuditRecord
from privacy.audit.chain import chained
from privacy.audit.digest import Sensitive
from privacy.audit.jsonl import verify_lines
from privacy.audit.verdict import Verdict
from privacy.errors import AuditUnavailable
from privacy.labels import Label

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 1, tzinfo=UTC)
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
    counts={"PERSON": 2},
    digests=("3" * 32, "4" * 32),
    bytes_out=1234,
    prompt_digest="5" * 32,
)


class Clock:
    """Goes on by a minute each time it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def audit_on(pool: Pool, home: Path, clock: Callable[[], datetime] | None = None) -> StoredAudit:
    """Return the log of a pool."""

    async def given() -> Pool:
        return pool

    return StoredAudit(given, home, home / "audit", clock=clock or Clock())


@pytest.fixture
async def audit(empty: Pool, tmp_path: Path) -> StoredAudit:
    return audit_on(empty, tmp_path)


@pytest.fixture
async def longer(audit: StoredAudit) -> StoredAudit:
    """Give a log of five entries."""
    for number in range(5):
        await audit.append(dataclasses.replace(RECORD, bytes_out=number))
    return audit


async def behind_its_back(pool: Pool, *statements: str) -> None:
    """Change the table as its owner can, with the trigger out of the way."""
    async with writing(pool) as connection:
        for statement in (
            "ALTER TABLE audit DISABLE TRIGGER audit_only_grows",
            *statements,
            "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_only_grows",
        ):
            await connection.execute(statement.encode())


def said(verdict: Verdict) -> str:
    assert verdict.fault is not None
    return str(verdict.fault)


async def test_what_is_appended_is_there_and_the_chain_holds(longer: StoredAudit, tmp_path: Path) -> None:
    entries = [entry async for entry in longer.entries()]
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert await longer.tail(2) == entries[-2:]
    assert entries[0].at == "2026-03-01T00:01:00.000000Z"
    seen: list[Any] = []
    verdict = await longer.verify(seen.append)
    assert verdict.intact
    assert verdict.last == entries[-1]
    assert seen == entries
    for file in (tmp_path / "audit" / "head", tmp_path / "audit" / "anchors.jsonl", key_path(tmp_path)):
        assert file.stat().st_mode & 0o777 == 0o600


async def test_empty_log_verifies(audit: StoredAudit) -> None:
    assert (await audit.verify()).intact
    assert await audit.tail(5) == []
    assert verify_lines([line async for line in audit.export()]).intact


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET label = 'PUBLIC'", "DELETE FROM audit", "TRUNCATE audit", "DELETE FROM audit WHERE false"],
)
async def test_table_refuses_what_is_no_append(longer: StoredAudit, empty: Pool, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the audit log only grows"):
        async with writing(empty) as connection:
            await connection.execute(statement.encode())
    assert (await longer.verify()).entries == 5


CHANGES = {
    "version": "version + 1",
    "seq": "10",
    "bytes_out": "bytes_out + 1",
    "counts": """'{"PERSON": 3}'""",
    "digests": "digests[2:] || digests[:1]",
}


async def test_change_of_one_byte_in_any_column_is_found(longer: StoredAudit, empty: Pool) -> None:
    async with writing(empty) as connection:
        await connection.execute("CREATE TABLE kept AS SELECT * FROM audit")
    for column in FIELDS:
        value = CHANGES.get(column, f"overlay({column} placing chr(ascii({column}) + 1) from 1 for 1)")
        await behind_its_back(empty, f"UPDATE audit SET {column} = {value} WHERE seq = 3")
        verdict = await longer.verify()
        assert verdict.fault is not None, column
        assert verdict.fault.seq == 3, column
        await behind_its_back(empty, "DELETE FROM audit", "INSERT INTO audit SELECT * FROM kept ORDER BY seq")
    assert (await longer.verify()).intact


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM audit WHERE seq = 3", "entry 3: deleted or moved; entry 4 comes after entry 2"),
        ("DELETE FROM audit WHERE seq = 5", "entry 5: gone; the chain once reached entry 5"),
        ("DELETE FROM audit WHERE seq > 1", "entry 2: gone; the chain once reached entry 5"),
        ("TRUNCATE audit", "entry 1: gone; the chain once reached entry 5"),
        (
            (
                "UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3);"
                " UPDATE audit SET seq = -seq WHERE seq < 0"
            ),
            "entry 2: edited",
        ),
        (
            (
                "INSERT INTO audit SELECT version, 6, at, tenant, asker, conversation, label, destination, decision,"
                " rule, because, policy_hash, model, counts, digests, bytes_out, prompt_digest, key_id, 'p', 'h', mac"
                " FROM audit WHERE seq = 5"
            ),
            "entry 6: edited",
        ),
        ("UPDATE audit SET at = 'infinity', counts = '[1e999]', digests = '{NULL}' WHERE seq = 2", "entry 2: edited"),
    ],
    ids="deleted last-deleted tail-cut emptied swapped duplicated nonsense".split(),
)
async def test_what_is_done_to_the_table_is_named(longer: StoredAudit, empty: Pool, statement: str, why: str) -> None:
    await behind_its_back(empty, *statement.split("; "))
    assert why in said(await longer.verify())


async def test_whole_table_rewritten_without_the_key_is_found(longer: StoredAudit, empty: Pool, tmp_path: Path) -> None:
    await behind_its_back(empty, "DELETE FROM audit")
    forger = audit_on(empty, tmp_path / "elsewhere")
    for _ in range(5):
        await forger.append(RECORD)
    assert (await forger.verify()).intact
    assert "entry 1: signed with key" in said(await longer.verify())


async def test_log_whose_end_was_cut_takes_no_entry_until_a_person_has_looked(
    longer: StoredAudit, empty: Pool, tmp_path: Path
) -> None:
    await behind_its_back(empty, "DELETE FROM audit WHERE seq > 3")
    with pytest.raises(AuditUnavailable, match=r"does not hold entry 5 as .*audit verify.* move .*audit away"):
        await longer.append(RECORD)
    assert (await longer.verify()).entries == 3
    (tmp_path / "audit").rename(tmp_path / "looked-at")
    entry = await longer.append(RECORD)
    assert [e.decision for e in await longer.tail(2)] == ["anchor", "pseudonymised"]
    assert entry.seq == 5
    assert (await longer.verify()).intact


async def test_missing_or_changed_head_is_a_fault(longer: StoredAudit, tmp_path: Path, empty: Pool) -> None:
    head = tmp_path / "audit" / "head"
    whole = head.read_text()
    head.write_text(whole.replace('"seq":5', '"seq":4'))
    assert "head does not hold: line 1 was changed" in said(await longer.verify())
    with pytest.raises(AuditUnavailable, match="head does not hold"):
        await longer.append(RECORD)
    head.write_text("")
    assert "head does not hold" in said(await longer.verify())
    head.unlink()
    assert "head is missing" in said(await longer.verify())
    await behind_its_back(empty, "DELETE FROM audit")
    with pytest.raises(AuditUnavailable, match="does not hold entry 1 "):  # the first anchor still knows
        await longer.append(RECORD)
    assert "entry 1: gone" in said(await longer.verify())


async def test_head_of_a_newer_entry_stays(longer: StoredAudit, tmp_path: Path) -> None:
    guard = Guard(tmp_path / "audit", read_key(tmp_path).signer())
    before = guard.head()
    guard.note((await longer.tail(3))[0])
    assert guard.head() == before
    assert before is not None
    assert before.seq == 5


async def test_anchors_are_kept_by_count_and_by_time(empty: Pool, tmp_path: Path) -> None:
    clock = Clock()
    audit = audit_on(empty, tmp_path, clock)
    guard = Guard(tmp_path / "audit", ensure_key(tmp_path).signer())
    signer = ensure_key(tmp_path).signer()
    entries = chained([RECORD] * (2 * ANCHOR_EVERY + 2), None, START, signer)
    for entry in entries:
        guard.note(entry)
    assert [anchor.seq for anchor in guard.anchors()] == [1, 1 + ANCHOR_EVERY, 1 + 2 * ANCHOR_EVERY]
    (tmp_path / "audit").rename(tmp_path / "other")
    for _ in range(62):
        await audit.append(RECORD)
    assert [anchor.seq for anchor in guard.anchors()] == [1, 61]


async def test_entries_at_once_are_one_chain(audit: StoredAudit) -> None:
    entries = await asyncio.gather(*(audit.append(RECORD) for _ in range(200)))
    assert sorted(entry.seq for entry in entries) == list(range(1, 201))
    assert (await audit.verify()).entries == 200


async def test_two_processes_at_once_write_one_chain(blank_dsn: str, empty: Pool, tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("audit_writer.py")), blank_dsn, str(tmp_path), "200"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    outputs = [await asyncio.to_thread(writer.communicate) for writer in writers]
    assert [int(out) for out, _ in outputs] == [200, 200]

    async def given() -> Pool:
        return empty

    settings = Settings(home=tmp_path, database_url=blank_dsn)
    verdict = await StoredAudit(given, tmp_path, guard_folder(settings)).verify()
    assert verdict.intact
    assert verdict.entries == 400


def raising(code: str) -> list[str]:
    """Return what makes the table refuse entries with an error of PostgreSQL."""
    return [
        (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'no more' USING ERRCODE = '{code}'; END $$"
        ),
        "CREATE TRIGGER refuse BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION refuse()",
    ]


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (raising("disk_full"), "no more"),
        (raising("read_only_sql_transaction"), "no more"),
        (["DROP TABLE audit"], 'relation "audit" does not exist'),
        (["ALTER TABLE audit DROP COLUMN mac"], 'column "mac" .*does not exist'),
    ],
    ids="full read-only gone other".split(),
)
async def test_table_that_takes_nothing_is_said_within_a_second(
    audit: StoredAudit, empty: Pool, statements: list[str], why: str
) -> None:
    await audit.append(RECORD)
    async with writing(empty) as connection:
        for statement in statements:
            await connection.execute(statement.encode())
    started = time.perf_counter()
    with pytest.raises(AuditUnavailable, match=f"the audit log does not answer .*{why}.*eaio doctor"):
        await audit.append(RECORD)
    assert time.perf_counter() - started < 1


async def test_table_that_is_gone_cannot_be_read(audit: StoredAudit, empty: Pool) -> None:
    async with writing(empty) as connection:
        await connection.execute("DROP TABLE audit, audit_keys")
    for work in (audit.tail(1), audit.verify(), audit.digests([Sensitive("PERSON", "x")]), audit.erase("x")):
        with pytest.raises(AuditUnavailable, match="does not exist"):
            await work
    with pytest.raises(AuditUnavailable, match="does not exist"):
        _ = [line async for line in audit.export(START)]


async def test_exhausted_pool_is_said_within_a_second(empty: Pool, blank_dsn: str, tmp_path: Path) -> None:
    async with open_pool(blank_dsn, max_size=1) as pool:
        audit = audit_on(pool, tmp_path)
        async with pool.connection():
            started = time.perf_counter()
            with pytest.raises(AuditUnavailable, match="it took too long"):
                await audit.append(RECORD)
            assert time.perf_counter() - started < 1
        assert (await audit.append(RECORD)).seq == 1, "what nobody waited for was not written"


async def test_writer_that_holds_the_chain_is_not_waited_for(audit: StoredAudit, empty: Pool) -> None:
    async with writing(empty, lock=AUDIT_LOCK):
        started = time.perf_counter()
        outcomes = await asyncio.gather(*(audit.append(RECORD) for _ in range(3)), return_exceptions=True)
        assert time.perf_counter() - started < 1
    assert all(isinstance(outcome, AuditUnavailable) for outcome in outcomes)
    assert (await audit.append(RECORD)).seq == 1


async def test_server_that_does_not_answer_and_a_folder_that_cannot_be_are_said(empty: Pool, tmp_path: Path) -> None:
    async def down() -> Pool:
        raise StoreDown("connection refused")

    async def given() -> Pool:
        return empty

    with pytest.raises(AuditUnavailable, match="connection refused"):
        await StoredAudit(down, tmp_path, tmp_path / "audit").append(RECORD)
    (tmp_path / "file").touch()
    with pytest.raises(AuditUnavailable, match="Not a directory"):
        await StoredAudit(given, tmp_path, tmp_path / "file" / "audit").append(RECORD)
    with pytest.raises(AuditUnavailable, match="cannot be created"):
        await StoredAudit(given, tmp_path / "file", tmp_path / "audit").append(RECORD)


async def test_erased_person_cannot_be_tied_to_digests_and_the_chain_holds(audit: StoredAudit, empty: Pool) -> None:
    marie = Sensitive("PERSON", "Marie Curie")
    other = [Sensitive("PERSON", "Ada Lovelace"), Sensitive("BUILDING_NAME", "b4"), Sensitive("CONVERSATION", "c1")]
    before = await audit.digests([marie, *other])
    assert await audit.digests([Sensitive("USER", "marie curie"), *other]) == before
    await audit.append(dataclasses.replace(RECORD, digests=before))
    entry = await audit.erase("marie  CURIE")
    assert entry is not None
    assert (entry.decision, entry.because, entry.digests) == ("erased", "person_asked", (before[0],))
    assert await fetch(empty, "SELECT count(*) FROM audit_keys") == [(1,)]
    assert await audit.erase("Marie Curie") is None
    after = await audit.digests([marie, *other])
    assert after[0] != before[0]
    assert after[1:] == before[1:]
    assert (await audit.verify()).intact


async def test_nothing_in_the_tables_holds_a_value(audit: StoredAudit, empty: Pool) -> None:
    values = [
        Sensitive("PERSON", "Marie Curie"),
        Sensitive("CREDENTIAL", "hunter2hunter2"),
        Sensitive("USER", "ada@x.org"),
    ]
    await audit.append(dataclasses.replace(RECORD, digests=await audit.digests(values)))
    rows = await fetch(empty, "SELECT audit::text FROM audit UNION ALL SELECT audit_keys::text FROM audit_keys")
    assert len(rows) == 3
    text = str(rows).casefold()
    assert not any(word in text for word in ("marie", "hunter2", "ada@", "x.org"))
    assert not any(word.encode().hex() in text for word in ("Marie", "marie", "hunter2", "ada@"))


async def test_two_at_once_give_a_person_one_key(audit: StoredAudit, empty: Pool, tmp_path: Path) -> None:
    other = audit_on(empty, tmp_path)
    people = [Sensitive("PERSON", f"Person {number}") for number in range(50)]
    assert len({*await asyncio.gather(audit.digests(people), other.digests(people[::-1]))}) == 2
    assert await audit.digests(people) == (await other.digests(people[::-1]))[::-1]
    assert await fetch(empty, "SELECT count(*) FROM audit_keys") == [(50,)]


async def test_keys_of_persons_do_not_open_with_another_audit_key(
    audit: StoredAudit, empty: Pool, tmp_path: Path
) -> None:
    await audit.digests([Sensitive("PERSON", "x")])
    await audit.append(RECORD)
    async with writing(empty) as connection:
        await connection.execute("UPDATE audit_keys SET wrapped = overlay(wrapped placing '\\x00000000' from 20)")
    with pytest.raises(AuditUnavailable, match=r"does not open with the audit key .*restore keys/audit\.key"):
        await audit.digests([Sensitive("PERSON", "x")])
    key_path(tmp_path).unlink()
    with pytest.raises(AuditUnavailable, match="changed, or signed with another key"):
        await audit_on(empty, tmp_path).append(RECORD)


async def test_exported_period_verifies_on_its_own(longer: StoredAudit) -> None:
    lines = [line async for line in longer.export(START + timedelta(minutes=2), START + timedelta(minutes=5))]
    assert [json.loads(line)["seq"] for line in lines[:-1]] == [2, 3, 4]
    assert verify_lines(lines).intact
    everything = [line async for line in longer.export()]
    assert verify_lines(everything).entries == 5
    assert len([line async for line in longer.export(end=START)]) == 1


def test_each_database_has_a_guard_of_its_own(tmp_path: Path) -> None:
    def folder(url: str | None) -> Path:
        return guard_folder(Settings(home=tmp_path, database_url=url))

    assert folder(None) == tmp_path / "audit"
    one = folder("postgresql://ann:secret@db.example:5432/eaio")
    assert one.parent == tmp_path / "audit"
    assert one == folder("postgresql://bob:other@db.example:5432/eaio")
    assert one != folder("postgresql://ann:secret@db.example:5432/other")


def test_key_is_made_once_whoever_comes_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: ensure_key(tmp_path), range(8)))
    assert len({key.secret for key in keys}) == 1
    assert [path.name for path in key_path(tmp_path).parent.iterdir()] == ["audit.key"]
    assert key_path(tmp_path).parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (None, 0, "is missing; restore it"),
        ("ab" * 31, 0o600, "is not 64 hexadecimal digits; restore it"),
        ("xy" * 32, 0o600, "is not 64 hexadecimal digits"),
        ("é" * 32, 0o600, "is not 64 hexadecimal digits"),
        ("", 0o600, "is not 64 hexadecimal digits"),
        ("ab" * 32, 0o644, "is open to other users; `chmod 600 .*audit.key` closes it"),
        ("ab" * 32, 0o620, "is open to other users"),
    ],
    ids="missing short letters accents empty readable writable".split(),
)
def test_key_file_that_cannot_be_used_says_the_remedy(tmp_path: Path, text: str | None, mode: int, why: str) -> None:
    path = key_path(tmp_path)
    path.parent.mkdir()
    if text is not None:
        path.write_text(text)
        path.chmod(mode)
    with pytest.raises(AuditUnavailable, match=why) as refused:
        read_key(tmp_path)
    assert "abab" not in str(refused.value)


def test_key_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    key_path(tmp_path).mkdir(parents=True)
    with pytest.raises(AuditUnavailable, match="cannot be read"):
        ensure_key(tmp_path)
