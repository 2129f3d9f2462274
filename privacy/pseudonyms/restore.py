"""Placeholders turned back into what they stand for, in a whole answer or in a stream cut anywhere.

A stream is held back only while its end may be the beginning of a placeholder: a word of a kind, a piece of a code, an
ending not yet complete. That is one word as a rule and never more than `HOLD` characters, and what comes out is what
restoring the whole text gives, wherever it was cut.
"""

import codecs
import re
from collections.abc import Callable, Mapping

from privacy.pseudonyms.placeholder import LETTERS, REACH, Reference, references
from privacy.pseudonyms.type_words import BEGINNINGS, ENGLISH, KINDS

HOLD = REACH
Shown = Callable[[Reference, str], str | None]
"""What to write for a reference, given the text before it; None leaves it as it stands."""

_SENTENCE_START = re.compile(r"(?:\A|[.!?…][\"'”\u2019)\]]*\s+|\n|\|)[\s>#*_`\-•\"'“„«(]*(?:\d+[.)]\s+)?[*_`\"“]*\Z")
_LAST = re.compile(r"(?P<word>[^\W\d_\u2e80-\uffff]*)(?P<after>['\u2019\u00b4`]s?|[-._])?\Z", re.IGNORECASE)
_CODE_BEGUN = re.compile(rf"[{LETTERS}]{{1,4}}s?", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u2e80-\uffff]{1,3}\Z")
_GAP = re.compile(r"(?P<word>[^\W\d_]{1,20})\.?(?:[ \t\xa0\u2009\u202f]{1,3}|[ ]?[-\u2010\u2011_][ ]?|)[*`_]{0,3}\Z")


def replaced(text: str, kinds: Mapping[str, str], shown: Shown) -> str:
    """Return a text with each reference to a code of `kinds` as `shown` writes it."""
    return _replaced(text, 0, len(text), kinds, shown)


def begins_sentence(left: str) -> bool:
    """Tell whether a name after this text begins a sentence, a line or a cell."""
    return bool(_SENTENCE_START.search(left))


def _replaced(text: str, start: int, end: int, kinds: Mapping[str, str], shown: Shown) -> str:
    parts, done = list[str](), start
    for reference in references(text, kinds, start):
        if reference.start >= end:
            break
        written = shown(reference, text[max(0, reference.start - REACH) : reference.start])
        if written is not None:
            parts += text[done : reference.start], written
            done = reference.end
    return "".join((*parts, text[done:end]))


class Restorer:
    """Restores a stream: `feed` it what arrives and show what it gives; `rest` ends it."""

    def __init__(self, kinds: Mapping[str, str], shown: Shown) -> None:
        self._kinds, self._shown = kinds, shown
        self._text, self._done = "", 0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    @property
    def held(self) -> int:
        """How many characters wait for what follows."""
        return len(self._text) - self._done

    def feed(self, chunk: str) -> str:
        """Take a piece of the stream; return what is certain by now."""
        self._text += chunk
        return self._give(self._open_from())

    def feed_bytes(self, chunk: bytes) -> str:
        """Take bytes of UTF-8, cut anywhere; what is none becomes U+FFFD."""
        return self.feed(self._decoder.decode(chunk))

    def rest(self) -> str:
        """End the stream; return what was held back."""
        self._text += self._decoder.decode(b"", final=True)
        return self._give(len(self._text))

    def _give(self, end: int) -> str:
        given = _replaced(self._text, self._done, end, self._kinds, self._shown)
        forgotten = max(0, end - REACH)
        self._text, self._done = self._text[forgotten:], end - forgotten
        return given

    def _open_from(self) -> int:
        """Return where the stretch begins that may yet turn out to be a placeholder."""
        tail = self._text[max(self._done, len(self._text) - HOLD) :]
        last = _LAST.search(tail)
        assert last is not None  # it matches the empty end of any text
        word, certain = last["word"].casefold(), len(self._text) - len(tail)
        if last["after"]:
            return certain + _joined_from(tail, last.start() if _CODE_BEGUN.fullmatch(word) else len(tail))
        if word and word not in BEGINNINGS and not _CODE_BEGUN.fullmatch(word):
            return len(self._text)
        return certain + _joined_from(tail, last.start())


def _joined_from(tail: str, end: int) -> int:
    """Return where the word of a kind begins that what follows `end` would belong to; without one `end` itself."""
    found = _GAP.search(tail[:end])
    if found is None:
        return end
    if unspaced := _UNSPACED.search(found["word"]):
        return found.end("word") - len(unspaced[0])
    return found.start() if found["word"].casefold() in KINDS else end


def in_english(word: str) -> bool:
    """Tell whether the word for a kind is English, or there is none."""
    return not word or word in ENGLISH
