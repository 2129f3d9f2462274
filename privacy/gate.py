"""The gate: the one door to a cloud model. Until there is a policy it stays shut."""

from dataclasses import dataclass

from privacy.labels import Label


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a prompt may go to a destination, and why."""

    cleared: bool
    reason: str


def clear(_prompt: str, _label: Label, _destination: str) -> Decision:
    """Decide on one prompt for one destination: denied, whatever it says, while there is no policy."""
    return Decision(cleared=False, reason="no policy yet: everything stays local")
