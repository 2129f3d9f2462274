"""One HTML page that needs nothing else: no script, no network; readable in the light, in the dark and on paper."""

from collections.abc import Sequence
from html import escape

from gateway.grid import Grid
from gateway.safe_text import printable

STYLE = """
:root{--text:#1d2329;--soft:#57606a;--line:#d8dee4;--page:#fff;--main:#0969da;--other:#bc4c00;--good:#1a7f37;
--bad:#cf222e}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--page:#0d1117;--main:#4493f8;
--other:#f0883e;--good:#3fb950;--bad:#f85149}}
@media print{:root{--text:#000;--soft:#444;--line:#ccc;--page:#fff;--main:#0550ae;--other:#953800;--good:#116329;
--bad:#a40e26}
figure,table,h2{break-inside:avoid}body{margin:0}*{print-color-adjust:exact}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--page);max-width:62em;margin:2em auto;
padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.15em;margin-top:2em}ul{padding-left:1.2em}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3em .8em .3em 0;border-bottom:1px solid var(--line);vertical-align:top}
td.right,th.right{text-align:right}th,.soft{color:var(--soft);font-weight:600}.soft{font-weight:400;font-size:.9em}
.good{color:var(--good)}.bad{color:var(--bad)}.good b,.bad b{font-weight:700}
figure{margin:1.2em 0}figcaption{font-weight:600;margin-bottom:.3em}svg{width:100%;height:auto;display:block}
svg text{font:12px system-ui,sans-serif;fill:var(--text)}svg text.mark,svg text.said{fill:var(--soft)}
svg .dot{fill:var(--main);fill-opacity:.45}svg .bar{fill:var(--main);fill-opacity:.75}
svg .other{fill:var(--other);fill-opacity:.85}svg .outline{fill:none;stroke:var(--soft);stroke-dasharray:3 2}
svg line.mark{stroke:var(--line)}svg line.middle{stroke:var(--text);stroke-width:2}
svg line.limit{stroke:var(--bad);stroke-dasharray:5 4}svg text.limit{fill:var(--bad)}
"""


def page(title: str, body: Sequence[str]) -> str:
    """Return the whole page."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += f'<meta name="color-scheme" content="light dark"><title>{safe(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


def table(grid: Grid) -> str:
    """Return a table below its title."""
    head = "".join(f"<th{_side(name, grid)}>{safe(name)}</th>" for name in grid.columns)
    rows = (
        "".join(f"<td{_side(name, grid)}>{safe(cell)}</td>" for name, cell in zip(grid.columns, row, strict=True))
        for row in grid.rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    title = f"<p><b>{safe(grid.title)}</b></p>" if grid.title else ""
    return f'{title}<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _side(name: str, grid: Grid) -> str:
    return ' class="right"' if name in grid.right else ""


def bullets(lines: Sequence[str]) -> str:
    """Return lines as a list."""
    return "<ul>" + "".join(f"<li>{safe(line)}</li>" for line in lines) + "</ul>"


def drawing(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    """Return a plot below its title; `parts` are SVG in units of a pixel at full width."""
    head = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{safe(title)}">'
    return f"<figure><figcaption>{safe(title)}</figcaption>{head}{''.join(parts)}</svg></figure>"


def safe(text: str) -> str:
    """Return a text that HTML shows as it is, in an attribute too."""
    return escape(printable(text), quote=True)
