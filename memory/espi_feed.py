"""A Green Button file (ESPI, NAESB REQ.21) as a stream of what it says: bounded memory, and no trust in the file.

An Atom feed of entries: UsagePoint, MeterReading, ReadingType, IntervalBlock, tied by links. A document type, and with
it any entity, is refused: nothing of ESPI needs one, and nested entities blow a small file up to gigabytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from memory.errors import BadFile

READ_BYTES = 1 << 18
MOST_DEPTH = 64
MOST_CHARS = 10_000
_KEPT = frozenset(
    ("kind", "uom", "powerOfTenMultiplier", "flowDirection", "intervalLength", "accumulationBehaviour", "commodity",
     "title", "tzOffset", "dstOffset")
)  # fmt: skip
_ENTRIES = ("UsagePoint", "MeterReading", "ReadingType", "IntervalBlock", "LocalTimeParameters")


class Reading(NamedTuple):
    """One interval reading as written; texts are empty where the file is silent. `line`: of its end in the file."""

    line: int
    start: str
    duration: str
    value: str
    quality: str


@dataclass(slots=True)
class Entry:
    """One entry of the feed. `kind`: which of ESPI's it is; `said`: its plain fields; `links` by relation.

    `readings` are those of an IntervalBlock since the last time they were taken.
    """

    kind: str = ""
    said: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    ended: bool = False


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a feed, one of many readings in several parts, the last of which has `ended`.

    Raises `BadFile` where it is no well-formed XML, is cut short, or has a document type.
    """
    walk = _Walk(path.name)
    with path.open("rb") as file:
        while True:
            data = file.read(READ_BYTES)
            try:
                walk.parser.Parse(data, not data)
            except ExpatError as error:
                broken = "cut short" if not data else "broken"
                raise BadFile(f"{path.name} is {broken} as XML ({error}); download it again") from error
            yield from walk.taken()
            if not data:
                return


class _Walk:
    """What the parser has met."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._text: list[str] = []
        self._chars = 0
        self._entry: Entry | None = None
        self._reading: dict[str, str] = {}
        self._done: list[Entry] = []
        self.parser: Any = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def taken(self) -> Iterator[Entry]:
        """Yield what is complete, and the readings met so far of the entry at hand."""
        done, self._done = self._done, []
        yield from done
        if self._entry is not None and self._entry.readings:
            part, self._entry.readings = self._entry.readings, []
            yield Entry(self._entry.kind, self._entry.said, self._entry.links, part)

    def _refuse(self, *_: object) -> None:
        raise BadFile(f"{self._name} declares a document type or an entity, which no Green Button file does; not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._path.append(tag)
        self._text, self._chars = [], 0
        if len(self._path) > MOST_DEPTH:
            raise BadFile(f"{self._name} nests deeper than {MOST_DEPTH} elements, which no Green Button file does")
        if tag == "entry":
            self._entry = Entry()
        elif self._entry is not None and tag == "link":
            self._entry.links.setdefault(attributes.get("rel", ""), []).append(attributes.get("href", ""))
        elif self._entry is not None and tag in _ENTRIES:
            self._entry.kind = tag
        elif tag == "IntervalReading":
            self._reading = {}

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        text = "".join(self._text).strip()
        self._text, self._chars = [], 0
        self._path.pop()
        entry = self._entry
        if entry is None:
            return
        if tag == "IntervalReading":
            get = self._reading.get
            line = self.parser.CurrentLineNumber
            entry.readings.append(
                Reading(line, get("start", ""), get("duration", ""), get("value", ""), get("quality", ""))
            )
        elif "IntervalReading" in self._path:
            if tag in ("start", "duration", "value", "quality"):
                self._reading[tag] = text
        elif tag in _KEPT and text:
            entry.said.setdefault(tag, text)
        elif tag == "entry":
            entry.ended = True
            self._done.append(entry)
            self._entry = None

    def _characters(self, text: str) -> None:
        self._chars += len(text)
        if self._chars <= MOST_CHARS:
            self._text.append(text)
