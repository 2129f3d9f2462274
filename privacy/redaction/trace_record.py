"""What of a traced run may leave: its place in the tree, its times, and redacted values. Nothing else does.

The same function makes the record and checks the bytes that leave: redacting what has been redacted changes nothing, so
a record that it would change has not been redacted.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from privacy.redaction.redactor import WITHHELD, Redactor

ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
IS_ID = re.compile(ID)
IS_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?")
IS_ORDER = re.compile(rf"\d{{8}}T\d{{12}}Z{ID}(?:\.\d{{8}}T\d{{12}}Z{ID})*")
RUN_TYPES = frozenset("tool chain llm retriever embedding prompt parser".split())
METADATA = ("langgraph_node", "langgraph_step")
TAG = re.compile(r"(?:graph|seq):step:\d{1,4}")

Record = dict[str, Any]
Form = Callable[[Any, Redactor], Any]
"""Returns a field as it may leave, None to leave it out."""


def redacted(run: Mapping[str, Any], redactor: Redactor) -> Record:
    """Return the record of a run; what cannot be known to be harmless is left out or withheld."""
    formed = {field: form(run[field], redactor) for field, form in FORMS.items() if run.get(field) is not None}
    return {field: value for field, value in formed.items() if value is not None}


def is_redacted(run: object, redactor: Redactor) -> bool:
    """Tell whether a record, read from the bytes that are to leave, holds nothing that redacting would change."""
    if not isinstance(run, dict):
        return False
    given = {field: value for field, value in run.items() if value is not None}
    return redacted(given, redactor) == given


def _id(value: Any, _: Redactor) -> Any:
    return value if isinstance(value, UUID) or (isinstance(value, str) and IS_ID.fullmatch(value)) else None


def _time(value: Any, _: Redactor) -> Any:
    return value if isinstance(value, datetime) or (isinstance(value, str) and IS_TIME.fullmatch(value)) else None


def _order(value: Any, _: Redactor) -> Any:
    return value if isinstance(value, str) and IS_ORDER.fullmatch(value) else None


def _run_type(value: Any, _: Redactor) -> Any:
    return value if value in RUN_TYPES else "chain"


def _name(value: Any, redactor: Redactor) -> Any:
    return redactor.text(value, "instructions") if isinstance(value, str) else WITHHELD


def _values(value: Any, redactor: Redactor) -> Any:
    redacted_values = redactor.value(value)
    return redacted_values if isinstance(redacted_values, dict) else {"output": WITHHELD}


def _fault(value: Any, redactor: Redactor) -> Any:
    return redactor.fault(value)


def _tags(value: Any, _: Redactor) -> Any:
    return [tag for tag in value if isinstance(tag, str) and TAG.fullmatch(tag)] if isinstance(value, list) else None


def _extra(value: Any, redactor: Redactor) -> Any:
    """Keep which node it was: the rest is of this machine, its environment and the conversation."""
    metadata = value.get("metadata") if isinstance(value, Mapping) else None
    kept = {k: metadata[k] for k in METADATA if k in metadata} if isinstance(metadata, Mapping) else {}
    return {"metadata": redactor.value(kept)}


FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("id", "trace_id", "parent_run_id", "session_id"), _id),
    **dict.fromkeys(("start_time", "end_time"), _time),
    **dict.fromkeys(("name", "session_name", "status"), _name),
    **dict.fromkeys(("inputs", "outputs"), _values),
    "dotted_order": _order,
    "run_type": _run_type,
    "error": _fault,
    "tags": _tags,
    "extra": _extra,
}
