"""The pages of `data/knowledge`: what no meter answers, written by us, found by their words.

A page is a title, the ways it is asked for, a first paragraph that answers, the rest, and its sources. A question is
matched by the words of title and askings, rare words counting most (inverse document frequency, Spärck Jones 1972).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from memory.catalog import DATA
from tools.grammar.language import language_of

FOLDER = DATA / "knowledge"
LEAST_WORDS, MOST_WORDS = 120, 250
STRONG = 0.62
"""From this share of a question's weight on, a page is what was asked for. `tests/memory/test_knowledge.py` has the
questions about meters that stay under it."""

WORD = re.compile(r"[a-z0-9]+(?:\([a-z]+\))?")
SAYS_NOTHING = frozenset(
    """
    a about am an and any are as at be by can could did do does done exactly explain for from get give had has have how
    i in into is it its like make may me mean means meant meaning my of on one or our please should show so such tell
    than that the their them then there these they this to us use used uses using was way we were what when which who
    why will with work worked works would you your define definition good bad best normal typical usually building
    buildings energy much many worth it out idea explained difference between when where
    """.split()
)
SAME = {
    "eui": "intensity",
    "cutting": "cut",
    "reduce": "cut",
    "reducing": "cut",
    "lower": "cut",
    "lowering": "cut",
    "shaving": "cut",
    "trim": "cut",
    "base": "baseload",
    "cvrmse": "cv(rmse)",
    "cv": "cv(rmse)",
    "rmse": "cv(rmse)",
    "dst": "daylight",
    "setback": "setback",
    "hdd": "degree",
    "cdd": "degree",
    "ldc": "duration",
    "verification": "verification",
    "mv": "verification",
    "led": "light",
    "lighting": "light",
    "weekend": "weekend",
    "demand": "peak",
    "maximum": "peak",
    "co2": "carbon",
    "normalization": "normalisation",
    "normalise": "normalisation",
    "normalize": "normalisation",
    "adjusted": "normalisation",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `id`: its file's name; `answer`: its first paragraph; `rest`: the others; `sources`: one line."""

    id: str
    title: str
    askings: tuple[str, ...]
    answer: str
    rest: str
    sources: str
    weights: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)

    @property
    def cited(self) -> str:
        """Return how an answer names the page."""
        return f"{self.title} (data/knowledge/{self.id}.md)"

    @property
    def text(self) -> str:
        """Return what is searched by meaning: title, askings and the first paragraph."""
        return f"{self.title}. {'; '.join(self.askings)}. {self.answer}"


def read_page(path: Path) -> Page:
    """Return the page of a file. Raises `ValueError`, naming the file, where a part is missing."""
    title, *blocks = [b.strip() for b in path.read_text(encoding="utf-8").split("\n\n") if b.strip()]
    if not title.startswith("# ") or len(blocks) < 4 or not blocks[0].startswith("Asked as: "):
        raise ValueError(
            f"{path} is no page of knowledge: it needs a title, 'Asked as:', two paragraphs and 'Sources:'"
        )
    asked, answer, *rest, sources = blocks
    if not sources.startswith("Sources: "):
        raise ValueError(f"{path} names no sources in its last line")
    askings = tuple(a.strip() for a in asked.removeprefix("Asked as: ").split(";"))
    plain = [" ".join(b.split()) for b in (answer, "\n\n".join(rest), sources)]
    return Page(path.stem, title[2:], askings, plain[0], plain[1], plain[2].removeprefix("Sources: "))


@cache
def pages(folder: Path = FOLDER) -> tuple[Page, ...]:
    """Return all pages, by id."""
    return tuple(read_page(path) for path in sorted(folder.glob("*.md")))


def words_of(text: str) -> list[str]:
    """Return the words of a text that tell what it is about, in a plain form: 'Cutting peaks' is 'cut', 'peak'."""
    joined = re.sub(r"\bset[ -]?backs?\b", "setback", text.lower()).replace("m&v", "mv")
    joined = re.sub(r"\bbase[ -]load", "baseload", joined.replace("'s", ""))
    found = (SAME.get(w, w) for w in WORD.findall(joined) if w not in SAYS_NOTHING)
    return [SAME.get(one, one) for one in (_singular(w) for w in found)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True, slots=True)
class Index:
    """The words by which pages are found: how telling each is, and which pages have it, in title or askings."""

    telling: Mapping[str, float]
    title: Mapping[str, frozenset[str]]
    askings: Mapping[str, tuple[frozenset[str], ...]]


@cache
def index(folder: Path = FOLDER) -> Index:
    """Return the index of all pages."""
    known = pages(folder)
    title = {p.id: frozenset(words_of(p.title)) for p in known}
    askings = {p.id: tuple(frozenset(words_of(a)) for a in (p.title, *p.askings)) for p in known}
    count = Counter(word for p in known for word in frozenset().union(*askings[p.id]))
    telling = {word: math.log(1 + len(known) / n) for word, n in count.items()}
    return Index(telling, title, askings)


def best_page(question: str, folder: Path = FOLDER) -> tuple[Page, float] | None:
    """Return the page that a question's words fit best, with how well, 0 to 1; None where no word fits any."""
    asked = frozenset(words_of(question))
    scored = [(_score(asked, page, index(folder)), page) for page in pages(folder)] if asked else []
    score, page = max(scored, key=lambda it: it[0], default=(0.0, None))
    return (page, score) if page and score > 0 else None


def _score(asked: frozenset[str], page: Page, known: Index) -> float:
    """Return the weight that question and asking share over the weight of both, of the asking that fits best.

    Words of the question that no page knows count as much as the most telling: they are what it may be about.
    """
    most = max(known.telling.values())
    all_of_page = frozenset().union(*known.askings[page.id])
    weight = {w: known.telling.get(w, most) for w in asked}
    inside = sum(weight[w] for w in asked & all_of_page) / sum(weight.values())
    best = max(_overlap(asked, asking, known.telling, most) for asking in known.askings[page.id])
    return 0.5 * inside + 0.5 * best


def _overlap(asked: frozenset[str], asking: frozenset[str], telling: Mapping[str, float], most: float) -> float:
    both = sum(telling.get(w, most) for w in asked & asking)
    either = sum(telling.get(w, most) for w in asked | asking)
    return both / either if either else 0.0


SHAPES: Sequence[re.Pattern[str]] = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:so |and |please )?(?:can you )?(?:explain|define|describe)\b",
        r"\bwhat (?:does|do) .+ (?:mean|stand for|tell|show)\b|\bmeaning of\b|\bdefinition of\b|\bdifference between\b",
        r"^what(?:'s| is| are) (?!the\b|its\b|their\b|happening|wrong|b\d)(?:an? |meant by |considered )?",
        r"^what (?:is|are) the (?:difference|meaning|definition|scopes?|best way|cheapest way|benefits?)\b",
        r"^(?:how|what) (?:do|can|could|should|would|must) (?:i|we|you|one|people|buildings?)\b|^how to\b",
        r"^how (?:does|do|is|are|can|should) (?:an? )?(?!much|many|the\b|our\b|it\b)",
        r"^how (?:good|certain|accurate|efficient) (?:must|should|are|is) (?:an? )?",
        r"^how much (?:does|do|can) (?:an? )?(?:led|insulation|lighting|heat pump|night set)",
        r"^(?:is|are|does|do|should|can) (?:an? |one )(?!building)",
        r"^(?:is|does|should) (?:night|insulation|heating|retro)",
        r"^why (?:is|are|do|does|should) (?!b\d|it\b|the building|our|my)(?:an? )?",
        r"^(?:when|which|where) should (?:i|we|one|heating|cooling)\b|^what happens (?:when|with|if)\b",
        r"^(?:ways?|tips?|advice|ideas?) (?:to|for|on|about)\b|^what to do\b|^where should i start\b",
        r"^(?:m3|cubic metres?) to kwh$",
    )
)
ADVICE = re.compile(r"how (?:do|can|could|should|would|must) (?:i|we|you|one)\b|how to\b")
OF_OURS = re.compile(
    r"\b(?:our|my|b\d{1,4}|this building|these buildings|here|that building|which buildings?|who|today|yesterday|"
    r"tomorrow|"
    r"last (?:week|month|year|night|summer|winter)|this (?:week|month|year)|(?:19|20)\d\d|january|february|march|april|"
    r"june|july|august|september|october|november|december)\b"
)


def is_of_no_meter(question: str) -> bool:
    """Tell whether a question has the form of one that no meter answers: a word, a method or advice, and no time.

    That it names no building is for the caller to see, who knows the names.
    """
    text = " ".join(question.lower().split()).strip(" ?!.")
    if language_of(text) != "en":
        return False
    asks_how = ADVICE.match(text)  # "how can we lower our baseload?" is about any
    if OF_OURS.search(re.sub(r"\b(?:our|my)\b", "", text) if asks_how else text):
        return False
    return any(shape.search(text) for shape in SHAPES)


def page_asked_for(question: str) -> Page | None:
    """Return the page that answers a question of that form by its words, None where none fits well."""
    found = best_page(question) if is_of_no_meter(question) else None
    return found[0] if found and found[1] >= STRONG else None
