"""The edge of the process: whatever happens inside becomes an exit code, one line for a person, and never a traceback.

Kinds of fault are looked up among the modules that are loaded: a fault cannot be of a kind whose module is not, and a
command that needs no database imports none to report bad usage.
"""

import io
import os
import select
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gateway.exits import ANSWERED, FAULT, INTERRUPTED, NO_DATA, REFUSED
from gateway.json_out import write_json
from gateway.screen import notice

LOG_LIMIT_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Ending:
    """How a command ended that did not do what was asked."""

    code: int
    status: str
    reason: str


KINDS = (
    ("gateway.errors", "BadUsage", REFUSED, "clarify"),
    ("gateway.errors", "NotKnown", NO_DATA, "no_data"),
    ("tools.errors", "NoData", NO_DATA, "no_data"),
    ("tools.errors", "BadQuestion", REFUSED, "clarify"),
    ("tools.errors", "DataUnavailable", FAULT, "error"),
    ("memory.errors", "DataError", REFUSED, "clarify"),
    ("memory.errors", "MemoryDown", FAULT, "error"),
    ("services.errors", "ServiceError", FAULT, "error"),
    ("models.router.errors", "EditedReceipt", FAULT, "error"),
    ("models.router.errors", "RouterError", REFUSED, "clarify"),
    ("models.errors", "ModelError", FAULT, "error"),
    ("privacy.errors", "PrivacyError", FAULT, "error"),
    ("privacy.names.snapshot", "BadSnapshot", FAULT, "error"),
)


def guarded(run: Callable[[], int], options: Namespace) -> int:
    """Return the exit code of `run`; say on stderr, and with `--json` on stdout, why it did not do what was asked."""
    _ensure_streams()
    try:
        code = run()
        sys.stdout.flush()
    except SystemExit as end:  # argparse, after --help
        return end.code if isinstance(end.code, int) else FAULT
    except KeyboardInterrupt:
        return _end(Ending(INTERRUPTED, "error", "interrupted; nothing is broken, ask again"), options)
    except BrokenPipeError as fault:
        return ANSWERED if _reader_is_gone() else _end(ending_of(fault), options)
    except Exception as fault:  # noqa: BLE001  the process boundary: a remedy for the person, the traceback for the log
        return _end(ending_of(fault), options)
    return code


def _ensure_streams() -> None:
    """Have all three streams even where the caller closed one, and let no character stop a line."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  lives as long as we do
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def ending_of(fault: Exception) -> Ending:
    """Return how a fault ends the command; an unexpected one is kept in the log with its traceback."""
    for module, name, code, status in KINDS:
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and isinstance(fault, kind):
            return Ending(code, status, str(fault))
    return Ending(FAULT, "error", _unexpected(fault))


def _unexpected(fault: Exception) -> str:
    log = _keep(fault)
    where = f"; the details are in {log}" if log else ""
    if isinstance(fault, ImportError):
        return f"a package cannot be imported ({fault}){where}; `eaio doctor` names the command that installs it"
    return f"EAIO met a fault of its own ({type(fault).__name__}: {fault}){where}; `eaio doctor` finds what is wrong"


def _keep(fault: Exception) -> Path | None:
    """Add the traceback to the log and return where that is; None where not even that works."""
    with suppress(OSError, ImportError, ValueError):  # ValueError: settings that do not hold are one
        from config.settings import Settings

        log = Settings().home / "logs" / "eaio.log"
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        full = log.exists() and log.stat().st_size > LOG_LIMIT_BYTES
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
        with os.fdopen(os.open(log, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {_redacted(fault)}\n")
        return log
    return None


def _redacted(fault: Exception) -> str:
    """Return a fault as the policy lets logs have it: kinds and places, and of the messages what is not sensitive."""
    from telemetry.faults import told

    try:
        from config.settings import Settings
        from privacy.names.snapshot import known
        from privacy.policy.file import SHIPPED, load_policy
        from privacy.redaction import Redactor
        from privacy.scanner import Scanner

        settings = Settings()
        policy = load_policy(settings.privacy_policy or SHIPPED)
        return told(fault, Redactor(Scanner(known(settings.home)).scan, lambda: policy, "logs").text)
    except Exception:  # noqa: BLE001 - what keeps a message from being examined is no reason to write it as it is
        return told(fault, lambda _: "[withheld]")


def _end(ending: Ending, options: Namespace) -> int:
    with suppress(OSError):  # stdout or stderr may be what broke
        notice(ending.reason)
        if options.json and not options.written:
            write_json(options, _as_json(ending, options))
    return ending.code


def _as_json(ending: Ending, options: Namespace) -> dict[str, object]:
    said: dict[str, object] = {"status": ending.status, "reason": ending.reason}
    if options.command == "ask":
        with suppress(ImportError):  # the fault may be that nothing can be imported
            from graphs.answer_json import fault_json

            return fault_json(options.question, ending.reason, options.thread) | said
    return said


def _reader_is_gone() -> bool:
    """Tell whether nobody reads stdout any more, as after `| head`; then make the last flush of the process quiet."""
    asked = select.poll()
    asked.register(sys.stdout.fileno(), select.POLLOUT)
    gone = any(event & (select.POLLERR | select.POLLHUP) for _, event in asked.poll(0))
    if gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return gone
