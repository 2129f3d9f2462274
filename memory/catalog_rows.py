"""Write names and faults: sites, buildings, aliases, meters, and what is wrong with their readings."""

from collections.abc import Iterable, Mapping, Sequence

from memory.catalog import Source
from memory.postgres import Connection
from memory.treatment import Hours
from memory.units import UNITS
from tools.readings import VALID_FLAGS, Building, Fault, Site

import numpy as np


async def write_sites(connection: Connection, sites: Iterable[Site]) -> None:
    """Add sites or bring them up to date, with their aliases."""
    for site in sites:
        await connection.execute(
            "INSERT INTO sites (id, name, timezone, currency) VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, timezone = excluded.timezone, currency = excluded.currency",
            (site.id, site.name, site.timezone, site.currency),
        )
        await _write_aliases(connection, site.aliases, site_id=site.id)
