"""An answer in a notebook: a cell that ends with one shows its headline, its facts and its charts."""

import base64
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gateway.answer_table import caveats, facts_grid, more_rows
from gateway.ask import names_known
from gateway.charts.read import chart_of_event
from gateway.page import bullets, safe, table
from gateway.receipt_line import receipt_line
from tools.chart import Chart
from tools.readings import Inventory

if TYPE_CHECKING:
    import pandas as pd

    from graphs.runtime import Runtime

COLUMNS = ("name", "group", "value", "unit", "buildings", "coverage", "period.start", "period.end", "method", "id")


class ShownAnswer(dict[str, Any]):
    """The object that `eaio ask --json` writes, with its charts, and shown as a person reads it."""

    def __init__(self, answer: Mapping[str, Any], charts: Sequence[Chart], inventory: Inventory) -> None:
        super().__init__(answer)
        self.charts = tuple(charts)
        self._inventory = inventory

    def facts(self) -> "pd.DataFrame":
        """Return the facts as a table, a row each, unrounded; periods are half-open and in UTC."""
        import pandas as pd

        found = pd.json_normalize(self["evidence"]).reindex(columns=list(COLUMNS))
        found["buildings"] = [", ".join(fact["buildings"]) for fact in self["evidence"]]
        return found

    def save(self, path: str | Path) -> Path:
        """Write the charts as a PNG picture (the first) or an HTML page that works offline (all); return where.

        Raises `BadUsage` where the name or the folder will not do, or there is no chart.
        """
        from gateway.charts.files import chart_path, write_charts
        from gateway.errors import BadUsage

        if not self.charts:
            raise BadUsage("this answer has no chart; ask by month, hour, day or building")
        written = chart_path(str(path))
        write_charts(self.charts, self, written)
        return written

    def _repr_html_(self) -> str:
        """Return what a notebook shows. It holds pictures and no script, so it is shown where none may run."""
        if self["status"] != "answered":
            return f"<p>{safe(self['reason'])}</p>"
        facts = self["evidence"]
        notes = [*caveats(facts, self["headline"]), *self["notes"], *filter(None, [more_rows(facts)])]
        parts = [
            f"<p><b>{safe(self['headline'])}</b></p>",
            table(facts_grid(facts, self._inventory)) if facts else "",
            bullets(notes) if notes else "",
            *map(_picture, self.charts),
            f"<p>{safe(self['analysis'])}</p>" if self["analysis"] else "",
            f"<p><small>{safe(receipt_line(self))}</small></p>" if "receipt" in self else "",
        ]
        return "\n".join(filter(None, parts))


async def ask(runtime: "Runtime", question: str, *, thread_id: str | None = None, explain: bool = True) -> ShownAnswer:
    """Answer a question as `Runtime.ask` does, with what a notebook shows.

    Without `explain` it ends at the facts, as soon as they are there: no model is asked for words, and since nothing of
    the turn is kept, `eaio evidence` does not know its facts.
    """
    facts: dict[str, Any] = {}
    async with aclosing(
        cast("AsyncGenerator[dict[str, Any], None]", runtime.stream(question, thread_id=thread_id))
    ) as run:
        async for event in run:
            if event["event"] == "facts":
                facts = event
            if event["event"] == "answer" or (facts and not explain):
                break
    answer = event["answer"] if event["event"] == "answer" else _unexplained(question, facts)
    charts = [chart_of_event(c) for c in facts.get("charts", ())]
    return ShownAnswer(answer, charts, await names_known(runtime))


def _unexplained(question: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of an answer that needs no model."""
    known = {name: facts[name] for name in ("headline", "evidence", "notes")}
    return {"status": "answered", "reason": "", "question": question, "analysis": "", **known}


def _picture(chart: Chart) -> str:
    """Return a chart as a picture inside the page."""
    from gateway.charts.picture import picture_of
    from gateway.charts.spec import WIDTH, spec_of

    data = base64.b64encode(picture_of(spec_of(chart))).decode()
    return f'<img alt="{safe(chart.title)}" style="width:100%;max-width:{WIDTH}px" src="data:image/png;base64,{data}">'
