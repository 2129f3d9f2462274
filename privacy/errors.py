"""What can go wrong where data is kept from leaving.

PrivacyError
├── PolicyError            the policy file cannot be used; carries file, line and message
├── DetectorUnavailable    a detector, or a model that it needs, is missing or broken
├── NotCleared             bytes bound outward that no cleared prompt covers
└── AuditUnavailable       what would leave cannot be written down, so it may not leave

None of these carries the text that was examined: an exception ends in logs and traces.
"""

from pathlib import Path


class PrivacyError(Exception):
    """Something that guards data did not work, or refused."""


class PolicyError(PrivacyError):
    """The policy file cannot be used as it stands."""

    def __init__(self, file: Path | str, line: int, message: str) -> None:
        self.file = Path(file)
        self.line = line
        self.message = message
        super().__init__(f"{file}:{line}: {message}")


class DetectorUnavailable(PrivacyError):
    """A detector is missing or broken, so a text must be treated as restricted."""

    def __init__(self, detector: str, reason: str) -> None:
        self.detector = detector
        self.reason = reason
        super().__init__(f"detector {detector} is unavailable: {reason}")


class NotCleared(PrivacyError):
    """A request holds something that its cleared prompt does not, or it has none."""


class AuditUnavailable(PrivacyError):
    """The audit log takes no entry, so nothing may go to a cloud."""
