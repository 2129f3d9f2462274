"""What to say of a name that is none of those that there are: the near one first."""

from collections.abc import Iterable

LONGEST = 40
"""How much of a wrong name is told, characters."""


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """Return the words for an unknown name: `there is no strategy 'localfirst'; did you mean local_first? ...`."""
    names = tuple(known)
    near = near_name(word, names)
    rest = f"did you mean {near}? There are" if near else "there are"
    return f"there is no {kind} {word[:LONGEST]!r}; {rest} {', '.join(names)}"


def near_name(word: str, known: Iterable[str]) -> str | None:
    """Return the name that is most like `word`, None where none is."""
    from difflib import get_close_matches  # needed only for a name that is wrong

    written = word.strip().lower().replace("-", "_").replace(" ", "_")
    return next(iter(get_close_matches(written, list(known), n=1, cutoff=0.5)), None)
