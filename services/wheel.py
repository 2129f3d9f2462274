"""Find what a wheel installed, without importing it: some wheels pull in a great deal, or act, when imported."""

from importlib.util import find_spec
from pathlib import Path

from services.errors import ServiceMissing


def file_of(service: str, distribution: str, package: str, pattern: str, *, remedy: str | None = None) -> Path:
    """Return the file inside top-level `package` that matches the glob `pattern`, or raise `ServiceMissing`."""
    for folder in _folders_of(package):
        found = next(folder.glob(pattern), None)
        if found is not None:
            return found
    raise ServiceMissing(service, distribution, remedy or f"pip install {distribution}")


def require(service: str, distribution: str, package: str) -> None:
    """Raise `ServiceMissing` unless top-level `package` can be imported."""
    if find_spec(package) is None:
        raise ServiceMissing(service, distribution, f"pip install {distribution}")


def version_of(distribution: str) -> str | None:
    """Return the version of an installed wheel, None where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version  # takes 20 ms; only a status needs it

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _folders_of(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
