"""Many detectors' spans made into one list, in order and without overlaps, that covers all that any of them covers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from privacy.labels import Label
from privacy.spans import Span


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans with each group of overlapping ones as one: their union, under the highest label of them.

    The type is that of the span with that label, the longest where several have it. What is public gives way to what is
    not, and adds nothing to it.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    told = [_one(group) for group in _groups([span for span in ordered if span.label > Label.PUBLIC])]
    public = [_one(group) for group in _groups([span for span in ordered if span.label == Label.PUBLIC])]
    return tuple(sorted([*told, *_apart(public, told)], key=lambda span: span.start)) if public else tuple(told)


def _groups(ordered: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the runs of spans of which each overlaps what is before it."""
    group: list[Span] = []
    end = -1
    for span in ordered:
        if group and span.start >= end:
            yield group
            group = []
        group.append(span)
        end = max(end, span.end) if len(group) > 1 else span.end
    if group:
        yield group


def _one(group: Sequence[Span]) -> Span:
    """Return the span that stands for overlapping ones."""
    if len(group) == 1:
        return group[0]
    winner = max(group, key=lambda span: (span.label, span.end - span.start, span.score))
    end = max(span.end for span in group)
    score = max(span.score for span in group if span.label == winner.label)
    return replace(winner, start=group[0].start, end=end, score=score, entity=_entity(group, winner))


def _entity(group: Sequence[Span], winner: Span) -> str:
    """Return what the winner names, or what the others of its type name if that is one thing: `Building b4` is b4."""
    named = {span.entity for span in group if span.type == winner.type and span.entity}
    return winner.entity or (named.pop() if len(named) == 1 else "")


def _apart(public: Iterable[Span], told: Sequence[Span]) -> Iterator[Span]:
    """Yield the public spans that overlap none of the others; both are in order."""
    index = 0
    for span in public:
        while index < len(told) and told[index].end <= span.start:
            index += 1
        if index == len(told) or told[index].start >= span.end:
            yield span
