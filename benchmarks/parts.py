"""The parts of a benchmark: each runs as a process of its own, so that none warms or slows another."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence


def run_parts(package: str, parts: Mapping[str, str], wanted: Sequence[str], **options: Sequence[str]) -> int:
    """Run the parts of `benchmarks.PACKAGE` that are wanted, all if none is; return 1 where one misses a line.

    `parts` tells of each by its name what it measures; `options` are for those named.
    """
    if strange := sorted(set(wanted) - set(parts)):
        print(f"there is no part {', '.join(strange)}; they are {', '.join(parts)}", file=sys.stderr)
        return 2
    failed = [part for part in wanted or parts if not _run(package, part, parts[part], options.get(part, ()))]
    print(f"\n{len(failed)} parts miss a line" + "".join(f"\n  {part}" for part in failed))
    return int(bool(failed))


def _run(package: str, part: str, about: str, options: Sequence[str]) -> bool:
    print(f"\n{part}: {about}", flush=True)
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-m", f"benchmarks.{package}.{part}", *options], check=False)
    print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return ended.returncode == 0
