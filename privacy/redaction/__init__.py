"""Redaction: what logs and traces get of a text or a run."""

from privacy.redaction.redactor import Redactor

__all__ = ["Redactor"]
