"""The process of the embedded Milvus: `python -m services.milvus_server --data-dir D --port P`.

`milvus-lite server` flushes and closes its store only on Ctrl-C; here SIGTERM does the same. Its calls take turns, and
its exact search is quicker.
"""

import argparse
import contextlib
import signal

from services.milvus_turns import taking_turns
from services.service import HOST


def serve(data_dir: str, port: int) -> None:
    """Serve the store in `data_dir` until SIGTERM or SIGINT, then close it."""
    # First, so that a signal during the seconds of the import below is taken too.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    from services.milvus_search import install

    install()
    from milvus_lite.adapter.grpc import server  # type: ignore[import-untyped]

    server.MilvusServicer = taking_turns(server.MilvusServicer)
    server.run_server(data_dir=data_dir, host=HOST, port=port)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m services.milvus_server", description=__doc__)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        serve(arguments.data_dir, arguments.port)


if __name__ == "__main__":
    main()
