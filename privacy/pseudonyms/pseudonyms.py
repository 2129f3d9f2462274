"""Pseudonyms of one conversation: names become placeholders on the way out, and names again on the way back.

"Marie Curie in Building b4" leaves as "Person XRB in Building QKT". A placeholder is the same for every spelling of an
entity, another one in each conversation and for each tenant, and reads like a name (see `placeholder`).

Nobody else can speak in placeholders: a code that stands in a text of the user is never given out, and one that the
user writes after it was given out leaves as a placeholder of its own, which turns back into what was written.
"""

import secrets
import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import NoReturn

from privacy.pseudonyms.entity_map import Entity, PseudonymMap
from privacy.pseudonyms.mentions import Free, Mention, checked, forged, mention
from privacy.pseudonyms.placeholder import CODE, Reference, determined, references
from privacy.pseudonyms.restore import Restorer, begins_sentence, in_english, replaced
from privacy.pseudonyms.spelling import bare_name
from privacy.pseudonyms.transform import Sent, Transform
from privacy.pseudonyms.transformed_stream import TransformedRestorer
from privacy.pseudonyms.type_words import KIND_OF_TYPE, KINDS, OTHER_KIND
from privacy.spans import Span

_LOWER_CASE = KINDS.keys() | {"the"}
_SCALED_TYPES = frozenset({"AGGREGATE_USE", "INTERVAL_LOAD"})
Swap = tuple[int, int, str]
"""A stretch of a text, and the placeholder that takes its place."""


class Pseudonyms:
    """The placeholders of one conversation of one tenant. Threads may share it.

    `key` is drawn at random unless given; with the same key, conversation and tenant the same texts give the same
    placeholders. The map is in memory only: it cannot be pickled or copied, and shows no name in its repr.
    """

    def __init__(self, conversation: str, tenant: str, key: bytes | None = None) -> None:
        self.conversation, self.tenant = conversation, tenant
        identity = f"{len(tenant)}:{tenant}{conversation}".encode()
        self._map = PseudonymMap(sha256(identity + (key if key is not None else secrets.token_bytes(32))).digest())
        self._sent: Sent = {}
        self._lock = threading.RLock()

    def transform(self, *, shift_dates: bool, scale_values: bool) -> Transform:
        """Return this conversation's shift and scale, as far as a rule asks for them."""
        return Transform.of(self._map.key, shift_dates=shift_dates, scale_values=scale_values)

    def disguise(self, text: str, spans: Sequence[Span], transform: Transform | None = None) -> str:
        """Return the text with a placeholder for each span, and for each name known by now that no span marks.

        Raises ValueError for spans that overlap or leave the text. A text that was disguised must not be again.
        """
        ordered = checked(text, spans)
        transform = transform or Transform()
        marked = [s for s in ordered if not (s.type in _SCALED_TYPES and transform.scales(text[s.start : s.end]))]
        with self._lock:
            self._see(text, marked)
            floors = [0, *(span.end for span in marked)]
            swaps = [self._marked(text, span, floor) for span, floor in zip(marked, floors, strict=False)]
            swaps += self._unmarked(text, Free((start, end) for start, end, _ in swaps))
            return self._written(text, sorted(swaps), transform)

    def restore(self, text: str, transform: Transform | None = None) -> str:
        """Return an answer with the names back in it; give the transform that the question was disguised with."""
        with self._lock:
            plain = transform.show(text, self._sent) if transform else text
            return replaced(plain, self._map.kinds, self._shown)

    def stream(self, transform: Transform | None = None) -> Restorer:
        """Return what restores an answer while it arrives. Codes given out from now on mean nothing to it."""
        with self._lock:
            kinds = dict(self._map.kinds)
        if transform and transform.pattern:
            return TransformedRestorer(kinds, self._shown, transform, self._sent)
        return Restorer(kinds, self._shown)

    def carries_original(self, text: str) -> bool:
        """Tell whether a name of this conversation stands in a text, in whatever case, accents and spacing.

        A name that is also a plain word, or a short number, does not count: only a detector can tell those.
        """
        with self._lock:
            return any(True for _ in self._map.originals().find(text))

    def placeholders(self, text: str) -> list[tuple[int, int]]:
        """Return where placeholders of this conversation stand in a text, so that a scan of it can leave them out."""
        with self._lock:
            return [(found.start, found.end) for found in references(text, self._map.kinds)]

    def erase(self, original: str) -> bool:
        """Forget whom a name, or an entity's id, means; tell whether it was known. Its placeholder stays inert."""
        with self._lock:
            return self._map.erase(original)

    def dump(self) -> dict[str, object]:
        """Return everything as JSON values; only `PseudonymVault.sealed` should ask, which encrypts it."""
        with self._lock:
            return {
                "conversation": self.conversation,
                "tenant": self.tenant,
                "sent": dict(self._sent),
                **self._map.dump(),
            }

    @classmethod
    def load(cls, dumped: dict[str, object]) -> "Pseudonyms":
        """Return what `dump` was taken of."""
        values: dict[str, object] = dict(dumped)
        loaded = cls(str(values["conversation"]), str(values["tenant"]), b"")
        loaded._map = PseudonymMap(bytes.fromhex(str(values["key"])))
        loaded._map.load(values["entities"], values["position"], values["seen"])  # type: ignore[arg-type]
        loaded._sent = dict(values["sent"])  # type: ignore[call-overload]
        return loaded

    def __len__(self) -> int:
        return len(self._map)

    def __repr__(self) -> str:
        return f"<Pseudonyms of {len(self)} entities>"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a map of pseudonyms never leaves the process as it is; use PseudonymVault.sealed")

    def _marked(self, text: str, span: Span, floor: int) -> Swap:
        kind = KIND_OF_TYPE.get(span.type, OTHER_KIND)
        said = mention(text, span.start, span.end, kind, floor)
        return _swap(said, self._map.entity(said.text, kind, span.entity))

    def _see(self, text: str, marked: list[Span]) -> None:
        """Bar the codes that stand in the text itself from ever being given out."""
        free = Free((span.start, span.end) for span in marked)
        found = [m for m in CODE.finditer(text) if free.floor(m.end()) <= m.start()]
        self._map.seen.update(m["code"].upper() for m in found if m["code"].upper() not in self._map.kinds)

    def _unmarked(self, text: str, free: Free) -> list[Swap]:
        """Return placeholders for what only looks like a placeholder, and for known names that no span marks."""
        found = []
        for start, end in forged(text, self._map.kinds):
            if free.take(start, end):
                kinds = KINDS.get(text[start:end].split(maxsplit=1)[0].casefold(), {OTHER_KIND})
                found.append(_swap(Mention(start, end, ""), self._map.literal(text[start:end], min(kinds))))
        for start, end, spelling in self._map.originals().find(text):
            if free.take(start, end):
                kind = self._map.kind_of(spelling)
                said = mention(text, start, end, kind, free.floor(start))
                free.take(said.start, start)
                found.append(_swap(said, self._map.entity(said.text, kind)))
        return found

    def _written(self, text: str, swaps: list[Swap], transform: Transform) -> str:
        parts, done = list[str](), 0
        for start, end, placeholder in swaps:
            parts += transform.hide(text[done:start], self._sent), placeholder
            done = end
        return "".join((*parts, transform.hide(text[done:], self._sent)))

    def _shown(self, reference: Reference, left: str) -> str | None:
        entity = self._map.get(reference.code)
        if entity is None:
            return None
        name = entity.name
        if entity.article and not determined(left) and in_english(reference.word):
            name = f"{entity.article.casefold()}{name}"
        is_word = name.partition(" ")[0] in _LOWER_CASE
        if is_word and not entity.literal and begins_sentence(left):
            name = name[0].upper() + name[1:]
        return f"{reference.mark}{name}{_ending(reference)}"


def _swap(said: Mention, entity: Entity) -> Swap:
    possessive = "'s" if bare_name(said.text)[2] else ""
    return said.start, said.end, f"{entity.kind} {entity.code}{possessive}"


def _ending(reference: Reference) -> str:
    """Return the possessive ending as it belongs to a name; "QKTs" is one in English, and a genitive elsewhere."""
    if len(reference.tail) != 1:
        return reference.tail.lower()
    return "'s" if in_english(reference.word) else "s"
