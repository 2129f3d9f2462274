"""Types that say more together than each alone: an address is confidential, when it stands empty nobody may know."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from privacy.labels import Label, join
from privacy.policy import Combination
from privacy.spans import Span

DEFAULT = (
    Combination(frozenset({"ADDRESS", "OCCUPANCY"}), Label.RESTRICTED),
    Combination(frozenset({"PERSON", "OCCUPANCY"}), Label.RESTRICTED),
    Combination(frozenset({"PERSON", "INTERVAL_LOAD"}), Label.RESTRICTED),
)
"""What holds without a policy document; the same as in the shipped one."""


def escalated(spans: Sequence[Span], combinations: Iterable[Combination] = DEFAULT) -> list[Span]:
    """Return the spans of one text, each under the highest label that its type takes beside the others.

    A label is never lowered. How far apart they stand does not matter: a text is sent as a whole.
    """
    present = {span.type for span in spans}
    raised: dict[str, Label] = {}
    for combination in combinations:
        if combination.types <= present:
            for kind in combination.types:
                raised[kind] = join(raised.get(kind, Label.PUBLIC), combination.label)
    return [_raised(span, raised.get(span.type, Label.PUBLIC)) for span in spans]


def _raised(span: Span, label: Label) -> Span:
    return replace(span, label=label) if label > span.label else span
