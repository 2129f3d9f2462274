"""What one attempt has brought so far: sentences shown, sentences dropped, and what they cost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.price import Price
from models.usage import Chunk, Finish, Usage, estimate_tokens
from nodes.verification import NO_SENTENCE, Carried, SentenceStream, fault_of

MAX_SENTENCES = 5
MAX_DROPPED = 4
REPEATS = "it repeats a sentence already shown"


@dataclass
class Draft:
    """A text as it is written and judged. `shown` begins with what earlier rungs have shown already."""

    shown: list[str]
    checked: int = 0
    kept: int = 0
    dropped: list[dict[str, str]] = field(default_factory=list)
    calls: list[Usage] = field(default_factory=list)
    stopped: bool = False
    """Whether the model had more to say when it was stopped at its longest answer."""
    repeated: int = 0
    """Sentences that an earlier rung had shown already; no fault of this one's."""

    def __post_init__(self) -> None:
        self._before = frozenset(map(_bare, self.shown))
        self._dropped_before = 0

    def begin_anew(self) -> None:
        """Give the model another call, which is not judged by the sentences dropped before it."""
        self._dropped_before = len(self.dropped)

    def take(self, sentence: str, known: Carried) -> str | None:
        """Judge a sentence; return it where it may be shown and says something new."""
        if _bare(sentence) in self._before:
            self.repeated += 1
            return None
        self.checked += 1
        reason = fault_of(sentence, known)
        if reason is None and _bare(sentence) in map(_bare, self.shown):
            reason = REPEATS
        if reason is not None:
            self.dropped.append({"sentence": sentence, "reason": reason})
            return None
        self.kept += 1
        self.shown.append(sentence)
        return sentence

    @property
    def enough(self) -> bool:
        """Tell whether to stop: enough is shown, or nearly nothing of it holds."""
        return len(self.shown) >= MAX_SENTENCES or len(self.dropped) - self._dropped_before >= MAX_DROPPED

    def fault(self) -> str | None:
        """Return why an attempt that ran to its end has failed all the same, or None.

        What counts against it is what its last call claimed and the evidence does not carry: a claim that it repeats
        counts once, and a heading or a fragment claims nothing.
        """
        if self.kept == 0 and self.repeated == 0:
            none_of = f"none of its {self.checked} sentences is new and carried by the evidence"
            return none_of if self.checked else "it wrote nothing"
        uncarried = {
            _bare(d["sentence"])
            for d in self.dropped[self._dropped_before :]
            if d["reason"] not in (NO_SENTENCE, REPEATS)
        }
        if len(uncarried) > 2 * (self.kept + self.repeated):
            return f"{len(uncarried)} claims of its {self.checked} sentences are not carried by the evidence"
        return None

    def usage(self) -> Usage:
        """Return what all calls cost together; the time to the first text is that of the first call."""
        first = self.calls[0] if self.calls else Usage(0, 0, False, 0.0, 0.0)
        return Usage(
            sum(c.tokens_in for c in self.calls),
            sum(c.tokens_out for c in self.calls),
            any(c.estimated for c in self.calls),
            first.ttft_ms,
            sum(c.duration_ms for c in self.calls),
            first.model,
            sum(c.cost_usd for c in self.calls),
            shared=bool(self.calls) and all(c.shared for c in self.calls),
            cached=sum(c.cached for c in self.calls),
        )


@dataclass
class Heard:
    """What one call has sent so far.

    `opening` are the words that the model was to go on from; one that begins a sentence of its own does without them.
    """

    opening: str = ""
    sentences: SentenceStream = field(default_factory=SentenceStream)
    text: str = ""
    finish: Finish | None = None
    usage: Usage | None = None
    shared: bool = False
    """Whether another question pays for the call."""
    started: float = field(default_factory=time.perf_counter)
    first_ms: float = 0.0

    def take(self, chunk: Chunk) -> Iterator[str]:
        """Add a piece; return the sentences that it completes."""
        self.first_ms = self.first_ms or self._ms()
        self.text += chunk.text
        self.finish, self.usage, self.shared = chunk.finish, chunk.usage, chunk.shared
        return self.sentences.feed(self._opened(chunk.text))

    def _opened(self, text: str) -> str:
        """Set the opening before the first words where they go on from it."""
        if not self.opening or not text.strip():
            return text
        opening, self.opening = self.opening, ""
        words = text.lstrip()
        return f"{opening} {words}" if words[0].islower() else text

    def cost(self, prompt: list[tuple[str, str]], price: Price) -> Usage:
        """Return what the call took, as it was counted, else as estimated."""
        spent = self.usage or estimated(prompt, self.text, self.first_ms, self._ms(), price)
        return spent.of_another(spent.ttft_ms, spent.duration_ms) if self.shared else spent

    def _ms(self) -> float:
        return 1000 * (time.perf_counter() - self.started)


def estimated(prompt: list[tuple[str, str]], text: str, ttft_ms: float, ms: float, price: Price) -> Usage:
    """Return the usage of a stream that ended before its count came, from characters and marked so."""
    read, written = estimate_tokens("\n".join(words for _, words in prompt)), estimate_tokens(text)
    return Usage(read, written, True, ttft_ms, ms, cost_usd=price.cost_usd(read, written))


def _bare(sentence: str) -> str:
    return "".join(c for c in sentence.lower() if c.isalnum())
