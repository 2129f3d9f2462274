"""How a test drops a database of its own, whoever still uses it."""


def dropping(name: str) -> tuple[bytes, bytes]:
    """Return the statements, to be executed one after the other, outside of a transaction.

    PostgreSQL's own `WITH (FORCE)` fails where a worker of autovacuum looks after the database: it may not end that.
    Without it DROP DATABASE sends such workers away itself, and waits until they and all who were ended are gone.
    """
    ended = (
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        " AND backend_type = 'client backend'"
    )
    return ended.encode(), f"DROP DATABASE {name}".encode()
