"""Characters kept apart: `2 6 0 0 0 1`, `H-a-w-t-h-o-r-n`, `192 . 168`, `192[.]168`, `j.doe (at) acme (dot) com`."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

APART = re.compile(r"(?<![^\W_])[^\W_](?:[ ._*|~-]{1,3}[^\W_](?![^\W_])){3,}")
ALONE = re.compile(
    r"[ ._*|~-][^\W_][ ._*|~-]{1,3}[^\W_][ ._*|~-]"
)  # what every run holds, found in a fifth of the time
GAP = re.compile(r"[ ._*|~-]+")
LEAST = {".": 6, " ": 4}
"""So many characters make a run; a version is `4.3.2.1`."""
USUAL_LEAST = 4

DOT_THEN_DIGIT = re.compile(r"\.\s+\d")
WIDE_DOT = re.compile(r"(?<=\d)(?: +\. *| *\. +|\.\r?\n *|\r?\n *\. *)(?=\d)|(?<=\d) +([:-]) +(?=\d)")
BRACKETED = re.compile(
    r"\s{0,3}(?:\[(\.|:|@)\]|\((\.|@)\)|[\[({<]\s*(dot|punkt|punto|point)\s*[\])}>])\s{0,3}", re.IGNORECASE
)
AT = re.compile(r"\s{0,3}(?:[\[({<]\s*(?:at|arroba|arobase)\s*[\])}>])\s{0,3}", re.IGNORECASE)
BARE_AT = re.compile(
    r"(?<=\w)\s+at\s+(?=[\w-]+(?:\s*[\[({<]\s*|\s+)(?:dot)\b|[\w-]+\.(?:com|org|net|edu|de|fr|uk|io)\b)"
)
BARE_DOT = re.compile(r"(?<=[\w-])\s+dot\s+(?=\w)", re.IGNORECASE)
DEFANGED = re.compile(r"\bhxxp(?=s?://)|\bhxxp(?=s?\[)", re.IGNORECASE)


def spaced_characters(text: str) -> Iterator[Edit]:
    """Yield the separators to leave out, and written-out dots and at-signs with what they stand for."""
    found: list[Edit] = []
    if ALONE.search(text):
        found += [edit for match in APART.finditer(text) for edit in _closed_up(match)]
    if " ." in text or " :" in text or " -" in text or DOT_THEN_DIGIT.search(text):
        found += [Edit(*match.span(), match[1] or ".") for match in WIDE_DOT.finditer(text)]
    if "[" in text or "(" in text or "{" in text or "<" in text:
        found += [Edit(*match.span(), match[1] or match[2] or ".") for match in BRACKETED.finditer(text)]
        found += [Edit(*match.span(), "@") for match in AT.finditer(text)]
    if " dot " in text or " at " in text:
        found += [Edit(*match.span(), "@") for match in BARE_AT.finditer(text)]
        found += [Edit(*match.span(), ".") for match in BARE_DOT.finditer(text)]
    if "xx" in text or "XX" in text:
        found += [Edit(*match.span(), "http") for match in DEFANGED.finditer(text)]
    yield from disjoint(found)


def disjoint(edits: list[Edit]) -> Iterator[Edit]:
    """Yield edits in order; of two that overlap, the first."""
    at = 0
    for edit in sorted(edits):
        if edit.start >= at:
            yield edit
            at = edit.end


def _closed_up(match: re.Match[str]) -> Iterator[Edit]:
    """Yield the separators of a run, all but those that stand between its words."""
    gaps = list(GAP.finditer(match[0]))
    usual = gaps[0][0]
    if len(gaps) + 1 < LEAST.get(usual, USUAL_LEAST):
        return
    for gap in gaps:
        if gap[0] == usual:
            yield Edit(match.start() + gap.start(), match.start() + gap.end(), "")
        elif usual == " ":
            yield Edit(match.start() + gap.start(), match.start() + gap.end(), gap[0].strip() or " ")
