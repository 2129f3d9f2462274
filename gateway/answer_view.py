"""An answer on a screen, in the order in which it comes: facts, each sentence, the receipt."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.answer_table import caveats, facts_grid, more_rows
from gateway.charts.read import chart_of_event
from gateway.charts.small import small
from gateway.receipt_line import receipt_line
from gateway.screen import Screen, notice
from tools.readings import Inventory

Event = Mapping[str, Any]

MOST_SHAPES = 2
WRITERS = {"report": "the rules", "cache": "the cache"}


class AnswerView:
    """Shows the events of one run. What is shown is never taken back."""

    def __init__(self, screen: Screen, inventory: Inventory) -> None:
        self._screen, self._inventory = screen, inventory
        self._began_analysis = False

    def show(self, event: Event) -> None:
        """Show one event."""
        kind = event["event"]
        if kind == "facts":
            self._facts(event)
        elif kind == "rung":
            self._screen.busy(f"{WRITERS.get(event['endpoint'], event['endpoint'])} explains ...")
        elif kind == "sentence":
            self._sentence(event["text"])
        elif kind == "answer":
            self._end(event["answer"])

    def _facts(self, event: Event) -> None:
        screen, facts = self._screen, event["evidence"]
        screen.say(event["headline"], "bold")
        screen.say()
        if facts:
            screen.grid(facts_grid(facts, self._inventory, _bars(event) if screen.draws else None))
        for note in filter(
            None, (more_rows(facts), *(f"* {c}" for c in caveats(facts, event["headline"])), *event["notes"])
        ):
            screen.say(note, "dim")
        if screen.draws:
            self._shapes([c for c in event["charts"] if c["kind"] != "bar" or not _in_table(c, facts)])
        screen.busy("reading the facts ...")

    def _shapes(self, charts: list[Event]) -> None:
        """Draw what the table does not: bars stand beside its rows where they belong to them."""
        for chart in charts[:MOST_SHAPES]:
            lines = small(chart_of_event(chart), width=self._screen.width)
            for line, style in [("", ""), *lines] if lines else []:
                self._screen.say(line, style)

    def _sentence(self, text: str) -> None:
        if not self._began_analysis:
            self._began_analysis = True
            self._screen.say()
        self._screen.say(text)

    def _end(self, answer: Mapping[str, Any]) -> None:
        self._screen.busy()
        if answer["status"] == "error":
            notice(answer["reason"])
        elif answer["status"] != "answered":
            self._screen.say(answer["reason"])
        else:
            self._screen.say()
            self._screen.say(receipt_line(answer), "dim")


def _bars(event: Event) -> dict[str, float]:
    """Return the values of the first bar chart by their labels, where they belong to rows of the table."""
    chart = next((c for c in event["charts"] if c["kind"] == "bar"), None)
    if chart is None or not _in_table(chart, event["evidence"]):
        return {}
    return dict(zip(chart["labels"], chart["values"], strict=True))


def _in_table(chart: Event, facts: Sequence[Event]) -> bool:
    """Tell whether each bar is the value of a fact that goes by the bar's label."""
    rows = {(fact["group"] or "".join(fact["buildings"][:1]), fact["value"]) for fact in facts}
    return not chart.get("series") and set(zip(chart["labels"], chart["values"], strict=True)) <= rows
