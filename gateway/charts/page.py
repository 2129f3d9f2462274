"""Charts as one page of HTML that can be pointed at and zoomed, and that asks for nothing from any network.

The script of Vega is inside, and is the only one that may run: the page's policy names it by its hash and forbids all
loading. The data are a block of JSON that no browser runs, so a name in them stays a name.
"""

import base64
import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gateway.charts.axes import Spec, unit_words
from gateway.grid import Grid
from gateway.page import bullets, safe, table
from gateway.safe_text import printable
from privacy.labels import Label, join_all
from tools.chart import Chart
from tools.wording import number

MOST_ROWS, MOST_COLUMNS = 800, 12
STYLE = """
:root{--text:#1d2329;--soft:#57606a;--line:#d8dee4;--page:#fff}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--page:#0d1117}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--page);max-width:66em;margin:2em auto;
padding:0 1em}
h1{font-size:1.4em;overflow-wrap:anywhere}figure{margin:1.2em 0 .4em;break-inside:avoid}summary{cursor:pointer}
.chart{background:#fff;border:1px solid var(--line);overflow-x:auto;width:100%}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.2em .8em .2em 0;border-bottom:1px solid var(--line)}.right{text-align:right}
th,footer{color:var(--soft);font-size:.9em}footer{margin-top:2em}
"""
"""None of it is about the text of a drawing: Vega lays that out by the sizes that it gave."""
DRAW = """
const data = JSON.parse(document.getElementById("charts").textContent);
const options = {ast: true, renderer: data.renderer, actions: {export: true, source: false, compiled: false,
  editor: false}, logLevel: 1, downloadFileName: "chart"};
Promise.all(data.specs.map((spec, n) => vegaEmbed("#chart" + n, spec, options))).then(
  () => { document.body.dataset.drawn = data.specs.length; },
  fault => { document.body.dataset.fault = String(fault); });
"""
END = re.compile("</(script)", re.IGNORECASE)
MOST_SVG = 4_000
"""Marks that are drawn as shapes of the page; more go onto a canvas, which stays quick."""
KEPT = {
    Label.PUBLIC: "It may be shown to anybody.",
    Label.INTERNAL: "It is for people of the house.",
    Label.CONFIDENTIAL: "It is for those who may see the figures it is made of.",
    Label.RESTRICTED: "It can show when people are in the building: keep it where the readings may be.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside the charts: the question, its headline, what must be said with it, the ids of its facts."""

    question: str
    headline: str
    caveats: Sequence[str] = ()
    facts: Sequence[str] = ()


def page_of(charts: Sequence[Chart], specs: Sequence[Spec], told: Told) -> str:
    """Return the page. The charts' values stand below them as tables too, for who cannot see or point."""
    data = {"specs": [_as_wide_as_the_page(s) for s in specs], "renderer": _renderer(specs)}
    script = _script()
    body = [
        f"<h1>{safe(told.question)}</h1>",
        f"<p><b>{safe(told.headline)}</b></p>" if told.headline else "",
        bullets(told.caveats) if told.caveats else "",
        *(_figure(n, chart) for n, chart in enumerate(charts)),
        _footer(charts, told.facts),
        f'<script type="application/json" id="charts">{_json(data)}</script>',
        f"<script>{script}</script>",
    ]
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">',
        '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
        f"<title>{safe(told.question or charts[0].title)}</title><style>{STYLE}</style>",
    ]
    return "\n".join(["<!doctype html>", '<html lang="en"><head>', *head, "</head><body>", *body, "</body></html>\n"])


def _policy(script: str) -> str:
    """Return a policy under which this script runs and no other, and nothing is loaded."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    )


@lru_cache(maxsize=1)
def _script() -> str:
    """Return Vega with all that it needs, and the call that draws; bundling takes a second, once a process."""
    import vl_convert

    from gateway.charts.picture import VEGA_LITE

    bundle = str(vl_convert.javascript_bundle(DRAW, vl_version=VEGA_LITE))
    return END.sub(r"<\\/\1", bundle)


def _json(data: object) -> str:
    """Return JSON that cannot end the block it stands in."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _as_wide_as_the_page(spec: Spec) -> Spec:
    return {**spec, "width": "container", "title": {**spec["title"], "subtitle": []}}


def _renderer(specs: Iterable[Spec]) -> str:
    marks = sum(len(layer["data"]["values"]) for spec in specs for layer in spec["layer"])
    return "svg" if marks <= MOST_SVG else "canvas"


def _figure(number_: int, chart: Chart) -> str:
    drawn = f'<figure><div class="chart" id="chart{number_}"></div></figure>'
    rows = _rows(chart)
    more = f" (the first {MOST_ROWS:,} rows)" if len(chart.labels) > MOST_ROWS else ""
    return f"{drawn}<details><summary>The values of {safe(chart.title)}{more}</summary>{table(rows)}</details>"


def _rows(chart: Chart) -> Grid:
    """Return the values by label; of a heat map the columns' means alone."""
    series = [] if chart.kind == "heat" else chart.series[:MOST_COLUMNS]
    names = [f"{'mean, ' if chart.kind == 'heat' else ''}{unit_words(chart.unit)}", *(s.name for s in series)]
    columns = [[_cell(v) for v in chart.values]]
    columns += [
        [_cell(v, h) for v, h in zip(s.values, s.high or s.values, strict=True)]
        if s.high
        else list(map(_cell, s.values))
        for s in series
    ]
    cells = list(zip(chart.labels, *columns, strict=True))[:MOST_ROWS]
    return Grid(("", *map(printable, names)), cells, right=frozenset(map(printable, names)))


def _cell(value: float, high: float | None = None) -> str:
    if not math.isfinite(value):
        return ""
    return number(value) if high is None or not math.isfinite(high) else f"{number(value)} to {number(high)}"


def _footer(charts: Sequence[Chart], facts: Sequence[str]) -> str:
    label = join_all(c.label for c in charts)
    ids = (
        f" Facts: {safe(', '.join(facts))}; <code>eaio evidence ID</code> shows the readings behind one."
        if facts
        else ""
    )
    return f"<footer>{label.name}: {KEPT[label]} This page holds all that it shows and loads nothing.{ids}</footer>"
