"""A watched folder: what has arrived whole is loaded once, and moved to where it says what came of it."""

import asyncio
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from memory.column_guess import guess_mapping
from memory.errors import BadFile, StoreDown
from memory.own_data import OwnLoad, load_file
from memory.postgres import Pool, fetch
from memory.watch import claimed, load_arrivals, settled, unsettled

GOOD = "time,A kWh\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n"


def arrived(folder: Path, name: str, text: str, age_s: float = 60.0) -> Path:
    """Write a file that has not changed for a while."""
    path = folder / name
    path.write_text(text)
    os.utime(path, (time.time() - age_s,) * 2)
    return path


async def loaded(path: Path) -> OwnLoad:
    """Take a file for loaded."""
    if "broken" in path.name:
        raise BadFile(f"{path.name} has no time column")
    return OwnLoad("home", known=False, rows=2)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_file_is_moved_to_where_it_says_what_came_of_it(tmp_path: Path) -> None:
    arrived(tmp_path, "b.csv", GOOD, age_s=50)
    arrived(tmp_path, "broken.csv", "x", age_s=90)
    first, second = await load_arrivals(tmp_path, loaded)
    assert (first.reason, second.load) == ("broken.csv has no time column", OwnLoad("home", known=False, rows=2))
    assert names(tmp_path) == ["done/b.csv", "failed/broken.csv", "failed/broken.csv.reason.txt"]
    assert (tmp_path / "failed" / "broken.csv.reason.txt").read_text() == "broken.csv has no time column\n"


async def test_second_file_of_a_name_does_not_replace_the_first(tmp_path: Path) -> None:
    for text in ("one", "two"):
        arrived(tmp_path, "a.csv", text)
        await load_arrivals(tmp_path, loaded)
    assert (tmp_path / "done" / "a.csv").read_text() == "one"
    assert (tmp_path / "done" / "a-2.csv").read_text() == "two"


async def test_file_that_is_still_written_or_has_a_name_of_that_is_left(tmp_path: Path) -> None:
    arrived(tmp_path, "new.csv", GOOD, age_s=1)
    for name in (".hidden.csv", "a.csv.part", "b.crdownload"):
        arrived(tmp_path, name, GOOD)
    assert await load_arrivals(tmp_path, loaded, settle_s=5) == []
    assert unsettled(tmp_path) == 3
    assert settled(tmp_path, settle_s=0) == [tmp_path / "new.csv"]


async def test_store_that_is_down_leaves_the_file_where_it_is(tmp_path: Path) -> None:
    async def down(_path: Path) -> OwnLoad:
        raise StoreDown("no connection")

    arrived(tmp_path, "a.csv", GOOD)
    with pytest.raises(StoreDown):
        await load_arrivals(tmp_path, down)
    assert names(tmp_path) == ["a.csv"]


def _take(folder: str, begin: object, taken: object) -> None:
    """Be one of several watchers of a folder."""

    async def load(path: Path) -> OwnLoad:
        taken.put(path.name)  # type: ignore[attr-defined]
        return OwnLoad("home", known=False)

    begin.wait()  # type: ignore[attr-defined]
    asyncio.run(load_arrivals(Path(folder), load))


@pytest.mark.slow
def test_two_watchers_never_load_one_file_twice(tmp_path: Path) -> None:
    for n in range(40):
        arrived(tmp_path, f"{n}.csv", GOOD)
    context = multiprocessing.get_context("fork")
    begin, taken = context.Barrier(2), context.Queue()
    watchers = [context.Process(target=_take, args=(str(tmp_path), begin, taken)) for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    found = [taken.get(timeout=30) for _ in range(40)]
    for watcher in watchers:
        watcher.join()
    assert [watcher.exitcode for watcher in watchers] == [0, 0]
    assert taken.empty()
    assert sorted(found) == sorted(f"{n}.csv" for n in range(40))
    assert len(names(tmp_path)) == 40


def test_file_that_was_moved_meanwhile_is_not_ours(tmp_path: Path) -> None:
    path = arrived(tmp_path, "a.csv", GOOD)
    with claimed(path) as mine:
        assert mine
        with claimed(path) as also:
            assert not also
    path.rename(tmp_path / "b.csv")
    with claimed(path) as gone:
        assert not gone


@pytest.mark.slow
async def test_file_that_arrives_again_is_known_and_moved(empty: Pool, tmp_path: Path) -> None:
    async def load(path: Path) -> OwnLoad:
        return await load_file(empty, path, site="home", mapping=guess_mapping(path, timezone="UTC"))

    for known in (False, True):
        arrived(tmp_path, "a.csv", GOOD)
        (one,) = await load_arrivals(tmp_path, load)
        assert one.load is not None
        assert one.load.known is known
    assert await fetch(empty, "SELECT count(*) FROM readings") == [(2,)]
