"""What may leave: labels that only rise, detectors, the policy, pseudonyms, the gate, and the audit log.

Read in this order: `labels`, `policy`, `declassify`, `scanner`, `preview`, `gate`, `cleared`, `egress`, `audit`.
"""

from privacy.labels import Label, join, join_all

__all__ = ["Label", "join", "join_all"]
