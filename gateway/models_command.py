"""What can be typed after `eaio models`."""

from argparse import ArgumentParser
from typing import Any

from gateway.model_matrix import command as models_matrix


def add(commands: Any) -> None:
    """Add the `models` command and what is below it."""
    models = commands.add_parser("models", help="show, fetch, check and measure the models that answer")
    below = models.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(models))
    _command(below, "list", "gateway.models_list:list_models", "list the models of each role, and which are there")
    _pull(below)
    check = _command(
        below, "check", "gateway.models_check:check", "have each model write a token, and say what is wrong with it"
    )
    check.add_argument("--timeout", type=float, metavar="SECONDS", default=60.0, help="for a model to load; 60 if none")
    _command(below, "ps", "gateway.models_ps:show", "show which models are in memory, and how much they take")
    models_matrix.add(below)


def _pull(below: Any) -> None:
    pull = _command(below, "pull", "gateway.models_pull:pull_models", "fetch a model to the Ollama host")
    which = pull.add_mutually_exclusive_group(required=True)
    which.add_argument("model", nargs="?", metavar="MODEL", help="as Ollama's library names it: qwen2.5:7b")
    which.add_argument("--all", action="store_true", help="all that the roles need and their hosts lack")
    pull.add_argument("--host", metavar="HOST", help="where to; as OLLAMA_HOST has it if not given")


def _command(below: Any, name: str, run: str, about: str) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    return parser
