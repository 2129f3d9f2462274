"""The log: one line an event on stderr, so that stdout carries answers only.

A line names what happened and where, never a question, a reading or a prompt: those are for the receipt. What slips in
all the same, in an argument or in the words of an exception, is redacted before any handler sees it: `configure_log` is
given the function, for what may be in a log is decided by the policy.
"""

import logging
import re
import sys
import threading
from collections.abc import Callable

from telemetry.faults import place, told

Redact = Callable[[str], str]

log = logging.getLogger("eaio")

WITHHELD = "[withheld"
"""How everything begins that a redactor has withheld."""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Characters that end a line, move the cursor, turn the writing, or cannot be written at all."""

WORDY = (
    "google_genai httpcore httpx httpx2 langchain langchain_core langchain_google_genai langchain_openai langgraph"
    " langsmith openai presidio-analyzer requests urllib3"
).split()
"""Libraries that log requests, addresses or texts. `OPENAI_LOG` alone would print every prompt."""


class Redaction(logging.Filter):
    """Rewrites a record in place: message, arguments and exception become one redacted line."""

    redact: Redact | None = None

    def __init__(self) -> None:
        super().__init__()
        self._busy = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact a record that has not been; every record passes."""
        if not getattr(record, "redacted", False):
            record.msg, record.args = UNSEEN.sub(_escaped, self._line(record)), None
            record.exc_info = record.exc_text = record.stack_info = None
            record.redacted = True
        return True

    def _line(self, record: logging.LogRecord) -> str:
        at = place(record.pathname, record.lineno, record.funcName)
        if getattr(self._busy, "now", False):  # what redacts has something to log
            return f"{at} {WITHHELD}]"
        self._busy.now = True
        try:
            return self._redacted(record) or f"{at} {WITHHELD}]"
        except Exception:  # noqa: BLE001 - a line that cannot be made or redacted still says that something happened
            return f"{at} {WITHHELD}]"
        finally:
            self._busy.now = False

    def _redacted(self, record: logging.LogRecord) -> str:
        """Return the line, the line without its arguments if the whole is withheld, or nothing."""
        redact = self.redact or str
        line = record.getMessage()
        if record.exc_info and (fault := record.exc_info[1]):
            line = f"{line} | {told(fault, redact)}"
        for words in (line, PLACEHOLDER.sub(f"{WITHHELD}]", str(record.msg))):
            if not (clean := redact(words)).startswith(WITHHELD):
                return clean
        return ""


_redaction = Redaction()


def configure_log(level: str, redact: Redact | None = None) -> None:
    """Write events of `level` and above to stderr, each through `redact`. Safe to call again.

    A later `redact` takes the place of the one before; none leaves it in force. What other libraries log goes no
    further than a line on stderr from WARNING up, redacted alike.
    """
    if redact is not None:
        _redaction.redact = redact
    log.setLevel(level.upper())
    log.addFilter(_redaction)
    if not log.handlers:
        stderr = logging.StreamHandler(sys.stderr)
        stderr.setFormatter(_lines())
        log.addHandler(stderr)
        log.propagate = False
    for handler in log.handlers:  # what a logger below this one writes passes its handlers only
        handler.addFilter(_redaction)
    _contain()


def _contain() -> None:
    """Keep wordy libraries away from every handler but the last resort, whatever level they are set to."""
    last: logging.Handler = logging.lastResort or logging.NullHandler()
    last.addFilter(_redaction)
    last.setFormatter(_lines())
    for name in WORDY:
        library = logging.getLogger(name)
        library.propagate = False
        library.addHandler(last)


def _lines() -> logging.Formatter:
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%H:%M:%S")


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
