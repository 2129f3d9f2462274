"""Cut a text, whole or still streaming, into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=\S)|\s*\n+\s*")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|approx|vs|no|fig|etc|cf|ca|incl|excl|resp|Mr|Mrs|Dr)\.$", re.IGNORECASE)
NUMBERED = re.compile(r"^\s*\d{1,2}[.)]$")
MARKS = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__|`")
MAX_SENTENCE = 320


@dataclass
class SentenceStream:
    """Feed pieces of a text, get whole sentences; `rest` gives what the end leaves."""

    _held: str = field(default="")

    def feed(self, piece: str) -> Iterator[str]:
        """Yield the sentences that a piece completes. A sentence is complete only when what follows it has begun."""
        self._held += piece
        while cut := _cut(self._held):
            sentence, self._held = self._held[: cut[0]], self._held[cut[1] :]
            if tidy(sentence):
                yield tidy(sentence)

    def rest(self, *, complete: bool) -> list[str]:
        """Return what is left at the end; of a text that was cut off, a sentence without its full stop is dropped."""
        left, self._held = tidy(self._held), ""
        ended = left.endswith((".", "!", "?"))
        return [left] if left and (ended or (complete and len(left.split()) > 2)) else []


def _cut(text: str) -> tuple[int, int] | None:
    for match in END.finditer(text):
        before = text[: match.start()]
        if "\n" not in match.group(0) and (ABBREVIATION.search(before) or NUMBERED.match(before.rsplit("\n", 1)[-1])):
            continue
        return match.start(), match.end()
    return (MAX_SENTENCE, MAX_SENTENCE) if len(text) > MAX_SENTENCE else None


def tidy(sentence: str) -> str:
    """Drop list marks and emphasis, and fold white space."""
    return re.sub(r"\s+", " ", MARKS.sub("", sentence)).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a whole text."""
    stream = SentenceStream()
    return [*stream.feed(text), *stream.rest(complete=True)]
