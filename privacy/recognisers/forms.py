"""A written form: a pattern, the literals without which it cannot match, and the check that its value must pass.

Most of a text holds no sensitive form at all, so a form names the literals of which one must occur before its pattern
is tried, as words or as the shape of its digits; that keeps hundreds of forms within milliseconds. Cues are looked for
in the lower-case text, because a case-insensitive alternation is several times slower. Every quantifier is bounded, so
that the time grows with the length of the text and no faster.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.literals import LITERALS, at_end, at_start, lowered, shapes
from privacy.recognisers.required import required
from privacy.spans import Span
from privacy.taxonomy import label_of_type

__all__ = [
    "AND",
    "VALUE",
    "Form",
    "after_join",
    "ahead",
    "at_end",
    "at_start",
    "cue",
    "cued",
    "digits_of",
    "lowered",
    "recogniser",
    "shapes",
    "small",
    "value_of",
]

VALUE = "it"
"""The group of a pattern that is the sensitive part; the whole match where a pattern has no such group."""

FILLER = (
    r"numbers?|num|no|nr|n[°ºo]|nummer|numéro|número|numero|id|ids|ref(?:erence)?|code|is|was|are|be|"
    r"set to|reads?|ist|lautet|sind|"
    r"est|es|è|son|är|jest|to|now|currently|still|just|ending|core|as|at|called|named|begins? with|starts? with|final"
)
MARKS = r"[\s:=#\"'“„«(\[*`,>–-]{0,5}"
OF_WHAT = (
    r"(?:for|of|to|on|at|in|from|von|für|der|des|pour|de|du|van|voor|del|per) [^\n.;:=?!]{1,50}? ?"
    r"(?::|=|is\b|was\b|ist\b|est\b|es\b|è\b)"
)
JOIN = rf"{MARKS}(?:(?:{FILLER})\b\.?{MARKS}){{0,3}}(?:{OF_WHAT}{MARKS})?"
AND = r"(?:\s?[,;/&+]\s?|\s?(?:,\s?)?\b(?:and|or|und|et|y|e|en|to|through|bis)\s)"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a value of a type is written."""

    kind: str
    """Its type in the taxonomy."""
    pattern: re.Pattern[str]
    """The value; where there is a cue, what follows it directly."""
    needs: tuple[str, ...] = ()
    """Literals of which the text must hold one, in lower case, or in D and L for its shape; none if always tried."""
    holds: Callable[[re.Match[str]], bool] | None = None
    """What else a match must satisfy: a checksum, a range, not being a placeholder."""
    cue: re.Pattern[str] | None = None
    """What must stand before the value, in lower case."""
    keeps: int = 0
    """The cue is part of the span where it starts at most so many characters before the value."""
    shapes: tuple[str, ...] = ()
    """More literals of which the text must hold one, besides those of `needs`."""

    def matches(self, text: str, low: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield each match that holds, with the place where its cue starts."""
        if self.cue is None:
            found = ((match.start(), match) for match in self.pattern.finditer(text))
        else:
            tried = ((cue.start(), self.pattern.match(text, cue.end())) for cue in self.cue.finditer(low))
            found = ((start, match) for start, match in tried if match)
        return ((start, match) for start, match in found if self.holds is None or self.holds(match))

    def spans(self, text: str, low: str, by: str) -> Iterator[Span]:
        """Yield what the form matches in a text; `low` is the text in lower case, of the same length."""
        for cue_start, match in self.matches(text, low):
            start, end = match.span(VALUE if VALUE in match.re.groupindex else 0)
            if start - cue_start <= self.keeps:
                start = cue_start
            yield Span(start, end, self.kind, label_of_type(self.kind), 1.0, by)


def recogniser(by: str, forms: Sequence[Form]) -> Recogniser:
    """Return the function that yields what any of the forms matches."""
    needed = LITERALS.requirement
    tried = [(form, needed(form.needs), needed(form.shapes), needed(_cues(form))) for form in forms]

    def recognise(text: str) -> Iterator[Span]:
        _, low, met, _ = LITERALS.read(text)
        for form, needs, has_shape, has_cue in tried:
            if needs in met and has_shape in met and has_cue in met:
                yield from form.spans(text, low, by)

    return recognise


def _cues(form: Form) -> frozenset[str]:
    return frozenset() if form.cue is None else required(form.cue.pattern)


def small(pattern: str) -> str:
    """Return a pattern in lower case, but for its escaped classes."""
    return re.sub(
        r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), pattern, flags=re.DOTALL
    )


def cue(words: str) -> re.Pattern[str]:
    """Return the pattern of cue words, whole ones, for the lower-case text."""
    return re.compile(rf"(?<![^\W_])(?=[^\W_])(?:{small(words)})(?![^\W\d_])")


def after_join(value: str, *, several: bool = False) -> re.Pattern[str]:
    """Return the pattern of a value as it follows a cue: ` is`, ` no.:`, ` of the gate =`.

    With `several`, a list of values ("3, 4 and 7") is one stretch.
    """
    more = f"(?:{AND}{value}){{0,8}}" if several else ""
    return re.compile(rf"(?i:{JOIN})(?P<{VALUE}>{value}{more})")


def cued(
    kind: str,
    words: str,
    value: str,
    needs: tuple[str, ...] = (),
    holds: Callable[[re.Match[str]], bool] | None = None,
    *,
    several: bool = False,
    shapes: tuple[str, ...] = (),
) -> Form:
    """Return the form of a value that follows one of the cue words; cues in any case, values as written."""
    return Form(kind, after_join(value, several=several), needs, holds, cue(words), shapes=shapes)


IS_ = "is was as being for ist est es è".split()
THE = "the our my your his her their its a an die der das unser unsere le la notre el nuestro nuestra".split()
IS_THE = tuple(f" {verb} {article} " for verb in (*IS_, "belongs to") for article in THE)


def ahead(
    kind: str,
    value: str,
    words: str,
    shapes: tuple[str, ...],
    holds: Callable[[re.Match[str]], bool] | None = None,
) -> Form:
    """Return the form of a value that stands before its cue: "22 000 1234 567 8 is the supply number"."""
    pattern = re.compile(
        rf"(?<![\w.,/#-])(?P<{VALUE}>{value})[\"')\]]?,?\s(?i:{'|'.join(IS_)}|belongs to)\s(?i:{'|'.join(THE)})\s"
        rf"(?:[\w'’-]{{1,16}}\s){{0,3}}?(?i:{words})(?![^\W\d_])"
    )
    return Form(kind, pattern, IS_THE, holds, shapes=shapes)


def value_of(match: re.Match[str]) -> str:
    """Return the sensitive part of a match."""
    return match[VALUE] if VALUE in match.re.groupindex else match[0]


def digits_of(match: re.Match[str]) -> str:
    """Return the digits of the sensitive part of a match."""
    return re.sub(r"\D", "", value_of(match))
