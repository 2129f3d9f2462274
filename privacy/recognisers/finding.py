"""A recogniser: a function from a text to the spans of one family of types."""

import re
from collections.abc import Callable, Iterable

from privacy.spans import Span
from privacy.taxonomy import label_of_type

Recogniser = Callable[[str], Iterable[Span]]


def found(kind: str, match: re.Match[str], group: int | str = 0, *, score: float = 1.0, by: str = "") -> Span:
    """Return the span of a group of a match, under the label that the taxonomy gives its type."""
    return Span(match.start(group), match.end(group), kind, label_of_type(kind), score, by)
