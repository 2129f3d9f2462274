"""What a detector found in a text, and what a scan of it came to."""

from dataclasses import dataclass

from privacy.labels import Label


@dataclass(frozen=True, slots=True)
class Span:
    """A sensitive stretch of a text, [start, end) in characters of the text as it was given."""

    start: int
    end: int
    type: str
    """A type of the taxonomy: `PERSON`, `OT_ADDRESS`."""
    label: Label
    score: float = 1.0
    """How sure the detector is, 0 to 1."""
    by: str = ""
    """The detector: `inventory`, `credentials`, `presidio`."""
    entity: str = ""
    """What it names, the same for all spellings of one entity: the id of a building; empty where only the text says."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The spans of one text, in their order and without overlaps, and the label that they give it.

    `label` is the highest of the spans, PUBLIC without any, and RESTRICTED where a detector failed; `faults` says
    which.
    """

    label: Label
    spans: tuple[Span, ...] = ()
    faults: tuple[str, ...] = ()
    ms: float = 0.0
    findings: tuple[Span, ...] = ()
    """What the detectors found before overlaps were merged: a name inside a longer span is still seen here."""
    possible: tuple[Span, ...] = ()
    """Words that may be names of the data though nothing around them says so ("the mill"): no reason to raise a label,
    but hidden where names are. Looked for in stage 2 only."""
