"""A cleared prompt is a permission that cannot be made, changed, copied, kept or read by anything but the gate."""

import ast
import copy
import dataclasses
import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from privacy.cleared import SENDS, ClearedPrompt, check, schema_text, seal, spend
from privacy.errors import NotCleared
from privacy.labels import Label

ROOT = Path(__file__).parents[2]
SECRET = "Building A opens at 07:40"


def sealed(**other: Any) -> ClearedPrompt:
    fields: dict[str, Any] = {
        "messages": (("system", "Explain."), ("user", SECRET)),
        "destination": "gpt-4o",
        "hosts": ("api.openai.com",),
        "label": Label.INTERNAL,
        "policy_hash": "0123456789ab",
        "temperature": 0.2,
        "max_tokens": 400,
        "now": 100.0,
    }
    return seal(**fields | other)


def remade(prompt: ClearedPrompt, **other: Any) -> ClearedPrompt:
    """Return a prompt by hand, of the fields of another."""
    return ClearedPrompt(**{name: getattr(prompt, name) for name in ClearedPrompt.__slots__} | other)


def test_sealed_prompt_holds_for_its_destination_and_policy() -> None:
    prompt = sealed()
    assert check(prompt, "gpt-4o", "0123456789ab", now=100.0) is prompt
    assert check(prompt, "gpt-4o", now=159.9) is prompt
    assert check(remade(prompt), "gpt-4o", now=100.0).messages == prompt.messages


@pytest.mark.parametrize(
    "other",
    [
        {"messages": (("system", "Explain."), ("user", f"{SECRET}!"))},
        {"messages": (("user", SECRET), ("system", "Explain."))},
        {"messages": (("system", f'Explain."], ["user", "{SECRET}'),)},
        {"temperature": 0.3},
        {"max_tokens": 401},
        {"schema": "{}"},
        {"label": Label.PUBLIC},
        {"destination": "gemini"},
        {"hosts": ("api.openai.com", "evil.example")},
        {"policy_hash": "ffffffffffff"},
        {"expires_at": 1e9},
        {"id": "0"},
        {"seal": "00"},
        {"seal": "é"},
        {"seal": b"00"},
        {"messages": object()},
    ],
    ids=lambda other: next(iter(other)),
)
def test_prompt_with_any_field_changed_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(NotCleared, match="seal"):
        check(remade(sealed(), **other), str(other.get("destination", "gpt-4o")), now=100.0)


def test_field_changed_by_force_is_refused() -> None:
    prompt = sealed()
    object.__setattr__(prompt, "messages", (("user", "other"),))
    with pytest.raises(NotCleared, match="seal"):
        check(prompt, "gpt-4o", now=100.0)


def test_fields_neither_change_nor_go() -> None:
    prompt = sealed()
    with pytest.raises(AttributeError, match="does not change"):
        prompt.label = Label.PUBLIC
    with pytest.raises(AttributeError, match="does not change"):
        del prompt.seal
    with pytest.raises(TypeError):
        dataclasses.replace(prompt, label=Label.PUBLIC)  # type: ignore[type-var]


@pytest.mark.parametrize("other", [None, "text", {"messages": []}, object()])
def test_anything_else_is_no_cleared_prompt(other: object) -> None:
    with pytest.raises(NotCleared, match="no cleared prompt"):
        check(other, "gpt-4o")


def test_prompt_expires() -> None:
    with pytest.raises(NotCleared, match="expired"):
        check(sealed(), "gpt-4o", now=160.0)
    with pytest.raises(NotCleared, match="expired"):
        check(sealed(now=None, lifetime_s=0.0), "gpt-4o")


def test_prompt_for_another_destination_or_under_another_policy_is_refused() -> None:
    with pytest.raises(NotCleared, match="not for gemini"):
        check(sealed(), "gemini", now=100.0)
    with pytest.raises(NotCleared, match="no longer in force"):
        check(sealed(), "gpt-4o", "ffffffffffff", now=100.0)


def test_prompt_is_sent_a_few_times_and_no_more_however_often_it_is_made_again() -> None:
    prompt = sealed(now=None)
    for _ in range(SENDS):
        spend(remade(prompt))
    with pytest.raises(NotCleared, match=f"sent {SENDS} times"):
        spend(prompt)
    spend(sealed(now=None))  # another one of the same texts


def test_sends_are_forgotten_when_the_prompt_has_expired() -> None:
    prompt = sealed()
    for _ in range(SENDS):
        spend(prompt, now=100.0)
    spend(prompt, now=161.0)  # `check` refuses it by then


def test_texts_are_neither_printed_nor_copied_nor_pickled_nor_checkpointed() -> None:
    prompt = sealed()
    for shown in (repr(prompt), str(prompt), f"{prompt}", f"{[prompt]}"):
        assert SECRET not in shown
        assert prompt.seal not in shown
    for copied in (copy.copy, copy.deepcopy, pickle.dumps, JsonPlusSerializer().dumps_typed, json.dumps):
        with pytest.raises(TypeError):
            copied(prompt)


def test_refusals_repeat_no_text() -> None:
    prompt = sealed()
    wrong = [remade(prompt, messages=(("user", SECRET),)), prompt, SECRET, sealed(now=0.0)]
    for given in wrong:
        with pytest.raises(NotCleared) as refused:
            check(given, "gemini", "x", now=100.0)
        assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "messages",
    [[], [("tool", "x")], [("user", "")], [("user", b"x")], [("user", "\ud800")]],
    ids=["none", "role", "empty", "bytes", "surrogate"],
)
def test_what_cannot_be_compared_exactly_is_not_sealed(messages: list[Any]) -> None:
    with pytest.raises(NotCleared):
        sealed(messages=messages)


def test_schema_is_one_text_in_the_order_of_its_fields() -> None:
    schema = {"type": "object", "properties": {"why": {}, "a": {}}}
    assert sealed(schema=schema).schema == schema_text(schema) == '{"type":"object","properties":{"why":{},"a":{}}}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        sealed(schema={"maximum": float("nan")})


def test_prompt_dies_at_a_fork() -> None:
    prompt = sealed(now=None)
    child = os.fork()
    if child == 0:
        try:
            check(prompt, "gpt-4o")
        except NotCleared:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    check(prompt, "gpt-4o")


@pytest.mark.slow
def test_only_the_gate_seals() -> None:
    sealing = {path.relative_to(ROOT).as_posix() for path in sources() if names_of(path) & {"seal", "_process"}}
    assert sealing <= {"privacy/gate.py"}


def sources() -> list[Path]:
    """Return the modules that run, without the one that makes the seal and without tests."""
    packages = "config telemetry services privacy models memory tools nodes graphs gateway".split()
    found = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return [path for path in found if path != ROOT / "privacy" / "cleared.py"]


def names_of(path: Path) -> set[str]:
    """Return the names that a module takes out of `privacy.cleared`, however it does so."""
    tree = ast.parse(path.read_text())
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "privacy.cleared"
        for alias in node.names
    }
    whole = any(
        (isinstance(node, ast.Import) and any(alias.name == "privacy.cleared" for alias in node.names))
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "privacy"
            and any(alias.name == "cleared" for alias in node.names)
        )
        for node in ast.walk(tree)
    )
    return taken | ({"seal"} if whole else set())
