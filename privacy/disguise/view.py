"""A text as it reads with a trick undone, and the way back to the text as it was given."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple


class Edit(NamedTuple):
    """Read [start, end) of a text as `text`. What lies at a `joint` is glue: a finding across it is in two pieces."""

    start: int
    end: int
    text: str
    joint: bool = False


Trick = Callable[[str], Iterable[Edit]]
Range = tuple[int, int]
STOPS = ("\n", ". ", "? ")
LEAST_MARGIN = 40
"""So many characters beside an edit are read even where a sentence ends in them: a cue may stand in the one before."""


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text. `back` leads to the text as it was given, however many tricks lie between."""

    text: str
    trick: str = ""
    names_only: bool = False
    """Whether only a name of the inventory counts as found here: a reading without a sign of its trick is a guess."""
    pattern_only: bool = False
    """Whether only stage 1 looks here: the reading shows digits, or is no language between what it uncovers."""
    origin: "View | None" = None
    edits: Sequence[Edit] = ()
    mirrored: bool = False
    _starts: Sequence[int] = field(default=(), repr=False)
    """Where each edit begins in this view's own text."""

    def edited(self, edits: Sequence[Edit], trick: str, *, pattern_only: bool = False) -> "View":
        """Return the reading with the edits made: in order, without overlaps."""
        pieces, at = [], 0
        for edit in edits:
            pieces += [self.text[at : edit.start], edit.text]
            at = edit.end
        lengths = accumulate(len(piece) for piece in pieces)
        starts = [end - len(edit.text) for end, edit in zip(list(lengths)[1::2], edits, strict=True)]
        return View(
            "".join(pieces) + self.text[at:], trick, pattern_only=pattern_only, origin=self, edits=edits, _starts=starts
        )

    def read_as(self, text: str, trick: str, *, names_only: bool = False) -> "View":
        """Return a reading with as many characters, each in its place."""
        return View(text, trick, names_only=names_only, pattern_only=True, origin=self)

    def backwards(self, *, names_only: bool = False) -> "View":
        """Return the text from its end to its beginning."""
        text = self.text[::-1]
        return View(text, "backwards", names_only=names_only, pattern_only=True, origin=self, mirrored=True)

    def back(self, start: int, end: int) -> list[Range]:
        """Return where [start, end) of this view lies in the text as given: one range, or more across joints."""
        if self.origin is None:
            return [(start, end)] if start < end else []
        ranges = [(len(self.text) - end, len(self.text) - start)] if self.mirrored else self._unedited(start, end)
        return [found for a, b in ranges for found in self.origin.back(a, b)]

    def changed(self, margin: int) -> list[Range]:
        """Return the parts of this view that its edits touch, with a margin around them; all of it without edits."""
        if not self.edits:
            return [(0, len(self.text))]
        parts: list[Range] = []
        for edit, begins in zip(self.edits, self._starts, strict=True):
            start, end = self._from(begins, margin), self._until(begins + len(edit.text), margin)
            if parts and start <= parts[-1][1]:
                start, _ = parts.pop()
            parts.append((start, end))
        return parts

    def _from(self, at: int, margin: int) -> int:
        """Return where what must be read before an edit begins: at a sentence's, where one begins in the margin."""
        low, high = max(0, at - margin), max(0, at - LEAST_MARGIN)
        return max(low, *(self.text.rfind(stop, low, high) + 1 for stop in STOPS))

    def _until(self, at: int, margin: int) -> int:
        """Return where what must be read behind an edit ends: with a sentence, where one ends in the margin."""
        ends = (self.text.find(stop, at + LEAST_MARGIN, at + margin) for stop in STOPS)
        return min(len(self.text), at + margin, *(end + 1 for end in ends if end >= 0))

    def _unedited(self, start: int, end: int) -> list[Range]:
        """Return where a range lies in the text before the edits, in pieces between the joints."""
        ranges, at = [], start
        for index in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            if self.edits[index].joint:
                begins = self._starts[index]
                ranges.append((at, begins))
                at = begins + len(self.edits[index].text)
        ranges.append((at, end))
        return [(self._left(a), self._right(b - 1)) for a, b in ranges if a < b]

    def _left(self, at: int) -> int:
        """Return where the character at `at` begins in the text before the edits."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at
        edit, begins = self.edits[index], self._starts[index]
        past = at - begins - len(edit.text)
        return edit.start if past < 0 else edit.end + past

    def _right(self, at: int) -> int:
        """Return where the character at `at` ends in the text before the edits."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at + 1
        edit, begins = self.edits[index], self._starts[index]
        past = at - begins - len(edit.text)
        return edit.end if past < 0 else edit.end + past + 1
