"""A long text in pieces that overlap, so that what a detector needs to see together is together in one of them."""

from collections.abc import Iterator

LOOK_BACK = 200


def windows(text: str, size: int, overlap: int) -> Iterator[tuple[int, str]]:
    """Yield pieces of at most `size` characters with where each begins; neighbours share about `overlap` of them.

    A piece begins and ends between words where a space is near. Raises `ValueError` where they would not move on.
    """
    if overlap + 2 * LOOK_BACK >= size:
        raise ValueError(f"an overlap of {overlap} leaves no way forward in windows of {size}; take a smaller one")
    start = 0
    while True:
        end = _between_words(text, min(len(text), start + size))
        yield start, text[start:end]
        if end >= len(text):
            return
        start = _between_words(text, end - overlap)


def _between_words(text: str, at: int) -> int:
    """Return the place after the last space shortly before `at`; `at` itself where there is none, and at the end."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - LOOK_BACK + 1), at)
    return space + 1 if space >= 0 else at
