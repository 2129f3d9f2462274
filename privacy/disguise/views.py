"""The readings of a text that a detector should see: as it is, and with each trick undone that it shows a sign of."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from privacy.disguise.backwards import reversed_words, speaks_of_reversal
from privacy.disguise.entities import html_entities
from privacy.disguise.escapes import character_escapes
from privacy.disguise.homoglyphs import lookalikes
from privacy.disguise.invisible import unseen_characters
from privacy.disguise.json_values import values_in_a_row, values_run_together
from privacy.disguise.leet import leetspeak
from privacy.disguise.marks import combining_marks
from privacy.disguise.mixed_case import strewn_capitals
from privacy.disguise.number_words import number_words
from privacy.disguise.packed import base32_tokens, base64_tokens, hex_tokens
from privacy.disguise.percent import url_encoding
from privacy.disguise.rotated import rotated, rotated_words
from privacy.disguise.spaced import spaced_characters
from privacy.disguise.spelled_letters import spelled_letters
from privacy.disguise.split_parts import labelled_parts, short_lines
from privacy.disguise.view import Trick, View
from privacy.disguise.widths import dressed_characters

ENCODINGS: tuple[Trick, ...] = (
    unseen_characters,
    combining_marks,
    dressed_characters,
    lookalikes,
    html_entities,
    character_escapes,
    url_encoding,
    base64_tokens,
    base32_tokens,
    hex_tokens,
)
"""Tricks whose undoing leaves the rest of the text as it was: all are undone in one reading, one after the other."""

REWRITINGS: tuple[Trick, ...] = (strewn_capitals, leetspeak, rotated_words, reversed_words)

DIGITS: tuple[Trick, ...] = (number_words, values_run_together)
"""Tricks that hide numbers and codes, for which no model of language is needed."""
LOOKS = frozenset(trick.__name__ for trick in (unseen_characters, combining_marks, dressed_characters, lookalikes))
"""Tricks without which a text says the same: what a detector would find in the text as given, it finds undone."""
ROUNDS = 3
"""How deep encodings are unpacked: base64 of URL-encoded base64."""
GUESS_LIMIT = 20_000
"""In a longer text nobody reads words backwards; there only what it shows a sign of is undone."""


def views(text: str) -> list[View]:
    """Return the readings of a text; plain text has one, itself, and two cheap guesses.

    Of a text that is only dressed up no more than names are looked for as given: the plain reading shows the rest.
    """
    given = View(text)
    plain = _decoded(given)
    counted = _undone(_undone(_undone(plain, spelled_letters), number_words), spaced_characters)
    found = [given, plain, counted]
    rewritten = [_undone(plain, trick) for trick in REWRITINGS]
    found += [
        reading for view in rewritten for reading in ((view,) if view is plain else (view, _undone(view, number_words)))
    ]
    found += _joined(counted)
    shown = list(_unlike(found))
    if _is_worn_only(plain):
        shown[0] = replace(given, names_only=True)
    return [*shown, *_guesses(plain)]


def _is_worn_only(view: View) -> bool:
    """Tell whether a reading differs from the text as given in nothing but the look of its characters."""
    tricks = set()
    while view.origin is not None:
        tricks.add(view.trick)
        view = view.origin
    return bool(tricks) and tricks <= LOOKS


def _unlike(found: list[View]) -> Iterator[View]:
    """Yield the readings that differ; of two alike the first, which has the shorter way back."""
    seen: set[str] = set()
    for view in found:
        if view.text not in seen:
            seen.add(view.text)
            yield view


def _joined(view: View) -> Iterator[View]:
    """Yield the view with its parts joined, by their labels and then by short lines."""
    labelled = _undone(view, labelled_parts)
    yield labelled
    yield _undone(labelled, short_lines)
    yield _undone(view, values_run_together)
    yield _undone(view, values_in_a_row)


def _decoded(view: View) -> View:
    """Return the view with every encoding undone, and those that come to light by it."""
    for _ in range(ROUNDS):
        before, view = view, reduce(_undone, ENCODINGS, view)
        if before is view:
            break
    return view


def _undone(view: View, trick: Trick) -> View:
    """Return the view with a trick undone; the same view where it shows no sign of it."""
    edits = list(trick(view.text))
    return view.edited(edits, trick.__name__, pattern_only=trick in DIGITS) if edits else view


def _guesses(view: View) -> Iterator[View]:
    """Yield the text shifted by thirteen and backwards; only names count there, unless the text speaks of the latter.

    What `rotated_words` reads is all that the former could show but names.
    """
    if len(view.text) > GUESS_LIMIT:
        return
    yield view.read_as(rotated(view.text), "rotated", names_only=True)
    yield view.backwards(names_only=not speaks_of_reversal(view.text))
