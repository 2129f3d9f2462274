"""The log: one line an event on stderr, so that stdout carries answers only.

A line names what happened and where, never a question, a reading or a prompt: those are for the receipt.
"""

import logging
import sys

log = logging.getLogger("eaio")


def configure_log(level: str) -> None:
    """Write events of `level` and above to stderr. Safe to call again."""
    log.setLevel(level.upper())
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%H:%M:%S"))
        log.addHandler(handler)
        log.propagate = False
