"""`eaio models bench`: every installed model on energy prompts, judged, as a table, one JSON object or a page."""

import asyncio
import os
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, FAULT, INTERRUPTED
from gateway.json_out import write_json
from gateway.opened import log_beside, settings_of
from gateway.quick_start import importing_much
from gateway.screen import notice, open_screen

if TYPE_CHECKING:
    from gateway.model_matrix.figures import Report


def bench_command(options: Namespace) -> int:
    """Measure and show; return 130 where Ctrl-C ended it, 1 where nothing could be measured."""
    page = html_file(options.html)
    from models.hosts.own import with_own_ollama

    settings = asyncio.run(with_own_ollama(settings_of(options)))
    log_beside(settings)
    with importing_much():
        from gateway.model_matrix.session import Bench
    bench, interrupted = Bench(options, settings), False
    try:
        asyncio.run(bench.run())
    except KeyboardInterrupt:
        if not bench.begun:
            raise
        interrupted = True
    _show(options, bench.report(), page)
    if interrupted:
        return INTERRUPTED
    return ANSWERED if bench.found.calls else FAULT


def html_file(name: str | None) -> Path | None:
    """Return where the page goes. Raises `BadUsage` before anything is measured where it cannot be written."""
    if name is None:
        return None
    path = Path(name)
    if path.suffix.lower() not in (".html", ".htm"):
        raise BadUsage(f"--html {name}: give a name that ends in .html")
    folder = path.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BadUsage(f"--html {name}: {folder} is no folder that can be written to; give another name")
    return path


def _show(options: Namespace, report: "Report", page: Path | None) -> None:
    from gateway.model_matrix.figures import as_json
    from gateway.model_matrix.report import as_html
    from gateway.model_matrix.table import show

    if options.json:
        write_json(options, as_json(report))
    else:
        show(open_screen(), report)
    if page is None:
        return
    try:
        page.write_text(as_html(report, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"), encoding="utf-8")
    except OSError as why:
        raise BadUsage(f"--html {page} cannot be written ({why.strerror}); give another name") from why
    notice(f"the page is in {page}")
