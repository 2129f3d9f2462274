"""A bench on the terminal: a table for the models, one for each task, then verdicts and the recommendation."""

from gateway.grid import Grid
from gateway.model_matrix.figures import QUALITY, ModelRow, Report, verdict_lines
from gateway.screen import Screen
from models.matrix import Summary, Task
from models.matrix.sizes import GIB

NONE = "-"
ORDER: tuple[Task, ...] = ("classification", "analysis")
MODEL_COLUMNS = ("model", "role now", "warm-up s", "in memory", "prompt tok/s", "said by")
TIMES = ("first tok s", "tok/s", "p50 s", "p95 s", "p99 s")
COLUMNS: dict[Task, tuple[str, ...]] = {
    "classification": ("model", "runs", *TIMES, "in form", "misread", "right (95 %)", "saved $/1000"),
    "analysis": ("model", "runs", *TIMES, "sentence s", "verified", "shown", "useful (95 %)", "saved $/1000"),
}


def show(screen: Screen, report: Report) -> None:
    """Print the whole bench."""
    screen.grid(models_grid(report))
    for task in ORDER:
        if any(task in row.tasks for row in report.rows):
            screen.say()
            screen.grid(task_grid(report, task))
    screen.say()
    for line in verdict_lines(report):
        screen.say(line, "bold")
    screen.say()
    for line in report.recommendation.lines():
        screen.say(line)
    for note in foot_notes(report):
        screen.say(note, "dim")


def models_grid(report: Report) -> Grid:
    """Return the table of the models."""
    rows = [model_cells(row) for row in report.rows]
    machine = f"{report.machine.processors} processors, {report.machine.ram_bytes / GIB:.0f} GiB"
    title = f"Models on this machine ({machine})"
    return Grid(MODEL_COLUMNS, rows, title, right=frozenset({"warm-up s", "in memory", "prompt tok/s"}))


def model_cells(row: ModelRow) -> tuple[str, ...]:
    """Return a model's cells; where it could not be asked, why."""
    if row.refused:
        return (row.model, ", ".join(row.roles) or NONE, NONE, NONE, NONE, f"cannot be asked: {row.refused}")
    warm = seconds(row.warm_up_ms) + (" (was loaded)" if row.was_loaded else "")
    memory = f"{row.resident_bytes / GIB:.2f} GiB" if row.resident_bytes is not None else NONE
    speed = number(row.prompt_tokens_per_s)
    return (row.model, ", ".join(row.roles) or NONE, warm, memory, speed, row.prompt_speed_from or NONE)


def task_grid(report: Report, task: Task) -> Grid:
    """Return the table of a task."""
    rows = [task_cells(row.model, row.tasks[task]) for row in report.rows if task in row.tasks]
    columns = COLUMNS[task]
    return Grid(columns, rows, f"{task.capitalize()}: {QUALITY[task]}", right=frozenset(columns[1:]))


def task_cells(model: str, cell: Summary) -> tuple[str, ...]:
    """Return a model's cells for a task."""
    runs = f"{cell.runs}" + (f" ({cell.failed} failed)" if cell.failed else "")
    times = [seconds(cell.ttft_p50_ms), number(cell.tokens_per_s)]
    times += [seconds(ms) for ms in (cell.total_p50_ms, cell.total_p95_ms, cell.total_p99_ms)]
    if cell.task == "classification":
        own = [share(cell.form_share), share(cell.misread_share)]
    else:
        own = [seconds(cell.first_sentence_p50_ms), share(cell.sentence_share), share(cell.shown_share)]
    quality = f"{share(cell.quality_share)} ({100 * cell.quality_low:.0f}-{100 * cell.quality_high:.0f})"
    saved = f"{cell.saved_usd:.2f}" if cell.saved_usd is not None else NONE
    return (model, runs, *times, *own, quality, saved)


def foot_notes(report: Report) -> list[str]:
    """Return what the reader has to know of the figures."""
    notes = list(report.notes)
    if not report.complete:
        cut = f"; {report.cut} calls were cut by its end and are not counted" if report.cut else ""
        notes.append(f"Interrupted or out of time: these are the runs that were made{cut}.")
    cells = [cell for row in report.rows for cell in row.tasks.values()]
    if any(cell.estimated_share for cell in cells):
        notes.append("Tokens of answers that were left early are counted by pieces, as local servers send one a token.")
    most = max((cell.runs for cell in cells), default=0)
    if 0 < most < 100:
        notes.append(f"Percentiles are of at most {most} runs: p99 is the slowest one.")
    if (ref := report.reference) is not None:
        price = f"{ref.price.input_usd:g} $ in and {ref.price.output_usd:g} $ out for a million tokens"
        notes.append(
            f"Saved against {ref.model}: the same tokens at {price} ({ref.source}); electricity is not counted."
        )
    return notes


def seconds(ms: float | None) -> str:
    """Write milliseconds as seconds."""
    return NONE if ms is None else f"{ms / 1000:.2f}"


def number(value: float | None) -> str:
    """Write a rate."""
    return NONE if value is None else f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def share(value: float | None) -> str:
    """Write a share in percent."""
    return NONE if value is None else f"{100 * value:.0f} %"
