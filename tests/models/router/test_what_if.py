"""What another document would have decided: what people set is the other's, what was seen stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from graphs.live_models import LiveModels
from models import ChatModels
from models.cloud_sites import SITES
from models.router import REPORT, Candidate, RouteRequest, decide
from models.router.errors import BadRequest
from models.router.what_if import NEW, what_if
from models.routing import RoutingDocument, load_routing
from models.routing.file import SHIPPED
from tests.models.router.routes import asked, cloud, near

TEXT = SHIPPED.read_text(encoding="utf-8")
LARGE = near("ollama:qwen2.5:7b", name="qwen2.5-7b", quality=74.2, total_s=9.0, in_flight=1, wait_s=2.0)
GPT = cloud("cloud:gpt-4o", name="gpt-4o", max_label="INTERNAL", breaker="half_open", waiting=3)
THEN = asked(LARGE, GPT)


def other(folder: Path, *edits: tuple[str, str]) -> RoutingDocument:
    """Return the shipped document with some words replaced."""
    text = TEXT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = folder / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return load_routing(path).document


def candidate(request: RouteRequest, id_: str) -> Candidate:
    return next(c for c in request.candidates if c.id == id_)


def test_what_was_seen_stays(tmp_path: Path) -> None:
    found = what_if(THEN, other(tmp_path, ("concurrency: 16", "concurrency: 4")))
    one = candidate(found, GPT.id)
    assert (one.slots, one.waiting, one.breaker, one.max_label) == (4, 3, "half_open", "INTERNAL")
    assert (one.wait_s, one.total_s, one.measured) == (GPT.wait_s, GPT.total_s, True)
    assert (found.features, found.budget, found.policy, found.at) == (THEN.features, THEN.budget, THEN.policy, THEN.at)


def test_what_people_set_is_that_of_the_other_document(tmp_path: Path) -> None:
    price = "price: {input_usd: 9.0, output_usd: 99.0, source: a page}\n    context_tokens: 128000"
    document = other(
        tmp_path,
        ("context_tokens: 128000", price),
        ("score: 87.2", "score: 50"),
        ("strategy: local_first", "strategy: balanced"),
        ("regions: []", "regions: [eu]"),
    )
    found = what_if(THEN, document)
    one = candidate(found, GPT.id)
    assert (one.input_usd, one.output_usd, one.quality, one.region) == (9.0, 99.0, 50.0, "us")
    assert (found.rules.strategy, found.rules.regions) == ("balanced", ("eu",))
    assert decide(found).excluded[0].kind == "residency"


def test_the_order_is_that_of_the_other_document(tmp_path: Path) -> None:
    analysts = "analyst: [qwen2.5-7b, smollm2-135m, gpt-4o, deepseek-v3, gemini]"
    turned = other(tmp_path, (analysts, "analyst: [gemini, gpt-4o, qwen2.5-7b]"))
    found = [c.id for c in what_if(THEN, turned).candidates if not c.outside]
    assert found == ["cloud:gemini", GPT.id, LARGE.id]


def test_a_local_endpoint_that_was_not_there_is_idle_and_that_is_said(tmp_path: Path) -> None:
    document = other(tmp_path, ("model: qwen2.5:7b\n", "model: mistral:7b\n    hosts: [127.0.0.1, '10.0.0.7:11500']\n"))
    decision = decide(what_if(THEN, document))
    assert decision.ladder[:2] == ("ollama:mistral:7b", "ollama:mistral:7b@10.0.0.7:11500")
    assert all(NEW in s.note and "a guess" in s.note for s in decision.scored[:2])
    assert LARGE.id not in decision.ladder


def test_a_cloud_that_was_not_there_gets_nothing(tmp_path: Path) -> None:
    found = what_if(replace(THEN, features=replace(THEN.features, label="PUBLIC")), load_routing().document)
    assert candidate(found, "cloud:gemini").max_label is None
    assert decide(found).ladder == (LARGE.id, GPT.id, REPORT)


def test_a_local_endpoint_that_another_environment_had_is_there_where_the_other_document_names_it() -> None:
    left_out = near("ollama:qwen2.5:7b", name="qwen2.5-7b", outside="the environment production does not route it")
    one = candidate(what_if(asked(left_out), load_routing().document), left_out.id)
    assert (one.outside, one.note) == ("", NEW)


def test_a_cloud_that_the_settings_left_out_stays_so() -> None:
    left_out = cloud("cloud:gpt-4o", name="gpt-4o", outside="EAIO_CLOUD does not name it")
    assert candidate(what_if(asked(left_out), load_routing().document), left_out.id).outside == left_out.outside


def test_the_profile_stays_and_chooses_among_the_local_endpoints() -> None:
    small = near("embedded:smollm2:135m", name="smollm2-135m", place="embedded")
    decision = decide(what_if(replace(asked(small), profile="embedded"), load_routing().document))
    assert decision.ladder == (small.id, REPORT)
    assert "the profile embedded does not ask what is ollama" in {e.id: e.reason for e in decision.excluded}[LARGE.id]


def test_the_environment_stays_and_what_it_does_not_route_is_told() -> None:
    decision = decide(what_if(replace(THEN, environment="dev"), load_routing().document))
    assert decision.ladder == (LARGE.id, REPORT)
    assert "the environment dev does not route it" in {e.id: e.reason for e in decision.excluded}[GPT.id]


async def test_with_the_document_that_it_was_decided_by_the_decision_is_the_same() -> None:
    settings = Settings(profile="embedded", cloud=("gpt-4o",))
    live = LiveModels(settings, ChatModels(settings), lambda: [SITES["gpt-4o"].endpoint("analyst")])
    seen = await live.snapshot(600)
    then = replace(THEN, candidates=seen.candidates, rules=seen.rules, profile=seen.profile)
    assert decide(what_if(then, load_routing().document)) == decide(then)


def test_a_strategy_alone_changes_nothing_else() -> None:
    assert what_if(THEN, strategy="fastest") == replace(THEN, rules=replace(THEN.rules, strategy="fastest"))
    assert what_if(THEN) == THEN


def test_a_strategy_goes_before_that_of_the_other_document(tmp_path: Path) -> None:
    document = other(tmp_path, ("strategy: local_first", "strategy: balanced"))
    assert what_if(THEN, document, strategy="cheapest").rules.strategy == "cheapest"


def test_an_environment_that_no_document_has_is_named() -> None:
    with pytest.raises(BadRequest, match="'staging' is no environment; the document has dev, test, production"):
        what_if(replace(THEN, environment="staging"), load_routing().document)


def test_a_cloud_that_cannot_be_asked_as_it_is_written_is_named(tmp_path: Path) -> None:
    document = other(tmp_path, ("  gemini:\n", "  gemini:\n    base_url: http://example.com\n"))
    with pytest.raises(BadRequest, match="gemini"):
        what_if(THEN, document)


def test_what_if_is_itself_a_request_that_can_be_kept_and_made_again(tmp_path: Path) -> None:
    found = what_if(THEN, load_routing().document)
    assert what_if(found, load_routing().document) == found
