"""Run the notebooks from top to bottom: `python notebooks/execute.py`. Copies with what they showed go to EAIO_HOME.

A notebook that fails, warns or shows no picture is named, and the exit code is 1.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

from config.settings import Settings

HERE = Path(__file__).resolve().parent
START = {"metadata": {"path": HERE}}  # where the kernel starts


def execute(path: Path, timeout_s: int = 120) -> NotebookNode:
    """Return the notebook as it is after all its cells ran. A cell that fails raises `CellExecutionError`."""
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory(prefix="eaio-") as folder:
        # Sockets in a folder of ours: on TCP ports any user of the machine could listen in.
        private = Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel"})
        client = NotebookClient(notebook, timeout=timeout_s, kernel_name="python3", resources=START, config=private)
        done: NotebookNode = client.execute()
    return done


def faults(notebook: NotebookNode) -> list[str]:
    """Return what an executed notebook should not have shown, and what it lacks; nothing for a good one."""
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    said = [f"it warned: {output.text.strip()}" for output in shown if output.get("name") == "stderr"]
    data = [output.data for output in shown if "data" in output]
    has_picture = any("image/png" in d or "data:image/png;base64," in d.get("text/html", "") for d in data)
    return said if has_picture else [*said, "it shows no picture"]


def main() -> int:
    """Run each, and say how long it took and where the copy is; return 1 where one is not as it should be."""
    folder = Settings().home / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for path in sorted(HERE.glob("*.ipynb")):
        started = time.monotonic()
        done = execute(path)
        nbformat.write(done, folder / path.name)
        print(f"{path.name}: {time.monotonic() - started:.1f} s, {folder / path.name}")
        for fault in faults(done):
            wrong = 1
            print(f"{path.name}: {fault}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
