"""Pages of knowledge are found by those who ask for them, and by nobody who asks of a meter."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from memory.knowledge import KnowledgeBase, Pages
from memory.knowledge_pages import (
    FOLDER,
    LEAST_WORDS,
    MOST_WORDS,
    Page,
    best_page,
    is_of_no_meter,
    page_asked_for,
    pages,
    read_page,
)
from memory.milvus import milvus_of
from models.embedding import Embedder
from services.milvus import milvus
from services.probe import free_port
from services.process import stop

ANSWERS = Path(__file__).parents[2] / "benchmarks" / "answers"
ASKED = {
    "What is a good load factor?": "load-factor",
    "How do I cut baseload?": "cutting-baseload",
    "how can we lower our base load": "cutting-baseload",
    "What does CV(RMSE) mean?": "cv-rmse",
    "What is EUI?": "energy-use-intensity",
    "How does M&V work?": "measurement-and-verification",
    "What are degree days?": "degree-days",
    "Explain night set-back": "night-setback",
    "What is a demand charge?": "demand-charges",
    "What is scope 2?": "scope-2",
    "How do I convert m3 of gas to kWh?": "gas-units",
    "How can I lower the peak demand of a building?": "cutting-peak",
}
OF_METERS = [
    "What is the baseload?",
    "What is the load factor of b4?",
    "What was our load factor in 2019?",
    "Which building has the highest load factor?",
    "How much electricity was used last year?",
    "What are the degree days of March 2019?",
    "what is the meaning of life",
    "How do I bake a cake?",
    "",
    "\x00?\ud800",
]


def test_there_are_forty_pages_of_the_promised_length_with_sources() -> None:
    assert len(pages()) == 40
    for page in pages():
        words = len(f"{page.answer} {page.rest}".split())
        assert LEAST_WORDS <= words <= MOST_WORDS, f"{page.id} has {words} words"
        assert page.sources
        assert page.askings


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.id)
def test_page_is_best_for_each_way_it_is_asked_for(page: Page) -> None:
    found = {asking: best for asking in page.askings if (best := best_page(asking)) is not None}
    assert [asking for asking, (best, _) in found.items() if best.id != page.id] == []
    assert len(found) == len(page.askings)


@pytest.mark.parametrize(("question", "page"), ASKED.items())
def test_question_that_no_meter_answers_finds_its_page(question: str, page: str) -> None:
    found = page_asked_for(question)
    assert found is not None
    assert found.id == page


@pytest.mark.parametrize("question", OF_METERS)
def test_question_of_meters_or_of_something_else_finds_none(question: str) -> None:
    assert page_asked_for(question) is None


def test_no_question_of_the_answer_sets_is_taken_for_a_page() -> None:
    asked = set()
    for path in ANSWERS.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked |= {row.get("question"), *row.get("paraphrases", [])} - {None}
    assert len(asked) > 500
    assert [q for q in asked if isinstance(q, str) and page_asked_for(q) is not None] == []


def test_file_that_is_no_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text("# Odd\n\nNo askings.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape("odd.md is no page of knowledge")):
        read_page(path)


async def test_without_milvus_words_decide() -> None:
    embedder = Embedder()
    away = KnowledgeBase(milvus_of(Settings(milvus_uri=f"http://127.0.0.1:{free_port()}")), embedder)
    for base in (Pages(), away):
        found = await base.find("What is a good load factor?")
        assert found is not None
        assert found.id == "load-factor"
        assert await base.find("what happens when the clocks go forward") is None
    await away.close()
    await embedder.close()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Milvus is stopped at the end."""
    given = Settings(home=tmp_path_factory.mktemp("home"), milvus_uri=None)
    yield given
    asyncio.run(stop(milvus(given)))


@pytest.mark.slow
async def test_other_words_find_a_page_by_meaning_where_milvus_runs_also_after_a_change_of_pages(
    settings: Settings, tmp_path: Path
) -> None:
    for path in FOLDER.glob("d*.md"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    embedder = Embedder()
    base = KnowledgeBase(milvus_of(settings), embedder, tmp_path)
    await base.warm()
    question = "what happens when the clocks go forward"
    assert is_of_no_meter(question)
    found = await base.find(question)
    assert found is not None
    assert found.id == "daylight-saving-time"
    assert await base.find("what is the capital of France") is None
    assert await base.find("how do I bake a cake") is None
    await base.close()
    again = KnowledgeBase(milvus_of(settings), embedder, FOLDER / "nowhere")
    assert await again.find("what happens when the clocks go back") is None
    await again.close()
    await embedder.close()
