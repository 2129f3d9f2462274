"""What a command opens before it works: settings, and the building data where it needs no model."""

import logging
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.progress import waiting

if TYPE_CHECKING:
    from config.settings import Settings
    from graphs.live_data import LiveData
    from memory.postgres import Pool


def settings_of(options: Namespace) -> "Settings":
    """Return the settings of the environment, with `--profile` over them. Raises `BadUsage` naming what is wrong."""
    return settings_from(getattr(options, "profile", None))


def settings_from(profile: str | None) -> "Settings":
    """Return the settings of the environment, with a profile over them. Raises `BadUsage` naming what is wrong."""
    from pydantic import ValidationError

    from config.settings import Settings

    try:
        return Settings.model_validate({"profile": profile}) if profile else Settings()
    except ValidationError as why:
        first = why.errors()[0]
        said = first["msg"].removeprefix("Value error, ")
        raise BadUsage(_wrong(first["loc"], first["input"], said)) from why


def _wrong(place: tuple[int | str, ...], given: object, message: str) -> str:
    name = str(place[0]) if place else "a setting"
    variable = name if name.isupper() else f"EAIO_{name.upper()}"
    return f"{variable} is set to {given!r}: {message[0].lower()}{message[1:]}; correct or unset it"


def log_beside(settings: "Settings") -> None:
    """Keep log lines out of a terminal that shows an answer: they go to a file, unless a log level was asked for."""
    if "log_level" in settings.model_fields_set or not sys.stderr.isatty():
        return
    with suppress(OSError):
        folder = settings.home / "logs"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.FileHandler(folder / "eaio.log", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger("eaio").addHandler(handler)


@asynccontextmanager
async def open_data(options: Namespace) -> AsyncIterator["LiveData"]:
    """Open the building data: its server started, its tables up to date, the shipped readings there.

    Raises `DataUnavailable` with the remedy.
    """
    from graphs.live_data import LiveData

    with waiting("opening the building data") as shown:
        data = LiveData(settings_of(options), shown.load)
        try:
            await data.pool()
            shown.stop()
            yield data
        finally:
            await data.close()


@asynccontextmanager
async def open_tables(options: Namespace, what: str) -> AsyncIterator["Pool"]:
    """Open the database: its server started, its tables up to date. No building data is loaded for it.

    Raises `DataUnavailable` naming `what` is wanted of it, with the remedy.
    """
    from memory.migrate import migrate
    from memory.postgres import open_pool
    from services import ServiceError, ensure_postgres
    from tools.errors import DataUnavailable

    async with AsyncExitStack() as stack:
        with waiting(f"opening {what}"):
            try:
                pool = await stack.enter_async_context(open_pool(await ensure_postgres(settings_of(options))))
                await migrate(pool)
            except (DataUnavailable, ServiceError) as why:
                raise DataUnavailable(f"{what} cannot be read: {why}") from why
        yield pool
