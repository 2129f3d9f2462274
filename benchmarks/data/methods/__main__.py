"""Print each method's figures beside a reference: `python -m benchmarks.data.methods [--page FILE]`.

With `--page` the table is also written into a Markdown page, between the lines that begin and end it there. The
references that are no dependency of EAIO stand in `references.txt`; without them their rows say "not installed".
"""

import logging
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from textwrap import wrap
from types import ModuleType

from benchmarks.data.methods import ahead, changes, load, money, peers, savings, weather
from benchmarks.data.methods.beside import Row, table

PARTS = (load, peers, weather, savings, changes, ahead, money)
LINE = 120
LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "statsmodels", "opendsm", "ruptures", "numpy-financial")
BEGIN, END = "<!-- begin: printed by python -m benchmarks.data.methods -->", "<!-- end -->"


def main(words: Sequence[str]) -> int:
    """Print the table; return 1 where two figures are further apart than they should be."""
    parser = ArgumentParser(prog="python -m benchmarks.data.methods", description="Each method beside a reference.")
    parser.add_argument("--page", type=Path, help="write the table into this page, too")
    page: Path | None = parser.parse_args(words).page
    logging.getLogger("eemeter").setLevel(logging.ERROR)  # it warns of each outlier
    rows = _rows_of_all()
    lines = [*table(rows), "", *summary(rows)]
    print("\n".join(lines))
    if page:
        page.write_text(put_into(page.read_text(encoding="utf-8"), lines), encoding="utf-8")
    return int(any(not row.is_near for row in rows))


def _rows_of_all() -> list[Row]:
    """Return the rows of all parts, told of on the way."""
    found: list[Row] = []
    for part in PARTS:
        found += rows_of(part)
        print(f"{part.__name__.rpartition('.')[2]}: {len(found)} rows", file=sys.stderr, flush=True)
    return found


def rows_of(part: ModuleType) -> list[Row]:
    """Return the rows of a part, worked out on one core.

    Where others use the cores, threads that wait for each other take five times as long.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        return list(part.rows())


def summary(rows: Sequence[Row]) -> list[str]:
    """Say how many figures agree, by which versions."""
    compared = [row for row in rows if row.theirs is not None]
    same = sum(row.is_same for row in compared)
    far = sum(not row.is_near for row in compared)
    libraries = ", ".join(f"{name} {at}" for name in LIBRARIES if (at := _version(name)))
    return [
        f"{len(rows)} rows, {len(compared)} with a reference: {same} equal to six digits, {far} too far apart.",
        *wrap(f"By {libraries}.", LINE),
    ]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def put_into(page: str, lines: Sequence[str]) -> str:
    """Return a page with the lines between its marks. Raises `ValueError` where it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no place for the table; give it the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
