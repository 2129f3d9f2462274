"""A scan: what is sensitive in a text, whatever it is disguised as, and how sensitive that makes it.

Stage 1 takes every text: the inventory of names and the recognisers of forms, over each reading of the text. Stage 2,
for text bound outward, adds the models that know persons, places and addresses from the language around them.

Detection may only raise a label: a detector that raises, is late or is missing makes the text RESTRICTED, and the scan
names it. What it was given is never told.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from privacy.cues import with_cues
from privacy.deadline import within
from privacy.disguise import View, views
from privacy.escalation import DEFAULT, escalated
from privacy.labels import Label, join
from privacy.merging import merged
from privacy.names.inventory import NameInventory
from privacy.policy import Combination
from privacy.recognisers.all import Family, load, warm
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.literals import LITERALS
from privacy.spans import Scan, Span
from privacy.taxonomy import TYPES, label_of_type
from privacy.windows import windows

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
Outbound = Callable[[str], Iterable[Span]]

STAGES = (1, 2)
WINDOW, OVERLAP = 50_000, 2_000
OUTBOUND_WINDOW, OUTBOUND_OVERLAP = 4_000, 300
OUTBOUND_VIEWS = 3
"""So many readings of a text the models see; a text with more disguises than that has been seen by stage 1 in all."""
AROUND = 120
"""So far from a disguise a detector looks again, once it is undone; the rest it has seen."""
LEAST_GUESSED = 6
"""A name found in a guessed reading has so many characters: backwards, "4b" is b4."""

STAGE_1_S = 5.0
STAGE_2_S = 2.0
LOAD_S = 60.0
PER_CHAR_S = 25e-6
"""Time that a stage may take, and what it may take more for each character: a megabyte of either has half a minute."""


class Scanner:
    """Scans texts; threads may share one. What it is made of never changes: make a new one when names or policy do."""

    def __init__(
        self,
        inventory: NameInventory,
        types: Mapping[str, Label] = TYPES,
        combinations: Sequence[Combination] = DEFAULT,
        recognisers: Sequence[Family] | None = None,
        outbound: Outbound | None = None,
        *,
        deadline_s: float = STAGE_2_S,
        cache: Path | None = None,
    ) -> None:
        """`recognisers` and `outbound` are ours if not given, loaded when first used; `deadline_s` is of stage 2.

        `cache` is a folder for the quick form of our model, which is made once; without one the slow form is used.
        """
        self._inventory, self._types, self._combinations = inventory, types, tuple(combinations)
        self._given = None if recognisers is None else tuple(recognisers)
        self._outbound = outbound or partial(_our_outbound, cache)
        self._deadline_s = deadline_s
        self._is_warm = outbound is not None

    def scan(self, text: str | bytes, stage: int = 1) -> Scan:
        """Return what is sensitive in a text; it never raises for what a text holds or a detector does.

        Bytes are read as UTF-8 with a replacement for what is not, and offsets are in characters of that. Raises
        `ValueError` for a stage other than 1 and 2.
        """
        if stage not in STAGES:
            raise ValueError(f"there is no stage {stage}; give 1 (every text) or 2 (text bound outward)")
        began = perf_counter()
        given = _whole(text)
        faults: list[str] = []
        readings = self._readings(given, faults)
        found = list(self._stage_1(readings, faults, began + STAGE_1_S + PER_CHAR_S * len(given)))
        LITERALS.forget()
        if stage > 1:
            found += self._stage_2(readings, faults)
        scanned = self._scan(with_cues(given, found), faults, began)
        return scanned if stage == 1 else replace(scanned, possible=tuple(self._inventory.possible(given)))

    def warm(self, stage: int = 2) -> tuple[str, ...]:
        """Load what a stage needs, so that the first scan is as fast as the others; return what could not be loaded."""
        if self._given is None:
            warm()
        return self.scan("Is the building warm?", stage).faults

    def _scan(self, found: Iterable[Span], faults: Iterable[str], began: float) -> Scan:
        labelled = [self._labelled(span) for span in found]
        findings = tuple(escalated(labelled, self._combinations))
        spans = merged(findings)
        told = tuple(dict.fromkeys(faults))
        label = Label.RESTRICTED if told else max((span.label for span in spans), default=Label.PUBLIC)
        return Scan(label, spans, told, (perf_counter() - began) * 1000, findings)

    def _labelled(self, span: Span) -> Span:
        """Return a span under the label of the policy; what a detector itself has raised is not lowered."""
        ours = label_of_type(span.type, self._types)
        label = ours if span.label == label_of_type(span.type) else join(ours, span.label)
        return span if label == span.label else replace(span, label=label)

    def _readings(self, text: str, faults: list[str]) -> list[View]:
        try:
            return views(text)
        except Exception as fault:  # noqa: BLE001 - a text that breaks the undoing of tricks is a trick
            faults.append(_told("disguise", fault))
            return [View(text)]

    def _stage_1(self, readings: Sequence[View], faults: list[str], ends: float) -> Iterator[Span]:
        families, missing = (self._given, ()) if self._given is not None else load()
        faults += [f"the detector {name} is missing" for name in missing]
        for view in readings:
            yield from self._names(view, faults)
            pieces = list(_pieces(view, readings, WINDOW, OVERLAP))
            for name, recognisers in () if view.names_only else families:
                if perf_counter() > ends:
                    faults.append("stage 1 was not done in time")
                    return
                yield from _recognised(view, pieces, name, recognisers, faults)

    def _names(self, view: View, faults: list[str]) -> Iterator[Span]:
        try:
            found = list(self._inventory.spans(view.text))
        except Exception as fault:  # noqa: BLE001 - whatever a detector raises makes the text restricted
            faults.append(_told("inventory", fault))
            return
        for span in found:
            if not view.names_only or span.end - span.start >= LEAST_GUESSED:
                yield from _back(view, span)

    def _stage_2(self, readings: Sequence[View], faults: list[str]) -> list[Span]:
        """Return what the models find; nothing and a fault where they fail or are late."""
        seen = [view for view in readings if not (view.names_only or view.pattern_only)][:OUTBOUND_VIEWS]
        allowed = self._deadline_s + PER_CHAR_S * sum(len(view.text) for view in seen)
        try:
            spans = within(allowed if self._is_warm else LOAD_S, lambda: self._read(seen))
        except Exception as fault:  # noqa: BLE001 - whatever a detector raises makes the text restricted
            faults.append(_told("outbound", fault))
            return []
        self._is_warm = True
        return spans

    def _read(self, readings: Sequence[View]) -> list[Span]:
        return [
            placed
            for view in readings
            for at, piece in _pieces(view, readings, OUTBOUND_WINDOW, OUTBOUND_OVERLAP)
            for span in self._outbound(piece)
            for placed in _back(view, span, at)
        ]


def _pieces(view: View, readings: Sequence[View], size: int, overlap: int) -> Iterator[tuple[int, str]]:
    """Yield what a detector must read of a view, and where each piece begins: what the view before does not show it."""
    is_seen = any(view.origin is other for other in readings)
    for start, end in view.changed(AROUND) if is_seen else [(0, len(view.text))]:
        yield from ((start + at, piece) for at, piece in windows(view.text[start:end], size, overlap))


def _recognised(
    view: View, pieces: Iterable[tuple[int, str]], name: str, recognisers: Iterable[Recogniser], faults: list[str]
) -> Iterator[Span]:
    """Yield what a family of recognisers finds in a reading, placed in the text as it was given."""
    for at, piece in pieces:
        LITERALS.read(piece)
        for recognise in recognisers:
            try:
                found = list(recognise(piece))
            except Exception as fault:  # noqa: BLE001 - whatever a detector raises makes the text restricted
                faults.append(_told(name, fault))
                continue
            for span in found:
                yield from _back(view, span, at)


def _back(view: View, span: Span, at: int = 0) -> Iterator[Span]:
    """Yield a span of a reading, `at` its piece's place in it, where it lies in the text as it was given."""
    for start, end in view.back(span.start + at, span.end + at):
        yield span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


def _whole(text: str | bytes) -> str:
    """Return a text without halves of characters: one character for another, so that offsets hold."""
    if isinstance(text, bytes):
        return text.decode("utf-8", errors="replace")
    return text if text.isascii() else HALF_CHARACTER.sub("\ufffd", text)


def _told(name: str, fault: BaseException) -> str:
    """Return what is told of a fault: its kind. Its own words may hold the text."""
    late = isinstance(fault, TimeoutError)
    return (
        f"the detector {name} was not done in time" if late else f"the detector {name} failed ({type(fault).__name__})"
    )


def _our_outbound(cache: Path | None, text: str) -> Iterable[Span]:
    from privacy.outbound import shared

    shared.cache = shared.cache or cache
    return shared.spans_of(text)
