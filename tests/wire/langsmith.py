"""The ingestion API of LangSmith on a free port of loopback, which keeps every byte that came.

It answers as the service does: what it can is told by `/info`, runs come by `/runs/batch`, `/runs/multipart`, `/runs`
and `PATCH /runs/<id>`, and are taken with 202.
"""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

INFO = {
    "version": "0.12.0",
    "instance_flags": {"zstd_compression_enabled": True},
    "batch_ingest_config": {
        "use_multipart_endpoint": True,
        "scale_up_qsize_trigger": 1000,
        "scale_up_nthreads_limit": 16,
        "scale_down_nempty_trigger": 4,
        "size_limit": 100,
        "size_limit_bytes": 20971520,
    },
}


@dataclass(frozen=True)
class Came:
    """One request: its first line, headers and body as they came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def raw(self) -> bytes:
        """Return all of it."""
        return f"{self.method} {self.path} {self.headers}".encode() + self.body


class LangSmithServer:
    """Takes runs and keeps them. With `status` it refuses them with that; with `location` it redirects them."""

    def __init__(self, status: int = 202, location: str = "") -> None:
        self.status, self.location = status, location
        self.came: list[Came] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def host(self) -> str:
        """Return `host:port`."""
        return "{}:{}".format(*self._server.server_address[:2])

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://{self.host}"

    @property
    def raw(self) -> bytes:
        """Return every byte that came."""
        return b"\n".join(c.raw for c in self.came)

    @property
    def runs(self) -> list[dict[str, Any]]:
        """Return the runs of the batches, each with what later came for it."""
        runs: dict[str, dict[str, Any]] = {}
        for batch in [json.loads(c.body) for c in self.came if c.path == "/runs/batch"]:
            for run in batch.get("post", []) + batch.get("patch", []):
                runs.setdefault(run["id"], {}).update({k: v for k, v in run.items() if v is not None})
        return list(runs.values())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler_of(server: LangSmithServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._keep()
            self._answer(200, json.dumps(INFO).encode() if self.path == "/info" else b"{}")

        def do_POST(self) -> None:
            self._keep()
            self._answer(server.status, b"{}")

        def do_PATCH(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _keep(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.came.append(Came(self.command, self.path, dict(self.headers), body))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "told=back; Path=/")
            if server.location:
                self.send_header("Location", server.location)
            self.end_headers()
            self.wfile.write(body)

    return Handler
