"""A bench as one HTML page that needs nothing else: verdicts first, then plots, then the tables."""

from collections.abc import Sequence
from html import escape

from gateway.grid import Grid
from gateway.model_matrix.figures import QUALITY, Report, of_use
from gateway.model_matrix.plots import Bar, Dots, Line, bar_plot, dot_plot
from gateway.model_matrix.table import ORDER, foot_notes, models_grid, share, task_grid
from gateway.safe_text import printable
from models.matrix import TARGETS, Task
from models.matrix.sizes import GIB
from models.matrix.verdict import Target

STYLE = """
:root{--text:#1d2329;--soft:#57606a;--line:#d8dee4;--page:#fff;--main:#0969da;--good:#1a7f37;--bad:#cf222e}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--page:#0d1117;--main:#4493f8;
--good:#3fb950;--bad:#f85149}}
@media print{:root{--text:#000;--soft:#444;--line:#ccc;--page:#fff;--main:#0550ae;--good:#116329;--bad:#a40e26}
figure,table,h2{break-inside:avoid}body{margin:0}}
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
svg line.mark{stroke:var(--line)}svg line.middle{stroke:var(--text);stroke-width:2}
svg line.limit{stroke:var(--bad);stroke-dasharray:5 4}svg text.limit{fill:var(--bad)}
"""


def as_html(report: Report, made: str) -> str:
    """Return the page; `made` says when, as text."""
    machine = report.machine
    where = f"{machine.processors} processors ({machine.processor}), {machine.ram_bytes / GIB:.1f} GiB of memory"
    body = [
        "<h1>Models on this machine</h1>",
        f'<p class="soft">{_safe(f"Made {made}. {where}. Seed {report.seed}, {report.plan.runs} runs asked for.")}</p>',
        "<h2>Fast enough?</h2>",
        *_verdicts(report),
        "<h2>What to run</h2>",
        _list(report.recommendation.lines()),
        "<h2>Measured</h2>",
        *_plots(report),
        "<h2>In figures</h2>",
        _table(models_grid(report)),
        *(_table(task_grid(report, task)) for task in ORDER if _measured(report, task)),
        "<h2>How to read this</h2>",
        _list(foot_notes(report)),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += (
        f'<meta name="color-scheme" content="light dark"><title>Models on this machine</title><style>{STYLE}</style>'
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


def _verdicts(report: Report) -> list[str]:
    lines = []
    for target in TARGETS:
        for row in report.rows:
            if (verdict := row.verdicts.get(target.task)) is None:
                continue
            now = f" (the {target.role} now)" if target.role in row.roles else ""
            kind = {True: "good", False: "bad", None: "soft"}[verdict.met]
            word, _, rest = verdict.words.partition(":")
            head, tail = _safe(f"{target.words}, {row.model}{now}"), _safe(f"{rest}; {of_use(row, target)}")
            said = f"{head}: <b>{_safe(word)}</b>:{tail}"
            lines.append(f'<p class="{kind}">{said}</p>')
    return lines or ["<p>Nothing was measured.</p>"]


def _plots(report: Report) -> list[str]:
    plots = [_times(report, target) for target in TARGETS if _measured(report, target.task)]
    plots += [_quality(report, task) for task in ORDER if _measured(report, task)]
    return plots + _speeds(report) + _memory(report)


def _times(report: Report, target: Target) -> str:
    rows = [(row, row.tasks[target.task]) for row in report.rows if target.task in row.tasks]
    dots = [
        Dots(
            row.model,
            [c.total_ms / 1000 for c in report.calls if _is(c.model, c.task, row.model, target.task) and not c.failure],
            cell.total_p50_ms / 1000 if cell.total_p50_ms is not None else None,
        )
        for row, cell in rows
    ]
    title = f"Time of each {target.task} in seconds; the stroke is the median"
    return dot_plot(title, "s", dots, Line(target.seconds, f"target {target.seconds:g} s"))


def _is(model: str, task: Task, wanted: str, wanted_task: Task) -> bool:
    return (model, task) == (wanted, wanted_task)


def _quality(report: Report, task: Task) -> str:
    cells = [(row.model, row.tasks[task]) for row in report.rows if task in row.tasks]
    bars = [
        Bar(name, 100 * c.quality_share, share(c.quality_share), 100 * c.quality_low, 100 * c.quality_high)
        for name, c in cells
    ]
    return bar_plot(f"Quality, percent: {QUALITY[task]}; the stroke is its 95 % interval", "%", bars, most=100.0)


def _speeds(report: Report) -> list[str]:
    plots = []
    reading = [(r.model, r.prompt_tokens_per_s) for r in report.rows if r.prompt_tokens_per_s is not None]
    if reading:
        plots.append(bar_plot("Prompt read, tokens/s", "", [Bar(m, v, f"{v:.0f}") for m, v in reading]))
    writing = [(r.model, c.tokens_per_s) for r in report.rows for t, c in r.tasks.items() if t == "analysis"]
    bars = [Bar(model, v, f"{v:.0f}") for model, v in writing if v is not None]
    return [*plots, bar_plot("Analysis written, tokens/s", "", bars)] if bars else plots


def _memory(report: Report) -> list[str]:
    held = [(r.model, r.resident_bytes / GIB) for r in report.rows if r.resident_bytes is not None]
    if not held:
        return []
    limit = report.recommendation.memory_bytes / GIB
    bars = [Bar(model, gib, f"{gib:.2f}") for model, gib in held]
    return [bar_plot("Memory when loaded, GiB", "GiB", bars, line=Line(limit, f"for models {limit:.1f} GiB"))]


def _measured(report: Report, task: Task) -> bool:
    return any(task in row.tasks for row in report.rows)


def _table(grid: Grid) -> str:
    head = "".join(f"<th{_side(name, grid)}>{_safe(name)}</th>" for name in grid.columns)
    rows = (
        "".join(f"<td{_side(name, grid)}>{_safe(cell)}</td>" for name, cell in zip(grid.columns, row, strict=True))
        for row in grid.rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<p><b>{_safe(grid.title)}</b></p><div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _side(name: str, grid: Grid) -> str:
    return ' class="right"' if name in grid.right else ""


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_safe(line)}</li>" for line in lines) + "</ul>"


def _safe(text: str) -> str:
    return escape(printable(text))
