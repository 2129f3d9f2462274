"""What would become of a prompt: the whole decision of the gate, without its effects.

`eaio privacy explain` shows it; the gate writes it to the audit log and seals it. Both take this one path.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from privacy.audit import Because
from privacy.cleared import schema_text
from privacy.labels import Label, join, join_all
from privacy.pieces import Message, Outgoing, Piece, texts
from privacy.policy import Policy, Rule
from privacy.pseudonyms.restore import Restorer
from privacy.pseudonyms.transform import Transform
from privacy.spans import Scan, Span

MAX_CHARS = 200_000
ROUNDS = 3
"""How often a text is pseudonymised: a name may only be seen once the words around it are gone."""
CONSTANT = "instructions"
FIGURE = re.compile(r"[-£$€]{0,2}\d[\d,]*(?:\.\d+)?(?: ?[A-Za-z%][\w%/]{0,12}){0,3}")
"""An amount with its unit and direction: nothing that could hold a name or an address."""
NEEDS_HOSTS = ("cloud", "private")
OUTBOUND = 2
"""The stage of detection for what is bound outward."""

ScanText = Callable[[str, int], Scan]
LabelOf = Callable[[str], Label | None]


class Names(Protocol):
    """The pseudonyms of one conversation."""

    def disguise(self, text: str, spans: Sequence[Span], transform: Transform | None = None) -> str:
        """Return the text with a placeholder for each span."""
        ...

    def transform(self, *, shift_dates: bool, scale_values: bool) -> Transform:
        """Return how dates and amounts of this conversation are changed, as far as a rule asks for it."""
        ...

    def placeholders(self, text: str) -> list[tuple[int, int]]:
        """Return where the placeholders of this conversation stand in a text."""
        ...

    def stream(self, transform: Transform | None = None) -> Restorer:
        """Return what puts the names back into an answer while it arrives."""
        ...

    def carries_original(self, text: str) -> bool:
        """Tell whether a text holds a name that has a placeholder."""
        ...


@dataclass(frozen=True, slots=True)
class Preview:
    """The decision on a prompt, with everything that it was made from."""

    destination: str
    label: Label
    """The join of the run's label, of where each piece comes from, and of what was found."""
    rule: Rule
    because: Because
    reason: str
    """In words for a person; names types and rules, never what was found."""
    policy_hash: str
    sent: tuple[tuple[str, str], ...] = ()
    """Role and exact text of each message as it would be sent; empty where it is denied."""
    found: tuple[tuple[Span, ...], ...] = ()
    """What was found in each message, in the text as it was asked; spans may overlap."""
    provenance: Label = Label.RESTRICTED
    faults: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Tell whether anything would be sent."""
        return bool(self.sent)


def preview(asked: Outgoing, policy: Policy, scan: ScanText, names: Names, lowered: LabelOf) -> Preview:
    """Decide on a prompt. It takes as long as its scans do: tens of milliseconds for a few hundred characters."""
    size = sum(len(p.text) for m in asked.messages for p in m.pieces)
    if size > MAX_CHARS:
        return _denied(asked, policy, "too_large", f"{size:,} characters; at most {MAX_CHARS:,} are examined")
    destination = policy.destinations.get(asked.destination)
    if destination is None:
        return _denied(asked, policy, "unknown_destination", f"the policy names no {asked.destination!r}")
    if destination.kind in NEEDS_HOSTS and not destination.hosts:
        return _denied(asked, policy, "no_rule", f"the policy names no host of {asked.destination}")
    scan = partial(_with_known_figures, scan, figures(asked, lowered))
    if asked.schema is not None and (form := scan(schema_text(asked.schema), OUTBOUND)).label > Label.PUBLIC:
        held = ", ".join(sorted({s.type for s in form.spans})) or "what could not be examined"
        return _denied(asked, policy, "not_clean", f"the form of the answer, which is sent too, holds {held}")
    origin = provenance(asked, policy, lowered)
    scans = [Scan(Label.PUBLIC) if _is_constant(m) else scan(m.text, OUTBOUND) for m in asked.messages]
    together = _together(asked.messages, scan) if sum(not _is_constant(m) for m in asked.messages) > 1 else []
    label = join_all([origin, *(s.label for s in [*scans, *together])])
    return _by_rule(asked, policy, scan, names, _Found(label, origin, tuple(scans), tuple(together)))


def figures(asked: Outgoing, lowered: LabelOf) -> Mapping[str, int]:
    """Return the amounts that were declassified with their facts, and how many facts state each."""
    pieces = (p for m in asked.messages for p in m.pieces)
    return Counter(p.figure for p in pieces if p.claim and lowered(p.claim) is not None and FIGURE.fullmatch(p.figure))


def _with_known_figures(scan: ScanText, known: Mapping[str, int], text: str, stage: int) -> Scan:
    """Scan a text without the amounts that are known to be declassified; all else stays where it is.

    Only as many as there are facts: these come first in a prompt, and the same amount in what a person wrote after
    them may be the reading of an hour. Nor is a part of a longer number taken for one.
    """
    for figure, count in known.items():
        text = re.sub(rf"(?<![\w.,]){re.escape(figure)}(?!\w)", " " * len(figure), text, count=count)
    return scan(text, stage)


def provenance(asked: Outgoing, policy: Policy, lowered: LabelOf) -> Label:
    """Return the label that the pieces have by where they come from, joined with the one of the run."""
    labels = [_origin(p, policy, lowered) for m in asked.messages for p in m.pieces]
    return join(asked.label, join_all(labels))


def _origin(piece: Piece, policy: Policy, lowered: LabelOf) -> Label:
    known = lowered(piece.claim) if piece.claim else None
    return join(piece.label, policy.label_of_source(piece.source) if known is None else known)


def _is_constant(message: Message) -> bool:
    """Tell whether a message is our own words alone: they need no scan, and take no part in others' secrets."""
    return all(p.source == CONSTANT for p in message.pieces)


def _together(messages: Iterable[Message], scan: ScanText) -> list[Scan]:
    """Scan all that is not ours as one text: a secret may be split over messages."""
    return [scan("\n".join(m.text for m in messages if not _is_constant(m)), OUTBOUND)]


@dataclass(frozen=True, slots=True)
class _Found:
    label: Label
    provenance: Label
    scans: tuple[Scan, ...]
    together: tuple[Scan, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for s in (*self.scans, *self.together) for f in s.faults))

    @property
    def spans(self) -> tuple[tuple[Span, ...], ...]:
        return tuple(_distinct(s.findings or s.spans) for s in self.scans)


def _distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, each stretch once for each type, whoever found it."""
    once = {(s.start, s.end, s.type): s for s in spans}
    return tuple(once[key] for key in sorted(once))


def _by_rule(asked: Outgoing, policy: Policy, scan: ScanText, names: Names, found: _Found) -> Preview:
    rule = policy.rule(asked.destination, found.label)
    if rule.action == "deny":
        because: Because = "detector_failed" if found.faults else "label"
        return _of(asked, policy, rule, found, because, _why_denied(found, rule))
    if rule.action == "allow":
        return _of(asked, policy, rule, found, "rule", f"{rule.name} allows it", texts(asked.messages))
    hide = _Hiding(policy, scan, names, transform_of(policy, asked.destination, names))
    hidden = [hide.message(m, s) for m, s in zip(asked.messages, found.scans, strict=True)]
    if left := sorted({kind for _, remaining in hidden for kind in remaining}):
        return _of(asked, policy, rule, found, "not_clean", f"after pseudonyms there is still: {', '.join(left)}")
    sent = tuple((m.role, text) for m, (text, _) in zip(asked.messages, hidden, strict=True))
    whole = "\n".join(text for _, text in sent)
    if len(sent) > 1 and (names.carries_original(whole) or hide.remaining(whole)):
        return _of(asked, policy, rule, found, "not_clean", "the messages together still hold a name")
    return _of(asked, policy, rule, found, "rule", f"{rule.name} asks for pseudonyms", sent)


def transform_of(policy: Policy, destination: str, names: Names) -> Transform:
    """Return how dates and amounts are changed for a destination: not at all, unless its row of the policy says so."""
    known = policy.destinations[destination]
    return names.transform(shift_dates=known.shift_dates, scale_values=known.scale_values)


@dataclass(frozen=True, slots=True)
class _Hiding:
    """Putting pseudonyms for the names of one prompt."""

    policy: Policy
    scan: ScanText
    names: Names
    transform: Transform

    def message(self, message: Message, first: Scan) -> tuple[str, list[str]]:
        """Return the text of a message without its names, and the types of what could not be hidden.

        What a scan of the pseudonymised text still finds is looked up in the text as it was, and hidden from there.
        """
        if _is_constant(message):
            return message.text, []
        spans, left = _to_hide(first, self.policy), list[str]()
        for _ in range(ROUNDS):
            text = self.names.disguise(message.text, spans, self.transform)
            remaining = self.remaining(text)
            if not remaining:
                return text, []
            left = [s.type for s in remaining]
            more = [p for s in remaining for p in _places(message.text, text[s.start : s.end], s)]
            if not more:
                break
            spans = _union([*spans, *more])
        return "", left

    def remaining(self, text: str) -> list[Span]:
        """Return what a scan still finds beside placeholders; a scan that failed leaves everything."""
        again = self.scan(text, OUTBOUND)
        if again.faults or self.names.carries_original(text):
            return [Span(0, len(text), "UNSCANNED" if again.faults else "KNOWN_NAME", Label.RESTRICTED)]
        ours = self.names.placeholders(text)
        return [s for s in _to_hide(again, self.policy) if not any(a <= s.start and s.end <= b for a, b in ours)]


def _places(text: str, part: str, like: Span) -> list[Span]:
    """Return where a part of a pseudonymised text stands in the text as it was."""
    return [Span(m.start(), m.end(), like.type, like.label) for m in re.finditer(re.escape(part), text) if part]


def _to_hide(scan: Scan, policy: Policy) -> list[Span]:
    """Return the spans to replace, without overlaps."""
    found = [s for s in scan.findings or scan.spans if s.label > Label.PUBLIC and s.type not in policy.kept_values]
    named = [p for p in scan.possible if not any(s.start < p.end and p.start < s.end for s in found)]
    return _union([*found, *named])


def _union(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping ones as one, so that no end of a name is left; the first names the type."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        last = merged[-1] if merged else None
        if last is None or span.start >= last.end:
            merged.append(span)
        elif span.end > last.end:
            merged[-1] = replace(last, end=span.end, label=join(last.label, span.label), entity="")
    return merged


def _why_denied(found: _Found, rule: Rule) -> str:
    if found.faults:
        return f"denied by {rule.name}: {'; '.join(found.faults)}, so the text counts as restricted"
    above = sorted({s.type for spans in found.spans for s in spans if s.label is found.label})
    because = f"it holds {', '.join(above)}" if above else "of where its data comes from"
    return f"denied by {rule.name}: {found.label.name}, because {because}"


def _of(
    asked: Outgoing,
    policy: Policy,
    rule: Rule,
    found: _Found,
    because: Because,
    reason: str,
    sent: tuple[tuple[str, str], ...] = (),
) -> Preview:
    return Preview(
        destination=asked.destination,
        label=found.label,
        rule=rule,
        because=because,
        reason=reason,
        policy_hash=policy.hash,
        sent=sent,
        found=found.spans,
        provenance=found.provenance,
        faults=found.faults,
    )


def _denied(asked: Outgoing, policy: Policy, because: Because, reason: str) -> Preview:
    """Return a denial before anything was examined."""
    return Preview(asked.destination, asked.label, Rule("deny", "default"), because, reason, policy.hash)
