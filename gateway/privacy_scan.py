"""`eaio privacy scan`: what is sensitive in each text of a stream of JSON lines."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO

from config.settings import Settings
from gateway.exits import ANSWERED, REFUSED

if TYPE_CHECKING:
    from privacy.scanner import Scanner
    from privacy.spans import Scan


def scan(options: Namespace) -> int:
    """Scan the lines of stdin; exit 2 where one of them was no text, after all others were scanned."""
    lines = getattr(sys.stdin, "buffer", sys.stdin)
    return scan_jsonl(lines, sys.stdout, sys.stderr, Settings(), options.stage)


def scan_jsonl(lines: Iterable[str | bytes], stdout: TextIO, stderr: TextIO, settings: Settings, stage: int = 2) -> int:
    """Write a line for each line read, in order and at once; return the exit code.

    A line is `{"id": any, "text": string}` and becomes `{"id", "label", "spans", "ms"}`, with `faults` where a detector
    failed. One that is not becomes `{"id", "error"}`. Spans are in characters of the text. Whatever a library prints
    goes to `stderr`. Names come from the snapshot under the home, or else from the shipped data. Raises `BadSnapshot`.
    """
    with redirect_stdout(stderr):
        scanner = _scanner(settings, stage)
        bad = 0
        for number, line in enumerate(lines, start=1):
            if line.strip():
                told = _scanned(scanner, line, number, stage)
                bad += "error" in told
                stdout.write(json.dumps(told) + "\n")
                stdout.flush()
    return REFUSED if bad else ANSWERED


def _scanner(settings: Settings, stage: int) -> "Scanner":
    """Return a scanner that has loaded what it needs, so that the first line takes no longer than the others."""
    from gateway.quick_start import importing_much

    with importing_much():
        from privacy.names.snapshot import known, models_folder
        from privacy.policy.file import SHIPPED, load_policy
        from privacy.scanner import Scanner

        policy = load_policy(settings.privacy_policy or SHIPPED)
        scanner = Scanner(known(settings.home), policy.types, policy.combinations, cache=models_folder(settings.home))
        for fault in scanner.warm(stage):
            print(f"{fault}: every text counts as RESTRICTED", file=sys.stdout)  # which is stderr here
    return scanner


def _scanned(scanner: "Scanner", line: str | bytes, number: int, stage: int) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8", errors="replace") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as fault:
        where = f" at character {fault.pos}" if isinstance(fault, json.JSONDecodeError) else ""
        return {
            "id": None,
            "error": f'line {number} is not JSON{where}; write {{"id": ..., "text": "..."}} on one line',
        }
    name = given.get("id") if isinstance(given, dict) else None
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        return {"id": name, "error": f'line {number} has no text; write {{"id": ..., "text": "..."}} on one line'}
    return {"id": name, **_shown(scanner.scan(text, stage))}


def _shown(found: "Scan") -> dict[str, Any]:
    spans = [
        {"start": s.start, "end": s.end, "type": s.type, "label": s.label.name, "score": round(s.score, 3)}
        for s in found.spans
    ]
    faults = {"faults": list(found.faults)} if found.faults else {}
    return {"label": found.label.name, "spans": spans, "ms": round(found.ms, 3), **faults}
