"""`eaio audit`: an officer reads what left, verifies it, takes it elsewhere, and has a person forgotten."""

import asyncio
import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from gateway.audit_figures import figures_of
from gateway.audit_report import as_html, as_markdown, page_of, verdict_text
from memory.audit_store import audit_of
from memory.migrate import migrate
from memory.postgres import Pool, open_pool
from privacy.audit import AuditRecord
from privacy.audit.chain import chained
from privacy.audit.digest import Sensitive
from privacy.audit.key import AuditKey
from privacy.audit.verdict import Verdict, verify
from privacy.labels import Label
from services import ensure_postgres
from tests.dropping import dropping
from tests.gateway.conftest import Run

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLEARED = AuditRecord(
    decision="cleared", because="rule", label=Label.PUBLIC, destination="gpt-4o", rule="gpt-4o/public",
    policy_hash="aaaa00000001", tenant="acme", bytes_out=1000, model="gpt-4o-2024-08-06",
)  # fmt: skip
REPLACED = dataclasses.replace(
    CLEARED, decision="pseudonymised", label=Label.INTERNAL, rule="gpt-4o/internal", counts={"PERSON": 2, "PLACE": 3}
)
DENIED = AuditRecord(
    "denied", "label", Label.RESTRICTED, "deepseek", "deepseek/restricted", "aaaa00000002", tenant="acme"
)
LOWERED = AuditRecord("declassified", "aggregation_15_15", Label.PUBLIC, rule="declassify/aggregation")
CHANGED = AuditRecord("policy_changed", "policy_file", Label.PUBLIC, policy_hash="aaaa00000002")
RECORDS = [CLEARED, REPLACED, REPLACED, CHANGED, DENIED, LOWERED]


@pytest.fixture
def dsn(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a database of its own, and a home of its own, with six entries in the log."""
    server = asyncio.run(ensure_postgres(settings))
    name = f"audit{abs(hash(str(tmp_path))) % 10**9}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        found = server.removesuffix("/eaio") + f"/{name}"
        monkeypatch.setenv("EAIO_DATABASE_URL", found)
        monkeypatch.setenv("EAIO_HOME", str(tmp_path / "home"))
        asyncio.run(write(Settings(home=tmp_path / "home", database_url=found)))
        yield found
        for statement in dropping(name):
            connection.execute(statement)


async def write(settings: Settings) -> None:
    assert settings.database_url
    async with open_pool(settings.database_url) as pool:
        await migrate(pool)

        async def given() -> Pool:
            return pool

        audit = audit_of(settings, given)
        digests = await audit.digests([Sensitive("PERSON", "Marie Curie")])
        for record in RECORDS:
            await audit.append(dataclasses.replace(record, digests=digests if record is REPLACED else ()))


def alter(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_only_grows")
        connection.execute(statement.encode())


def test_newest_entries_are_shown(run: Run, dsn: str) -> None:
    done = run("audit", "tail", "-n", "2")
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) == 3
    assert "denied" in lines[1]
    assert "too sensitive for the destination" in lines[1]
    assert "a total over at least 15 buildings" in lines[2]
    entries = run("audit", "tail", "--json").json()["entries"]
    assert [entry["seq"] for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert entries[1]["counts"] == {"PERSON": 2, "PLACE": 3}


def test_number_that_shows_nothing_is_refused(run: Run) -> None:
    assert run("audit", "tail", "-n", "0").code == 2


def test_log_verifies_until_one_byte_of_the_store_is_changed(run: Run, dsn: str) -> None:
    done = run("audit", "verify")
    assert done.code == 0
    assert done.out.startswith("chain of 6 entries intact, head ")
    assert "policy aaaa00000002" in done.out
    assert run("audit", "verify", "--json").json()["head"]["seq"] == 6
    alter(dsn, "UPDATE audit SET bytes_out = bytes_out + 1 WHERE seq = 3")
    done = run("audit", "verify")
    assert done.code == 1
    assert "entry 3: edited" in done.out
    found = run("audit", "verify", "--json")
    assert found.code == 1
    assert found.json()["fault"]["seq"] == 3
    assert "NOT VERIFIED" in run("audit", "report").out


def test_tail_that_was_cut_and_a_guard_begun_anew_are_told(run: Run, dsn: str, tmp_path: Path) -> None:
    alter(dsn, "DELETE FROM audit WHERE seq = 6")
    assert "entry 6: gone" in run("audit", "verify").out
    (tmp_path / "home" / "audit").rename(tmp_path / "looked-at")
    assert "is missing, so the end may have been cut off" in run("audit", "verify").out
    asyncio.run(write(Settings(home=tmp_path / "home", database_url=dsn)))
    done = run("audit", "verify")
    assert done.code == 0
    assert "entry 6, " in done.err
    assert "begun anew" in done.err


def test_exported_file_verifies_until_it_is_changed(run: Run, dsn: str, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    done = run("audit", "export", "--out", str(file))
    assert done.code == 0
    assert "6 entries written" in done.err
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("audit", "verify", "--file", str(file)).out.startswith("chain of 6 entries intact")
    assert run("audit", "export").out == file.read_text()
    file.write_text(file.read_text().replace("deepseek/", "deepseek-"))
    done = run("audit", "verify", "--file", str(file))
    assert done.code == 1
    assert "entry 5: edited" in done.out
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:4]))
    assert "its end was cut off" in run("audit", "verify", "--file", str(file)).out


def test_file_verifies_without_home_or_database_and_says_what_was_not_checked(
    run: Run, dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("audit", "export", "--out", str(tmp_path / "audit.jsonl"))
    monkeypatch.setenv("EAIO_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("EAIO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    done = run("audit", "verify", "--file", str(tmp_path / "audit.jsonl"))
    assert done.code == 0
    assert "signatures were not checked" in done.out
    assert not (tmp_path / "other").exists()
    assert run("audit", "verify", "--file", str(tmp_path / "none")).code == 2


def test_period_is_a_part_of_the_log(run: Run, dsn: str) -> None:
    assert len(run("audit", "export", "--to", "2001-01-01").out.splitlines()) == 1
    assert len(run("audit", "export", "--from", "2001-01-01T12:00+02:00", "--to", "2999-01-01").out.splitlines()) == 7
    assert "Entries: 0." in run("audit", "report", "--to", "2001-01-01").out
    for words in (("--from", "yesterday"), ("--from", "2002-01-01", "--to", "2001-01-01"), ("--out", "/none/x")):
        done = run("audit", "export", *words)
        assert done.code == 2
        assert words[1] in done.err


def test_report_is_a_page_for_the_officer(run: Run, dsn: str, tmp_path: Path) -> None:
    text = run("audit", "report").out
    assert "Verified: chain of 6 entries intact" in text
    assert "3 requests left, 2 of them with pseudonyms, 3,000 bytes in all, to gpt-4o." in text
    assert "| gpt-4o | gpt-4o-2024-08-06 | INTERNAL | pseudonymised | gpt-4o/internal | 2 | 2,000 |" in text
    assert "| gpt-4o | replaced by placeholders | PLACE 6, PERSON 4 |" in text
    assert "| deepseek | RESTRICTED | deepseek/restricted | too sensitive for the destination | 1 |" in text
    assert "| declassify/aggregation | a total over at least 15 buildings" in text
    assert "| policy changed | the policy file was changed; now aaaa00000002 |" in text
    page = tmp_path / "report.html"
    assert run("audit", "report", "--out", str(page)).code == 0
    html = page.read_text()
    assert html.startswith("<!doctype html>")
    assert "<td>gpt-4o/internal</td>" in html
    assert not any(word in html for word in ("http", "src=", "href=", "<script", "@import", "url("))
    assert run("audit", "report", "--out", str(tmp_path / "report.pdf")).code == 2


def test_erased_person_is_gone_and_the_log_holds(run: Run, dsn: str) -> None:
    done = run("audit", "erase", "marie curie")
    assert done.code == 0
    assert "entry 7" in done.out
    assert run("audit", "verify").code == 0
    again = run("audit", "erase", "Marie Curie")
    assert again.code == 3
    assert "keeps no key" in again.err
    assert "| erased | the person asked for it |" in run("audit", "report").out


def test_service_that_is_down_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    for words in (("tail",), ("verify",), ("export",), ("report",), ("erase", "x")):
        done = run("audit", *words)
        assert (done.code, done.out) == (1, "")
        assert "the audit log cannot be opened" in done.err
        assert "eaio up" in done.err
    assert run("audit", "verify", "--json").json()["status"] == "error"


def test_log_of_a_new_home_is_empty_and_holds(run: Run, dsn: str, tmp_path: Path) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    (tmp_path / "home" / "audit").rename(tmp_path / "old")
    assert run("audit", "tail").out == "No decision was written down yet.\n"
    assert run("audit", "verify").out == "chain of 0 entries intact: nothing was decided yet\n"
    assert "Nothing left this machine." in run("audit", "report").out


def test_page_shows_what_a_forger_wrote_as_text() -> None:
    signer = AuditKey.random().signer()
    entry = chained([CLEARED], None, AT, signer)[0]
    forged = dataclasses.replace(entry, destination="<b>|x`\x1b[31m\u202e")
    page = page_of(figures_of([forged]), verify([entry], (), signer), period="all", made="now")
    assert "&lt;b&gt;|x`" in as_html(page)
    assert "\\<b\\>\\|x\\`" in as_markdown(page)
    assert not any(mark in as_html(page) + as_markdown(page) for mark in ("\x1b", "\u202e"))


def test_verdict_of_a_part_says_where_it_begins() -> None:
    entries = chained(RECORDS, None, AT, AuditKey.random().signer())
    assert "chain of 4 entries intact (from entry 3), head" in verdict_text(verify(entries[2:], whole=False))
    assert "policy" not in verdict_text(Verdict(1, 1, entries[-1]))
    assert json.loads(json.dumps(entries[0].as_json()))["seq"] == 1
