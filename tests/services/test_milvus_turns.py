"""In the embedded Milvus one writes at a time and a flush runs alone, so nothing that was written is missing."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from services.milvus_turns import Turns, taking_turns


def inside_at_once(kinds: list[Callable[[], AbstractContextManager[None]]]) -> bool:
    """Tell whether all of these can be inside together: each waits there for the others, 0.3 s at most."""
    meeting = threading.Barrier(len(kinds))
    met = []

    def enter(turn: Callable[[], AbstractContextManager[None]]) -> None:
        with turn():
            try:
                meeting.wait(0.3)
            except threading.BrokenBarrierError:
                return
            met.append(turn)

    threads = [threading.Thread(target=enter, args=(kind,)) for kind in kinds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(met) == len(kinds)


def test_any_number_read_beside_one_that_writes() -> None:
    turns = Turns()
    assert inside_at_once([turns.read, turns.read, turns.write])


@pytest.mark.parametrize("other", ["read", "write", "alone"])
def test_nobody_is_inside_beside_a_flush(other: str) -> None:
    turns = Turns()
    assert not inside_at_once([turns.alone, getattr(turns, other)])


def test_two_never_write_at_once() -> None:
    turns = Turns()
    assert not inside_at_once([turns.write, turns.write])


def test_turn_ends_where_the_call_breaks_off() -> None:
    class Servicer:
        def Query(self, request: str) -> str:  # noqa: N802 - as gRPC calls it
            raise OSError(request)

        HybridSearch = Search = GetCollectionStatistics = Insert = Upsert = Delete = Query

        def Flush(self, request: str) -> str:  # noqa: N802
            return f"flushed {request}"

    servicer = taking_turns(Servicer)()
    for call in (servicer.Query, servicer.Upsert):
        with pytest.raises(OSError, match="asked"):
            call("asked")
    assert servicer.Flush("all") == "flushed all"
