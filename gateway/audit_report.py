"""The page for the security officer: what left, to whom, why. One content, as Markdown or as HTML without any link."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

from gateway.audit_figures import Figures, types_text
from gateway.safe_text import printable
from privacy.audit import REASONS, AuditEntry, Because
from privacy.audit.verdict import Verdict

Row = Sequence[str]
HEAD_CHARS = 16

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1d2329;max-width:68em;margin:2em auto;padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.15em;margin-top:2em}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3em .8em .3em 0;border-bottom:1px solid #d8dee4;vertical-align:top}
th{color:#57606a;font-weight:600}.good{color:#1a7f37}.bad{color:#cf222e;font-weight:700}
@media print{body{margin:0}}
"""
UNSAID = (
    "An entry says that a text was cleared, not that it arrived; the log may say more than left, never less.",
    "Values are not in the log. It holds keyed digests of them, which only the key of this home can match.",
    (
        "Whoever holds both the database and the key of this home could write another log; a copy of anchors.jsonl"
        " kept elsewhere would show it."
    ),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below column names; `none` is said where there are no rows."""

    columns: Row
    rows: Sequence[Row]
    none: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    lines: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    title: str
    verdict: str
    intact: bool
    sections: Sequence[Section]


def page_of(figures: Figures, verdict: Verdict, *, period: str, made: str) -> Page:
    """Return the report of a period; `verdict` is of the whole log. Times are given as text, in UTC."""
    return Page(
        title="What left, to whom, and why",
        verdict=verdict_text(verdict),
        intact=verdict.intact,
        sections=(
            Section("In short", _in_short(figures, period, made)),
            Section("What left", table=_sent(figures)),
            Section("What kinds of data were in it", table=_types(figures)),
            Section("What was denied", table=_denied(figures)),
            Section("What was declassified", table=_declassified(figures)),
            Section("Tenants", table=_tenants(figures)),
            Section("Policies in force", table=_policies(figures)),
            Section("Erasures and other events", table=_events(figures)),
            Section("How to read this", UNSAID),
        ),
    )


def verdict_text(verdict: Verdict) -> str:
    """Say in one line whether the log holds."""
    if verdict.fault:
        return f"the audit log was tampered with or is damaged: {verdict.fault}; {verdict.entries:,} entries hold"
    if verdict.last is None:
        return "chain of 0 entries intact: nothing was decided yet"
    policies = f", policy {verdict.last.policy_hash or verdict.policies[-1]}" if verdict.policies else ""
    signed = "" if verdict.signatures else "; signatures were not checked, for want of the key"
    part = f" (from entry {verdict.first})" if verdict.first > 1 else ""
    return f"chain of {verdict.entries:,} entries intact{part}, head {verdict.last.hash[:HEAD_CHARS]}{policies}{signed}"


def because_text(because: str) -> str:
    """Return a reason in words."""
    return REASONS.get(cast(Because, because), because)


def as_markdown(page: Page) -> str:
    """Return the page as Markdown."""
    parts = [f"# {page.title}", f"{'Verified' if page.intact else '**NOT VERIFIED**'}: {_plain(page.verdict)}"]
    for section in page.sections:
        parts.append(f"## {section.heading}")
        parts += [_plain(line) for line in section.lines]
        if section.table:
            parts.append(_markdown_table(section.table))
    return "\n\n".join(parts) + "\n"


def as_html(page: Page) -> str:
    """Return the page as one HTML file that needs nothing else."""
    body = [f"<h1>{escape(page.title)}</h1>"]
    word = "Verified" if page.intact else "NOT VERIFIED"
    body.append(f'<p class="{"good" if page.intact else "bad"}">{word}: {_safe(page.verdict)}</p>')
    for section in page.sections:
        body.append(f"<h2>{escape(section.heading)}</h2>")
        body += [f"<p>{_safe(line)}</p>" for line in section.lines]
        if section.table:
            body.append(_html_table(section.table))
    head = f'<meta charset="utf-8"><title>{escape(page.title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


def _in_short(figures: Figures, period: str, made: str) -> list[str]:
    places = sorted({destination for destination, *_ in figures.sent})
    replaced = figures.decisions["pseudonymised"]
    sent = f"{figures.requests_out:,} requests left, {replaced:,} of them with pseudonyms, {figures.bytes_out:,} bytes"
    denied = f"Denied, so that nothing left: {figures.decisions['denied']:,}."
    lowered = f"Declassified by a rule: {figures.decisions['declassified']:,}."
    return [
        f"Period: {period}. Made {made}. Entries: {figures.entries:,}.",
        f"{sent} in all, to {', '.join(places) if places else 'nobody'}.",
        f"{denied} {lowered}",
    ]


def _sent(figures: Figures) -> Table:
    rows = [
        (*way, f"{sent.requests:,}", f"{sent.bytes_out:,}")
        for way, sent in sorted(figures.sent.items(), key=lambda pair: (-pair[1].requests, pair[0]))
    ]
    columns = ("destination", "model", "label", "decision", "rule", "requests", "bytes")
    return Table(columns, rows, "Nothing left this machine.")


def _types(figures: Figures) -> Table:
    found: dict[tuple[str, str], Counter[str]] = {}
    for (destination, _, _, decision, _), sent in figures.sent.items():
        found.setdefault((destination, decision), Counter()).update(sent.types)
    became = {"cleared": "sent as it was", "pseudonymised": "replaced by placeholders"}
    rows = [(place, became[decision], types_text(types)) for (place, decision), types in sorted(found.items()) if types]
    return Table(("destination", "what became of it", "findings by type"), rows, "Nothing sensitive was found.")


def _denied(figures: Figures) -> Table:
    rows = [
        (destination or "unknown", label, rule, because_text(because), f"{count:,}")
        for (destination, label, rule, because), count in _ranked(figures.denied)
    ]
    return Table(("destination", "label", "rule", "because", "requests"), rows, "Nothing was denied.")


def _declassified(figures: Figures) -> Table:
    rows = [
        (rule, because_text(because), label, f"{n:,}") for (rule, because, label), n in _ranked(figures.declassified)
    ]
    return Table(("rule", "because", "became", "times"), rows, "Nothing was declassified.")


def _ranked(counts: Mapping[tuple[str, ...], int]) -> list[tuple[tuple[str, ...], int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _tenants(figures: Figures) -> Table:
    words = ("cleared", "pseudonymised", "denied", "declassified")
    rows = [(tenant, *(f"{counts[word]:,}" for word in words)) for tenant, counts in sorted(figures.tenants.items())]
    return Table(("tenant", *words), rows, "No entry names a tenant.")


def _policies(figures: Figures) -> Table:
    rows = [(found, use.first, use.last, f"{use.entries:,}") for found, use in figures.policies.items()]
    return Table(("policy", "first seen", "last seen", "entries"), rows, "No entry names a policy.")


def _events(figures: Figures) -> Table:
    rows = [(f"{e.seq}", e.at, e.decision.replace("_", " "), _event_text(e)) for e in figures.events]
    return Table(("entry", "at", "what", "because"), rows, "None.")


def _event_text(entry: AuditEntry) -> str:
    to = f"; now {entry.policy_hash}" if entry.decision == "policy_changed" and entry.policy_hash else ""
    return because_text(entry.because) + to


def _markdown_table(table: Table) -> str:
    if not table.rows:
        return table.none
    rule = " | ".join("---" for _ in table.columns)
    rows = [" | ".join(map(_plain, row)) for row in (table.columns, *table.rows)]
    return "\n".join(f"| {row} |" for row in (rows[0], rule, *rows[1:]))


def _html_table(table: Table) -> str:
    if not table.rows:
        return f"<p>{escape(table.none)}</p>"
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = ("".join(f"<td>{_safe(cell)}</td>" for cell in row) for row in table.rows)
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is: a log that was tampered with may hold anything."""
    return re.sub(r"([\\|`*<>\[\]])", r"\\\1", printable(text))


def _safe(text: str) -> str:
    return escape(printable(text))
