"""A pattern is not tried on a text that cannot hold it, and is tried on every text that does."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.privacy.score import load
from privacy.disguise import views
from privacy.recognisers import all as families
from privacy.recognisers.literals import LITERALS, lowered
from privacy.recognisers.required import outline, required
from privacy.recognisers.words import Cased

TEXTS = Path(__file__).parents[2] / "benchmarks" / "privacy"
PATTERNS = (
    r"\b(?:empt(?:y|ied)|closed|in use)\b",
    r"\b\d{1,2}[:.h]\d{2}\b",
    r"(?<![\w.,])\d{2}[ -]?\d{4}[ -]?\d{4}(?!\w)",
    r"\b(?:no|not a (?:single )?)\s?(?:one|soul)s?\b",
    r"(?:gate|door)[- _]{0,3}(?:code|pin)\W*\d{4}",
    r"[a-f]{3}x(?:y|z{2,4})?",
    r"\w+ (?:kwh|m[23])(?!\w)",
    r"(?P<it>\u20ac\s?\d+)|(?P<other>(?:eur|usd)\s\d)",
    r"a(?:b|)c?\b",
    r"(?<!\w)b\d{1,4}_\w{2}",
    r"(?i:key)\s(?:is|=)\s[^ ]{3}",
    r".*",
    r"(?:x|yy)+z\W+[0-9]{2}$",
)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\b(?:empt(?:y|ied)|closed)\b", "it is emptying"),
        (r"\bin\b", "using"),
        (r"\b\d{2}:\d{2}\b", "at 7:30"),
        (r"(?<!\w)b\d{3}\b", "b12 and b1"),
        (r"\bno (?:one|body)\b", "no water"),
    ],
)
def test_a_text_without_what_a_pattern_needs_is_told_from_the_pattern(pattern: str, text: str) -> None:
    needed = required(pattern)
    assert needed
    assert not any(literal in outline(text) for literal in needed)


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:door|\d)", r"x?", r".*", r"a|", r"(?P<a>b)(?P=a)", "", r"[a-z]{9}"])
def test_a_pattern_that_needs_nothing_in_particular_is_always_tried(pattern: str) -> None:
    assert required(pattern) == frozenset() or all(len(literal) > 1 for literal in required(pattern))


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_what_a_pattern_matches_holds_what_it_needs(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern).map(lowered).filter(re.compile(pattern).search))
    needed = required(pattern)
    assert not needed or any(literal in outline(text) for literal in needed), text


@pytest.mark.slow
def test_no_pattern_of_a_recogniser_misses_a_text_for_which_it_was_not_tried() -> None:
    families.warm()
    modules = [module for name, module in sys.modules.items() if name.startswith("privacy.recognisers.")]
    patterns = {value for module in modules for value in vars(module).values() if isinstance(value, Cased)}
    said = [item.text for name in ("probe.json", "harmless.json") for item in load(TEXTS / name)]
    readings = [view.text for text in said for view in views(text)]
    assert len(patterns) > 50
    for text in readings:
        LITERALS.read(text)
        found = {pattern for pattern in patterns if any(pattern.finditer(text))}
        LITERALS.forget()
        assert found == {pattern for pattern in patterns if any(pattern.finditer(text))}, text
