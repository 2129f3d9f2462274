"""A strategy that is misspelt is told with the near name, wherever it was written."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import Settings
from models.router import STRATEGIES, strategy_named
from models.router.errors import UnknownStrategy
from models.routing import DocumentError, load_routing
from models.routing.file import SHIPPED

MEANT = [
    ("localfirst", "local_first"),
    ("local-only", "local_only"),
    ("LOCAL FIRST", "local_first"),
    ("quality", "best_quality"),
    ("fast", "fastest"),
    ("balance", "balanced"),
    ("cheap", "cheapest"),
]


@pytest.mark.parametrize("name", STRATEGIES)
def test_each_strategy_is_found_by_its_name(name: str) -> None:
    assert strategy_named(name) == name


@pytest.mark.parametrize(("word", "meant"), MEANT)
def test_the_near_name_is_suggested(word: str, meant: str) -> None:
    with pytest.raises(UnknownStrategy, match=f"no strategy '{word}'; did you mean {meant}"):
        strategy_named(word)


@pytest.mark.parametrize("word", ["", "zzz", "x" * 1000, "\ud800"])
def test_where_none_is_near_all_are_named(word: str) -> None:
    with pytest.raises(UnknownStrategy, match="there are local_first, local_only, cheapest") as refused:
        strategy_named(word)
    assert len(str(refused.value)) < 200


def test_the_document_suggests_the_near_name_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "llm_routing.yaml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    path.write_text(shipped.replace("strategy: local_first", "strategy: local_frist"), encoding="utf-8")
    with pytest.raises(DocumentError, match=r":\d\d: router\.strategy: .*did you mean local_first\?"):
        load_routing(path)


def test_the_settings_suggest_the_near_name() -> None:
    with pytest.raises(ValidationError, match=r"no strategy 'fast'; did you mean fastest\?"):
        Settings.model_validate({"strategy": "fast"})


@pytest.mark.parametrize("given", [None, *STRATEGIES])
def test_the_settings_take_every_strategy_and_none(given: str | None) -> None:
    assert Settings.model_validate({"strategy": given}).strategy == given
