"""Run the notebooks from top to bottom: `python notebooks/execute.py`. Copies with what they showed go to EAIO_HOME."""

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


def main() -> None:
    """Run each, and say how long it took and where the copy is."""
    folder = Settings().home / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(HERE.glob("*.ipynb")):
        started = time.monotonic()
        nbformat.write(execute(path), folder / path.name)
        print(f"{path.name}: {time.monotonic() - started:.1f} s, {folder / path.name}")


if __name__ == "__main__":
    main()
