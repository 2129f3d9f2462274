r"""What a pattern cannot match without: literals of which a text must hold one, read from the pattern itself.

The literals are of the text's *outline*: digits are `0`, and what stands between letters and digits is one space, so
that the edge of a word is a character and "in" is not looked for in "using". Parts of a pattern that stand for few
strings are multiplied out into runs, `empt(?:y|ied)` into "empty" and "emptied", and of all runs the one with the
longest literals is taken. After the required sets of RE2's FilteredRE2 and R. Cox, "Regular expression matching with a
trigram index" (2012).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise, product

MOST = 1000
"""So many strings a run may stand for before it is closed."""
LEAST = 2
"""Literals shorter than this are in nearly every text."""
MEMBERS = 6
"""So many characters of a class, and so many letters of a range, are multiplied out."""
COPIES = (3, 30)
"""So many repetitions are multiplied out, of what stands for several strings and for one."""

EDGE = "\b"
ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
EDGES = {("(?<!", r"\w"), ("(?<!", r"[^\W_]"), ("(?!", r"\w")}
"""Behind which no letter or digit stands, or before which none does."""

Strings = frozenset[str]
EMPTY, DIGIT, SPACE, AT_EDGE = frozenset({""}), frozenset("0"), frozenset(" "), frozenset({EDGE})
MAYBE_SPACE = EMPTY | SPACE
GROUPS = {"(?:", "("}

_PIECE = re.compile(
    r"\\u[0-9a-f]{4}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[a-z]+\)|\((?:\?(?:[:=!>]|<[=!]|[pP]<\w+>|[a-z]+:))?"
    r"|[?*+]\??|\{\d+(?:,\d*)?\}\??|[\w ]+(?![?*+{])|[^\\]",
    re.DOTALL,
)
_SPACES = re.compile("  +")
_COUNT = re.compile(r"\{(\d+)(,?)(\d*)\}")
_MEMBER = re.compile(r"(\\u[0-9a-f]{4}|\\.|[^\\])(?:-(\\u[0-9a-f]{4}|[^\\]))?", re.DOTALL)


class _Outline(dict[int, str]):
    """Characters as an outline shows them: each is looked up when it is met first."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shown = "0" if character.isdecimal() else character if character.isalnum() else " "
        self[code] = shown
        return shown


_OUTLINE = _Outline()


@dataclass
class Run:
    """What is known of a sequence: the strings of the run that is open, and the best of those that are closed."""

    strings: Strings | None = EMPTY
    """What the parts read so far stand for in all; none once the sequence has been broken."""
    opened: Strings = EMPTY
    best: Strings = field(default_factory=frozenset)

    def close(self) -> None:
        """End the run: what follows may stand anywhere behind it."""
        self.best = better(self.best, literals(self.opened))
        self.opened, self.strings = EMPTY, None

    def take(self, part: "Run") -> None:
        """Go on with a part that holds what this run had open."""
        self.best = better(self.best, part.best)
        self.opened = part.strings if part.strings is not None else EMPTY
        self.strings = self.strings and part.strings

    def add(self, strings: Strings) -> None:
        """Go on with a part that stands for some strings."""
        if len(self.opened) * len(strings) > MOST:
            self.close()
        if self.opened == EMPTY:
            self.opened = strings
        elif strings != EMPTY:
            self.opened = frozenset([a + b for a in self.opened for b in strings])
        if self.strings is not None:
            self.strings = self.opened


def outline(low: str) -> str:
    """Return the outline of a text in lower case."""
    return f" {' '.join(low.translate(_OUTLINE).split())} "


def required(source: str) -> Strings:
    """Return literals of which the outline of each text that the pattern matches holds one; empty if none are known.

    The pattern is in lower case, as the text is.
    """
    pieces = _PIECE.findall(source)
    run, at = _alternatives(pieces, 0)
    if "".join(pieces) != source or at != len(pieces) or "(?" in map("".join, pairwise(pieces)):
        return frozenset()
    return literals(run.strings) if run.strings is not None else run.best


def literals(strings: Iterable[str]) -> Strings:
    """Return strings with their edges as spaces; none where one of them is too short to look for."""
    found = frozenset(map(_with_edges, strings))
    return found if min(map(len, found), default=0) >= LEAST else frozenset()


def better(one: Strings, other: Strings) -> Strings:
    """Return the literals of which the shortest is longer, or the fewer."""
    return max(one, other, key=lambda some: (min(map(len, some), default=0), -len(some)))


def _with_edges(text: str) -> str:
    inner = text.strip(EDGE)
    if not inner:
        return ""
    start = " " if text[0] == EDGE and inner[0] != " " else ""
    end = " " if text[-1] == EDGE and inner[-1] != " " else ""
    return _SPACES.sub(" ", f"{start}{inner.replace(EDGE, '')}{end}")


def _alternatives(pieces: list[str], at: int, before: Strings = EMPTY) -> tuple[Run, int]:
    """Return what is known of the alternatives from a piece on, and the place of the bracket that ends them.

    `before` is what stands directly before each of them.
    """
    runs: list[Run] = []
    while True:
        run, at = _sequence(pieces, at, before)
        runs.append(run)
        if at >= len(pieces) or pieces[at] == ")":
            return _either(runs), at
        at += 1


def _either(runs: list[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]
    exact = [run.strings for run in runs if run.strings is not None]
    if len(exact) == len(runs) and sum(map(len, exact)) <= MOST:
        strings = frozenset().union(*exact)
        return Run(strings, strings)
    each = [literals(run.strings) if run.strings is not None else run.best for run in runs]
    return Run(None, EMPTY, frozenset().union(*each) if all(each) else frozenset())


def _sequence(pieces: list[str], at: int, before: Strings = EMPTY) -> tuple[Run, int]:
    """Return what is known of the parts up to `|` or `)`, and its place."""
    run = Run(before, before)
    while at < len(pieces) and pieces[at] not in {"|", ")"}:
        if pieces[at] in GROUPS and run.opened == AT_EDGE:
            # The edge of a word goes into the group, so that it is not lost where the group is not multiplied out.
            part, end = _alternatives(pieces, at + 1, AT_EDGE)
            if _count(pieces, end + 1)[:2] == (1, 1):
                run.take(part)
                at = end + 1
                continue
        part, at = _part(pieces, at)
        least, most, at = _count(pieces, at)
        if part.strings is None:
            run.close()
            run.best = better(run.best, part.best if least else frozenset())
        elif least == most == 1:
            run.add(part.strings)
        elif part.strings == SPACE:
            run.add(SPACE if least else MAYBE_SPACE)
        elif most is not None and most <= COPIES[len(part.strings) == 1] and _size(part.strings, most) <= MOST:
            run.add(frozenset().union(*(_repeated(part.strings, n) for n in range(least, most + 1))))
        else:
            for _ in range(min(least, COPIES[0])):
                run.add(part.strings)
            run.close()
    if run.strings is None:
        run.close()
    return run, at


def _size(strings: Strings, copies: int) -> int:
    return sum(len(strings) ** n for n in range(copies + 1))


def _repeated(strings: Strings, copies: int) -> Strings:
    return frozenset("".join(parts) for parts in product(strings, repeat=copies))


def _count(pieces: list[str], at: int) -> tuple[int, int | None, int]:
    """Return how often the part before a piece may stand, at least and at most, and where the next part begins."""
    piece = pieces[at] if at < len(pieces) else ""
    if piece[:1] == "?":
        return 0, 1, at + 1
    if piece[:1] in {"*", "+"}:
        return int(piece[0] == "+"), None, at + 1
    if count := _COUNT.match(piece):
        least = int(count[1])
        most = least if not count[2] else int(count[3]) if count[3] else None
        return least, most, at + 1
    return 1, 1, at


def _part(pieces: list[str], at: int) -> tuple[Run, int]:
    """Return what is known of one part, and the place behind it."""
    piece = pieces[at]
    if piece in ZERO_WIDTH:
        end = _end(pieces, at)
        edge = (piece, "".join(pieces[at + 1 : end])) in EDGES
        return _of(AT_EDGE if edge else EMPTY), end + 1
    if piece[0] == "(" and piece[-1] != ")":
        run, end = _alternatives(pieces, at + 1)
        return run, end + 1
    if piece[0] == "[":
        return _of(_members(piece)), at + 1
    if piece[:2] == "(?":  # flags for the whole pattern
        return _of(EMPTY), at + 1
    if piece == r"\b":
        return _of(AT_EDGE), at + 1
    if piece in {"^", "$", r"\A", r"\Z", r"\B"}:
        return _of(EMPTY), at + 1
    return _of(None if piece == "." else _character(piece)), at + 1


def _end(pieces: list[str], at: int) -> int:
    """Return the place of the bracket that ends the group which begins at a piece."""
    depth = 0
    for place in range(at, len(pieces)):
        piece = pieces[place]
        depth += (piece[0] == "(" and piece[-1] != ")") - (piece == ")")
        if not depth:
            return place
    return len(pieces)


def _of(strings: Strings | None) -> Run:
    return Run(strings, strings or EMPTY)


def _members(piece: str) -> Strings | None:
    """Return the characters of a class as an outline shows them; none where they are many."""
    if piece[1] == "^":
        return None
    found: set[str] = set()
    for first, last in _MEMBER.findall(piece[1:-1]):
        one = _character(first)
        if one is None:
            return None
        found |= one
        if last:
            low, high = (ord(next(iter(_raw(c)))) for c in (first, last))
            if not ("0" <= chr(low) <= chr(high) <= "9") and high - low >= MEMBERS:
                return None
            found |= {_OUTLINE[code] for code in range(low, high + 1)}
    return frozenset(found) if len(found) <= MEMBERS else None


def _raw(piece: str) -> str:
    return chr(int(piece.removeprefix(r"\u"), 16)) if len(piece) > 2 else piece[-1]


def _character(piece: str) -> Strings | None:
    r"""Return what one character or escape may be in an outline; none where that is too much: `\w`."""
    if piece == r"\d":
        return DIGIT
    if piece in {r"\s", r"\W", r"\n", r"\t", r"\r"}:
        return SPACE
    if len(piece) == 2 and piece[0] == "\\" and piece[1].isalnum():
        return None
    if piece[0] != "\\":
        return frozenset({piece.translate(_OUTLINE)})
    return frozenset({_OUTLINE[ord(_raw(piece))]})
