"""A list of alternatives sorted by first letter matches what it matched before."""

import re

import pytest

from privacy.recognisers.alternatives import grouped

WORDS = r"\b(?:alarm|alert|al?ways|badge|b?adger|(?:un)?set|cam(?:era)?s?|cat|[x-z]\w+|d\d|door|dock(?!er)|é\w+)\b"
TEXT = "alarm alert aways always badge badger adger set unset cam cameras cat xy d4 door dock docker évent cow"


def test_grouped_pattern_finds_the_same() -> None:
    assert grouped(WORDS) != WORDS
    assert re.findall(grouped(WORDS), TEXT) == re.findall(WORDS, TEXT)


@pytest.mark.parametrize(
    "source",
    [r"\b(?:a|b)\b", r"plain", r"[(|)]+(?:x|y)", r"(a|b|c|d|e|f|g)", r"(?P<it>a|b|c|d|e|f|g)", r"(?=a|b|c|d|e|f|g)a"],
)
def test_short_lists_and_other_groups_stay_as_they_are(source: str) -> None:
    assert grouped(source) == source


def test_pattern_that_does_not_parse_stays_as_it_is() -> None:
    assert grouped(r"(?:a|b))") == r"(?:a|b))"
    assert grouped("[ab") == "[ab"


def test_groups_within_groups_are_sorted_too() -> None:
    inner = r"(?:ab|ac|bd|be|cf|cg)"
    assert grouped(rf"(?:{inner}|x)") == r"(?:(?:a(?:b|c)|b(?:d|e)|c(?:f|g))|x)"
