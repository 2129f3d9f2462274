"""Draw quality against calls of the strong model."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.routing.curves import curve
from benchmarks.routing.fitting import Floats
from benchmarks.routing.published import Row

Drawn = tuple[str, Floats, Floats, Floats, tuple[Row, ...]]
"""Name, scores, whether the weak and the strong model were right, published measures."""
GREY = "#8a8f98"


def plot(drawn: Sequence[Drawn], path: Path) -> None:
    """Write a picture of the curves, one panel a benchmark, with RouteLLM's published points."""
    figure = Figure(figsize=(11, 4.8), layout="constrained")
    axes = figure.subplots(1, 2, sharey=True)
    for axis, benchmark in zip(axes, ("GSM8K", "MMLU"), strict=True):
        _panel(axis, benchmark, [one for one in drawn if one[0].startswith(benchmark)])
    axes[0].set_ylabel("share of the gap from Mixtral 8x7B to GPT-4 Turbo recovered")
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _panel(axis: Axes, benchmark: str, drawn: Sequence[Drawn]) -> None:
    for name, scores, weak, strong, _ in drawn:
        calls, recovered = curve(scores, weak, strong)
        axis.plot(calls * 100, recovered, marker=".", label=f"EAIO complexity: {name.partition(', ')[2]}")
    axis.plot([0, 100], [0, 1], color=GREY, linestyle="--", label="random")
    published = drawn[0][4]
    for (name, row), marker in zip(published, "o^sDo^sD", strict=True):
        filled, ends = GREY if name.endswith(", arena") else "none", [row.cpt_50, row.cpt_80]
        axis.plot(ends, [0.5, 0.8], marker, color="black", markerfacecolor=filled, label=f"RouteLLM: {name}")
    axis.set(title=benchmark, xlabel="calls to GPT-4 Turbo, percent", xlim=(0, 100), ylim=(0, 1.1))
    axis.legend(fontsize=7)
    axis.grid(alpha=0.3)
