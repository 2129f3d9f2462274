"""A bench as one HTML page that needs nothing else: verdicts first, then plots, then the tables."""

from gateway.model_matrix.figures import QUALITY, Report, of_use
from gateway.model_matrix.plots import Bar, Dots, Line, bar_plot, dot_plot
from gateway.model_matrix.table import ORDER, foot_notes, models_grid, share, task_grid
from gateway.page import bullets, page, safe, table
from models.matrix import TARGETS, Task
from models.matrix.sizes import GIB
from models.matrix.verdict import Target


def as_html(report: Report, made: str) -> str:
    """Return the page; `made` says when, as text."""
    machine = report.machine
    where = f"{machine.processors} processors ({machine.processor}), {machine.ram_bytes / GIB:.1f} GiB of memory"
    body = [
        "<h1>Models on this machine</h1>",
        f'<p class="soft">{safe(f"Made {made}. {where}. Seed {report.seed}, {report.plan.runs} runs asked for.")}</p>',
        "<h2>Fast enough?</h2>",
        *_verdicts(report),
        "<h2>What to run</h2>",
        bullets(report.recommendation.lines()),
        "<h2>Measured</h2>",
        *_plots(report),
        "<h2>In figures</h2>",
        table(models_grid(report)),
        *(table(task_grid(report, task)) for task in ORDER if _measured(report, task)),
        "<h2>How to read this</h2>",
        bullets(foot_notes(report)),
    ]
    return page("Models on this machine", body)


def _verdicts(report: Report) -> list[str]:
    lines = []
    for target in TARGETS:
        for row in report.rows:
            if (verdict := row.verdicts.get(target.task)) is None:
                continue
            now = f" (the {target.role} now)" if target.role in row.roles else ""
            kind = {True: "good", False: "bad", None: "soft"}[verdict.met]
            word, _, rest = verdict.words.partition(":")
            head, tail = safe(f"{target.words}, {row.model}{now}"), safe(f"{rest}; {of_use(row, target)}")
            said = f"{head}: <b>{safe(word)}</b>:{tail}"
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
