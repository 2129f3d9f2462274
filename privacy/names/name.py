"""Names as an inventory keeps them, and how characters are folded so that all spellings of a name are alike."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class Name(NamedTuple):
    """One spelling of an entity. `type` is of the taxonomy; `entity` is the same for all its spellings."""

    text: str
    type: str
    entity: str


class Called(Protocol):
    """A site or a building: what has an id, a name and other names."""

    @property
    def id(self) -> str:
        """Return what it is called in data."""
        ...

    @property
    def name(self) -> str:
        """Return what people call it."""
        ...

    @property
    def aliases(self) -> Iterable[str]:
        """Return what else people call it."""
        ...


def names_of(
    *, sites: Iterable[Called] = (), buildings: Iterable[Called] = (), meters: Iterable[str] = ()
) -> list[Name]:
    """Return every name, alias and id of what an inventory of readings knows; `meters` are their ids."""
    return [*_called(sites, "PLACE"), *_called(buildings, "BUILDING_NAME"), *(Name(m, "POINT_NAME", m) for m in meters)]


def _called(things: Iterable[Called], kind: str) -> Iterator[Name]:
    for thing in things:
        yield from (Name(text, kind, thing.id) for text in (thing.id, thing.name, *thing.aliases))


class _Folds(dict[str, str]):
    """Letters and digits without case and accents; nothing for what stands between them. Filled as characters occur."""

    def __missing__(self, char: str) -> str:
        folded = unicodedata.normalize("NFKD", char.casefold())
        self[char] = plain = "".join(c for c in folded.casefold() if c.isalnum())
        return plain


FOLDS = _Folds()


def fold(text: str) -> str:
    """Return the letters and digits of a text, without case, accents and what stands between them."""
    if text.isascii():
        return text if text.isalnum() and text.islower() else "".join(filter(str.isalnum, text.lower()))
    return "".join(map(FOLDS.__getitem__, text))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in the text that it comes from."""
    if text.isascii():
        low = text.lower()
        places = [i for i, char in enumerate(low) if char.isalnum()]
        return "".join([low[i] for i in places]), places
    folded = [(FOLDS[char], i) for i, char in enumerate(text)]
    return "".join([plain for plain, _ in folded]), [i for plain, i in folded for _ in plain]
