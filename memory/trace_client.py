"""The client of LangSmith that sends redacted runs to the one host that the policy names, and nothing else.

Importing this loads langsmith's client: import it when tracing was asked for. Environment variables of langsmith can
switch on other exporters, replicas, compression and metadata; all that they change here ends at the same session, which
reads the bytes that are to leave.
"""

import json
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from langsmith import Client
from langsmith.utils import LangSmithRetry

from privacy.errors import NotCleared
from privacy.policy import Policy
from privacy.redaction import Redactor
from privacy.redaction.trace_record import is_redacted, redacted

DESTINATION = "langsmith"
HEADERS = frozenset("accept accept-encoding connection content-length content-type user-agent x-api-key".split())
LOOPBACK = frozenset(["127.0.0.1", "::1", "localhost"])
WAITS_MS = (2_000, 5_000)
"""To connect and to answer; nobody waits for a trace."""
INFO: Mapping[str, Any] = {
    "batch_ingest_config": {
        "use_multipart_endpoint": False,  # one JSON body, which can be read before it leaves
        "scale_up_qsize_trigger": 1_000,
        "scale_up_nthreads_limit": 2,
        "size_limit": 100,
        "size_limit_bytes": 5_000_000,
    }
}
"""What the server would say of itself; so it is not asked."""


def require_host(url: str, policy: Policy) -> None:
    """Raise `NotCleared` unless the policy names the host of an address for traces, and it is https or loopback."""
    parts, known = urlsplit(url), policy.destinations.get(DESTINATION)
    hosts = known.hosts if known else ()
    if not {parts.netloc.lower(), (parts.hostname or "").lower() if not parts.port else ""} & set(hosts):
        named = ", ".join(hosts) or "no host"
        raise NotCleared(
            f"traces may not go to {parts.hostname!r}: the policy's destination {DESTINATION!r} names {named};"
            " correct LANGSMITH_ENDPOINT or config/privacy.yaml"
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise NotCleared(f"traces go over https only, not {parts.scheme!r}; correct LANGSMITH_ENDPOINT")


class TraceSession(requests.Session):
    """Sends batches of redacted runs; anything else, redirects among it, is refused before a byte leaves."""

    def __init__(self, url: str, redactor: Redactor, policy: Callable[[], Policy]) -> None:
        super().__init__()
        self._batches, self._redactor, self._policy = f"{url}/runs/batch", redactor, policy
        self._closed = False
        self.trust_env = False  # no proxy and no credential of a file
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send one batch. Raises `NotCleared`, which repeats nothing of it."""
        if self._closed:
            raise NotCleared("the trace came after the end")
        if request.method != "POST" or request.url != self._batches:
            raise NotCleared("only batches of runs are sent to LangSmith")
        require_host(self._batches, self._policy())
        if not self._is_redacted(request.body):
            raise NotCleared("a trace that is not redacted was kept back")
        for name in set(request.headers) - {n for n in request.headers if n.lower() in HEADERS}:
            del request.headers[name]
        return super().send(request, **{**options, "allow_redirects": False})

    def close(self) -> None:
        """Close the connections; nothing is sent any more, whatever is still queued."""
        self._closed = True
        super().close()

    def _is_redacted(self, body: object) -> bool:
        try:
            batch = json.loads(body) if isinstance(body, bytes | str) else None
        except ValueError:
            return False
        if not isinstance(batch, dict) or not batch.keys() <= {"post", "patch"}:
            return False
        return all(
            isinstance(runs, list) and all(is_redacted(run, self._redactor) for run in runs) for runs in batch.values()
        )


class TraceClient(Client):
    """A client of LangSmith whose every run is redacted before it is queued."""

    def __init__(self, redactor: Redactor, policy: Callable[[], Policy], url: str, key: str, project: str) -> None:
        """Raise `NotCleared` if the policy does not name the host of `url`."""
        url = url.rstrip("/")
        require_host(url, policy())
        self._redactor, self._project = redactor, project
        super().__init__(
            api_url=url,
            api_key=key,
            session=TraceSession(url, redactor, policy),
            hide_inputs=redactor.value,
            hide_outputs=redactor.value,
            hide_metadata=redactor.value,
            tracing_mode="langsmith",
            info=dict(INFO),
            timeout_ms=WAITS_MS,
            retry_config=LangSmithRetry(total=1, backoff_factor=0.2, status_forcelist=[429, 502, 503, 504]),
            omit_traced_runtime_info=True,
            disable_prompt_cache=True,
        )
        if self._pyo3_client is not None:  # it would send by connections of its own
            self.close(0)
            raise NotCleared("traces are not sent by langsmith_pyo3; unset LANGSMITH_USE_PYO3_CLIENT")

    def create_run(self, name: str, inputs: dict[str, Any], run_type: Any, **fields: Any) -> None:
        """Queue the beginning of a run. Keys, addresses and replicas that a caller names are not taken."""
        given = {**fields, "name": name, "inputs": inputs, "run_type": run_type, "session_name": self._project}
        super().create_run(**redacted(given, self._redactor))

    def update_run(self, run_id: Any, **fields: Any) -> None:
        """Queue the end of a run."""
        given = redacted({**fields, "session_name": self._project}, self._redactor)
        super().update_run(run_id, **given)
