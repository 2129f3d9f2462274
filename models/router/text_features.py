"""What can be counted in a question that bears on how hard it is, whatever it is about.

The features were chosen on the graded questions of RouteLLM by leaving whole subjects out: weights for a thousand
single words ranked questions of unseen subjects no better, so there are none. Of numbers that have no bound the
logarithm is taken, as the twentieth figure adds less than the second.
"""

import re
from math import log1p

MOST_CHARS = 4000
"""What comes after is not read: an estimate must not take longer than what it saves."""

CHOICE = re.compile(r"\n\(?[A-H][.)] ")
WORD = re.compile(r"[a-z']+")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
SYMBOL = re.compile(r"[=+*^<>/\\_·~\u2190-\u22ff]|\([a-z]\)|\b[a-z]\b")
"""Operators, arrows, marks of logic, and letters that stand alone."""
NEGATIONS = frozenset("not except never no least none incorrect false cannot unless without".split())
CONDITIONS = frozenset(
    """if when then suppose given assume assuming provided whether unless because since while although however
    but""".split()
)
COMPARISONS = frozenset(
    """more less fewer greater larger smaller higher lower than twice half third quarter times percent each every per
    rest remaining total average same both most best primarily likely strongest closest""".split()
)
WISHES = frozenset("should would could might may must".split())
TEXT_FEATURES = (
    "words",
    "letters a word",
    "different words",
    "figures",
    "symbols",
    "negations",
    "conditions",
    "comparisons",
    "should or would",
    "question mark",
    "words of choices",
    "symbols of choices",
    "choices with figures",
    "no choices",
    "comparisons, no choices",
)
"""All names, in the order in which they are listed."""


def text_features(text: str) -> dict[str, float]:
    """Return the features of a question, with its choices where it offers some, by name."""
    asked, *choices = CHOICE.split(text[:MOST_CHARS].removesuffix("\nAnswer:"))
    features = _of_the_question(asked, choices) | _of_the_choices(choices)
    if not choices:
        features |= {"no choices": 1.0, "comparisons, no choices": features["comparisons"]}
    return features


def _of_the_question(asked: str, choices: list[str]) -> dict[str, float]:
    spaced, plain = asked.split(), WORD.findall(asked.lower())
    every = plain + [word for choice in choices for word in WORD.findall(choice.lower())]
    return {
        "words": log1p(len(spaced)),
        "letters a word": sum(map(len, every)) / max(1, len(every)),
        "different words": len(set(every)) / max(1, len(every)),
        "figures": log1p(len(FIGURE.findall(asked))),
        "symbols": log1p(len(SYMBOL.findall(asked))),
        "negations": log1p(sum(word in NEGATIONS for word in plain)),
        "conditions": log1p(sum(word in CONDITIONS for word in plain)),
        "comparisons": log1p(sum(word in COMPARISONS for word in plain) + asked.count("%")),
        "should or would": float(not WISHES.isdisjoint(plain)),
        "question mark": float(asked.rstrip().endswith("?")),
    }


def _of_the_choices(choices: list[str]) -> dict[str, float]:
    return {
        "words of choices": log1p(sum(len(choice.split()) for choice in choices)),
        "symbols of choices": log1p(sum(len(SYMBOL.findall(choice)) for choice in choices)),
        "choices with figures": sum(bool(FIGURE.search(choice)) for choice in choices) / max(1, len(choices)),
    }
