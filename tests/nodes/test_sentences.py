"""A stream is cut into sentences wherever its pieces break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.verification.sentences import SentenceStream, sentences

TEXT = "b4 used 11.5 kWh, i.e. little. It fell by 16.7 %!\n- Check the plant.\n2. Look at nights? **Then** act."
WHOLE = ["b4 used 11.5 kWh, i.e. little.", "It fell by 16.7 %!", "Check the plant.", "Look at nights?", "Then act."]


def test_decimals_abbreviations_and_list_marks_do_not_end_a_sentence() -> None:
    assert sentences(TEXT) == WHOLE


@given(st.lists(st.integers(1, 7), min_size=1, max_size=80))
def test_pieces_of_any_size_give_the_same_sentences(sizes: list[int]) -> None:
    stream, at = SentenceStream(), 0
    found: list[str] = []
    for size in sizes:
        found += stream.feed(TEXT[at : at + size])
        at += size
    found += stream.feed(TEXT[at:])
    assert found + stream.rest(complete=True) == WHOLE


def test_nothing_is_released_before_the_next_sentence_has_begun() -> None:
    assert list(SentenceStream().feed("It used 1.")) == []


def test_sentence_that_was_cut_off_is_dropped() -> None:
    stream = SentenceStream()
    assert list(stream.feed("It fell. It then ro")) == ["It fell."]
    assert stream.rest(complete=False) == []


@pytest.mark.parametrize("text", ["x" * 5_000, "word " * 2_000])
def test_text_without_an_end_is_cut_so_that_it_cannot_run_for_ever(text: str) -> None:
    assert list(SentenceStream().feed(text))
