"""Are names restored right, and never wrongly? 200 answers of a model that bends the placeholders it was given.

Each round disguises a question of its own, then plays a model that answers with the placeholders it saw: re-ordered,
repeated, in other case, abbreviated, translated, inflected, in lists, tables and markup, among references that it made
up and among English that only looks like one. The generator writes the wanted answer beside the bent one, from the
names it put into the question: it never asks the code under test what a placeholder means.

Run `python -m benchmarks.privacy.round_trips`.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from privacy.labels import Label
from privacy.pseudonyms import Pseudonyms
from privacy.spans import Span

BUILDINGS = (
    "Hollybrook House|Block C of Eastfield Campus|b4|b11|b105|Obsidian Building|Wychwood Mill|Gebäude Nord 7|"
    "Larkmont Exchange|acb|Fernhill Terrace|Tour Lumière|101 Quay Street Annex|The Old Dairy|O'Hara Pavilion"
).split("|")
PERSONS = "Marie Curie|George Pankhurst|Rosalind Achterberg|Li Wei|José Núñez|Siobhán O'Neill|Anna-Lena Weiß".split("|")
PLACES = "Pirmasens|Nether Wallop|Saint-Étienne|Reading|Ostkreuz".split("|")
FIRMS = "Brackenridge Controls|Larkmont Property Partners Inc.|Quesnel & Fils|XJZ Metering Ltd".split("|")
KINDS = (("BUILDING_NAME", BUILDINGS, 4), ("PERSON", PERSONS, 2), ("PLACE", PLACES, 1), ("ORGANISATION", FIRMS, 1))

TRAPS = (
    "We plan building a new plant.",
    "Building Automation pays off.",
    "Ask for Building A or Building A1 on the plan.",
    "See point 3, table 2 and Person 21.",
    "The building approach is sound, and Building Zones helps.",
    "Building QQQQ, Person JJJJ and Place ZZZZ are not known.",
    "Export it as XML or over MQTT at 50 kHz.",
    "The chiller JX-4 and the BMX panel run 24/7.",
    "In 2024 it was 1,234.5 kWh, 12 % more, or 0.31 p/kWh.",
    "Is this the building? A plan would tell.",
)
BENDS: dict[str, Callable[[str, str], str]] = {
    "as sent": lambda kind, code: f"{kind} {code}",
    "lower case": lambda kind, code: f"{kind} {code}".lower(),
    "upper case": lambda kind, code: f"{kind} {code}".upper(),
    "hyphen": lambda kind, code: f"{kind}-{code}",
    "two spaces": lambda kind, code: f"{kind}  {code}",
    "no-break space": lambda kind, code: f"{kind}\xa0{code}",
    "code alone": lambda _kind, code: code,
    "underscore": lambda kind, code: f"{kind}_{code}",
}
RENAMED = {
    "Building": ("Bldg", "Bldg.", "Tower"),
    "Person": ("Individual",),
    "Place": ("City",),
    "Organisation": ("Organization", "Company"),
}
TRANSLATED = {
    "Building": ("Gebäude", "bâtiment", "edificio"),
    "Person": ("persona", "Personne"),
    "Place": ("Ort", "lieu", "lugar"),
    "Organisation": ("empresa", "Unternehmen"),
}
WRAPS = ("{}", "{}", "{}", "**{}**", "`{}`", '"{}"', "({})", "_{}_", "“{}”")
ENDINGS = ("", "", "", "'s", "\u2019s", "s")
FORGED = (
    "{code}1",
    "{code}-2",
    "{kind} {code}9",
    "chiller {code}",
    "x{code}",
    "{code}{code}",
    "{code}.local",
    "{other} {code}",
)
"""What only looks like a reference to a code: each stays as it is."""


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """What came of it. Right is an answer whose every character is; wrong, one with a name where it does not belong."""

    answers: int
    right: int
    wrong: int
    missed: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    """The bent answer, what was wanted and what came out, of each that is not right."""

    @property
    def share(self) -> float:
        """Return the share of answers that are right, 0 to 1."""
        return self.right / self.answers


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the question, and the placeholder that took its place there."""

    name: str
    kind: str
    code: str


def measure(answers: int = 200, seed: int = 20_261_122) -> RoundTrips:
    """Restore that many bent answers, whole and as a stream cut at random bytes, and compare with what is wanted."""
    rng = random.Random(seed)
    right = wrong = 0
    missed = []
    for turn in range(answers):
        pseudonyms, named = _question(rng, f"{seed}-{turn}")
        bent, wanted = _answer(rng, named)
        got = pseudonyms.restore(bent)
        if got == wanted == _streamed(rng, pseudonyms, bent):
            right += 1
        else:
            missed.append((bent, wanted, got))
            wrong += bool(_names_in(got, named) - _names_in(wanted, named))
    return RoundTrips(answers, right, wrong, tuple(missed))


def _question(rng: random.Random, conversation: str) -> tuple[Pseudonyms, list[Named]]:
    """Disguise a question of a few names; read from its own slots which placeholder each name became."""
    chosen = [(t, name) for t, names, most in KINDS for name in rng.sample(names, rng.randint(1, most))]
    rng.shuffle(chosen)
    text, spans = "Compare: ", []
    for kind, name in chosen:
        spans.append(Span(len(text), len(text) + len(name), kind, Label.INTERNAL))
        text += f"{name}; "
    pseudonyms = Pseudonyms(conversation, "bench", conversation.encode())
    slots = pseudonyms.disguise(text, spans).removeprefix("Compare: ").split("; ")
    return pseudonyms, [Named(name, *slot.split(" ")) for (_, name), slot in zip(chosen, slots, strict=False)]


def _answer(rng: random.Random, named: list[Named]) -> tuple[str, str]:
    """Return an answer as the model writes it, and as its reader should see it."""
    sentences = [_sentence(rng, named) for _ in range(rng.randint(3, 8))]
    sentences += [(trap, trap) for trap in rng.sample(TRAPS, 2)] + [_forgery(rng, named)]
    rng.shuffle(sentences)
    between = [rng.choice((" ", " ", "\n", "\n- ")) for _ in sentences]
    bent, wanted = ("".join(gap + s[side] for gap, s in zip(between, sentences, strict=True)) for side in (0, 1))
    return bent, wanted


def _sentence(rng: random.Random, named: list[Named]) -> tuple[str, str]:
    figure = f"{rng.randint(1, 9999):,}.{rng.randint(0, 9)}"
    shape = rng.randrange(4)
    if shape == 0:
        return _each(f"Here {{}} used {figure} kWh.", [_mention(rng, rng.choice(named))])
    if shape == 1:
        return _each(f"With {figure} kW, {{}} is above {{}}.", [_mention(rng, n) for n in _some(rng, named, 2)])
    if shape == 2:
        return _each(f"| {{}} | {figure} |", [_mention(rng, rng.choice(named), wrapped=False)])
    return _list(rng, named)


def _each(frame: str, pairs: list[tuple[str, str]]) -> tuple[str, str]:
    return frame.format(*(bent for bent, _ in pairs)), _capital(frame.format(*(wanted for _, wanted in pairs)))


def _capital(wanted: str) -> str:
    """Begin a cell with a capital article, as a name with one is shown there."""
    return re.sub(r"^\| the ", "| The ", wanted)


def _mention(rng: random.Random, one: Named, *, wrapped: bool = True) -> tuple[str, str]:
    """Write one placeholder as a model might, and the name in the same form."""
    words, foreign = _words(rng, one)
    ending = rng.choice(ENDINGS)
    shown = "'s" if ending == "s" and not foreign else ending
    wrap = rng.choice(WRAPS) if wrapped else "{}"
    inner = f"{words}{ending.upper() if words.isupper() and len(ending) > 1 else ending}"
    return wrap.format(inner), wrap.format(f"{_shown(one, foreign=foreign)}{shown}")


def _words(rng: random.Random, one: Named) -> tuple[str, bool]:
    """Return the placeholder as the model writes it, and whether in another language."""
    form = rng.random()
    if form < 0.2:
        return f"{rng.choice(TRANSLATED[one.kind])} {one.code}", True
    if form < 0.35:
        return f"{rng.choice(RENAMED[one.kind])} {one.code}", False
    return rng.choice(list(BENDS.values()))(one.kind, one.code), False


def _shown(one: Named, *, foreign: bool = False) -> str:
    """Write a name inside a sentence: its article is small there, and missing where the language has another."""
    bare = one.name.removeprefix("The ")
    return f"the {bare}" if bare != one.name and not foreign else bare


def _list(rng: random.Random, named: list[Named]) -> tuple[str, str]:
    """Write a list of names of one kind: "Buildings QKT, RXB and LZD"."""
    kind = rng.choice(named).kind
    row = _some(rng, [n for n in named if n.kind == kind], 3)
    last = rng.choice((" and ", " & ", "/", ", and "))
    codes, names = [n.code for n in row], [_shown(n) for n in row]
    low = rng.random() < 0.3
    word = f"{kind}s"
    bent = f"{word} {_joined(codes, last)}"
    return f"Of {bent.lower() if low else bent} we know.", f"Of {_joined(names, last)} we know."


def _joined(words: list[str], last: str) -> str:
    return last.join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _some(rng: random.Random, named: list[Named], most: int) -> list[Named]:
    found = rng.sample(named, min(most, len(named)))
    return found * 2 if most == 2 and len(found) == 1 else found


def _forgery(rng: random.Random, named: list[Named]) -> tuple[str, str]:
    one = rng.choice(named)
    other = next(k for k in ("Meter", "Person", "Contract") if k != one.kind)
    sentence = f"Also {rng.choice(FORGED).format(code=one.code, kind=one.kind, other=other)} was named."
    return sentence, sentence


def _streamed(rng: random.Random, pseudonyms: Pseudonyms, bent: str) -> str:
    stream, data = pseudonyms.stream(), bent.encode()
    return "".join(stream.feed_bytes(piece) for piece in _cut(rng, data)) + stream.rest()


def _cut(rng: random.Random, data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = start + rng.choice((1, 1, 2, 3, 5, 8, 40))
        yield data[start:end]
        start = end


def _names_in(text: str, named: list[Named]) -> Counter[str]:
    """Count the names in a text, longest first, so that no name is counted inside another."""
    names = sorted({n.name.removeprefix("The ") for n in named}, key=len, reverse=True)
    return Counter(re.findall("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), text))


def main() -> int:
    """Print the share restored right and how many were restored wrongly; return 1 below the target."""
    result = measure()
    for bent, wanted, got in result.missed:
        print(f"bent   {bent}\nwanted {wanted}\ngot    {got}\n")
    print(f"{result.answers} answers: {result.share:.1%} restored right, {result.wrong} restored wrongly")
    return 0 if result.share >= 0.99 and not result.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
