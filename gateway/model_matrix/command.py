"""What can be typed after `eaio models bench` and `eaio models tune`."""

from argparse import ArgumentParser, ArgumentTypeError
from math import isfinite
from typing import Any

MOST_RUNS = 1000


def add(below: Any) -> None:
    """Add both commands below `eaio models`."""
    _bench(below)
    _tune(below)


def _bench(below: Any) -> None:
    about = "measure the models on this machine: speed, memory, quality on energy questions, and what to run"
    bench = _command(below, "bench", "gateway.model_matrix.bench:bench_command", about)
    bench.add_argument("--html", metavar="FILE", help="also write a page with plots, which needs no network")
    bench.add_argument("--models", metavar="A,B", default="", help="only these; all that are installed if not given")
    bench.add_argument("--role", choices=("coordinator", "analyst"), help="only what this role does")
    bench.add_argument("--runs", type=_runs, metavar="N", help="runs a model and task; 12 if not given, 5 with --quick")
    bench.add_argument("--cloud", action="store_true", help="cloud models beside them, through the privacy gate; costs")
    bench.add_argument("--quick", action="store_true", help="under a minute, with wider intervals")
    bench.add_argument(
        "--memory-gib", type=_positive, metavar="GIB", help="memory for models; of the routing file if not given"
    )
    _bounds(bench, "minutes", "ends after so long with what is measured; 4 if not given, 0.8 with --quick")


def _tune(below: Any) -> None:
    about = "try temperatures and top-p on the answer set, and say whether another than the current one is better"
    tune = _command(below, "tune", "gateway.model_matrix.tune:tune_command", about)
    tune.add_argument(
        "--task", choices=("classification", "analysis"), default="analysis", help="analysis if not given"
    )
    tune.add_argument("--model", metavar="NAME", help="the model to tune; the one that has the role if not given")
    tune.add_argument(
        "--questions-most", type=_runs, metavar="N", default=20, help="how many questions; 20 if not given"
    )
    _bounds(tune, "minutes", "ends after so long with what is measured; 10 if not given")


def _command(below: Any, name: str, run: str, about: str) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which questions are drawn; 1 if not given")
    parser.add_argument("--questions", metavar="FOLDER", help="where the answer set is; the one beside the program")
    return parser


def _bounds(parser: ArgumentParser, name: str, about: str) -> None:
    parser.add_argument(f"--{name}", type=_positive, metavar="N", help=about)


def _runs(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= MOST_RUNS:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to {MOST_RUNS}")
    return number


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise ArgumentTypeError(f"{text!r} is no number above 0")
    return number
