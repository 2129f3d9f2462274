"""The audit log: what left, to whom and why, in a chain that shows if it was changed."""

from privacy.audit.record import FIELDS, REASONS, Audit, AuditEntry, AuditRecord, Because, Decision

__all__ = ["FIELDS", "REASONS", "Audit", "AuditEntry", "AuditRecord", "Because", "Decision"]
