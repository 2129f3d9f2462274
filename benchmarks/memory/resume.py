"""Conversations gone on with after their process was killed: `python -m benchmarks.memory.resume`.

At every node of the advisor graph, before and after it, in the middle of what it keeps, and between two turns, a
process is killed in its second turn. Another process goes on with the conversation, and asks a question that refers to
the turns before. Counted are turns that are missing, there twice, or answered otherwise than without a kill: in the
answers, in the ledger of runs, in the ledger of usage, and in agent memory. Then it prints what a turn takes that is
kept, and how: each step before the next begins (`sync`), beside it (`async`), in memory, or not at all.
"""

import asyncio
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.lines import Lines
from benchmarks.memory.turn_cost import turn_costs
from config.settings import Settings
from services import ensure_postgres, stop_all

ROUTES = {
    "note": ("take_note",),
    "local": ("classify", "route", "recall_answer", "retrieve_context", "generate_local", "verify", "remember"),
    "report": ("fallback", "report_evidence"),
    "cloud": ("privacy_gate", "generate_cloud"),
    "page": ("tell_page",),
    "cached": ("recall_answer", "remember"),
}
"""Where a process is killed, by what happens to the question."""
PAGE, NOTE = "What is EUI?", "Remember that the chiller of {} runs all night."
FIRST, NEXT = "How much electricity did b4 use in 2019?", "and in June 2018?"
KEPT = "takes it back"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


@dataclass
class Case:
    """One conversation, and where its process is killed."""

    scenario: str
    place: str
    ending: str
    thread: str
    question: str
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return where the process is killed."""
        return f"{self.scenario}: {self.ending} {self.place}"


def cases(names: Sequence[str], run: str) -> list[Case]:
    """Return every case, each in a conversation of its own about a month of its own."""
    places = [(s, p, ending) for s, nodes in ROUTES.items() for p in nodes for ending in ("before", "after")]
    places += [("local", "remember", "during"), ("local", "two turns", "between"), ("page", "two turns", "between")]
    asked = [f"How much electricity did {name} use in {month} 2019?" for month in MONTHS for name in names]
    of_all = [f"Which building used the most electricity in {month} 2019?" for month in MONTHS]
    cached = cycle(of_all)  # the answer about one building is not: its chart tells when that is empty
    own = {"page": cycle([PAGE]), "cached": cached, "note": map(NOTE.format, names)}
    return [
        Case(*place, f"{run}-{n}", next(own[place[0]]) if place[0] in own else asked[n])
        for n, place in enumerate(places)
    ]


def killed_at(case: Case) -> list[str]:
    """Return the place and the ending as the child takes them."""
    return [case.place, case.ending]


class Children:
    """The processes that are killed, and those that come after; see `benchmarks.memory.killed`."""

    def __init__(self, settings: Settings, *options: str) -> None:
        """`options`: `words` spares them the embedding model."""
        given = {"home": str(settings.home), "profile": "embedded", "database_url": settings.database_url}
        self._given = {**given, "milvus_uri": settings.milvus_uri}
        command = [sys.executable, "-m", "benchmarks.memory.killed", *options]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(
        self, scenario: str, talks: Iterable[tuple[str | None, Sequence[str]]], *, remembering: bool = True, **more: Any
    ) -> dict[str, Any]:
        """Do a job in a process of its own, with agent memory or without; return what came of it."""
        told = [{"thread": thread, "questions": list(questions)} for thread, questions in talks]
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        given = {**self._given, **({} if remembering else {"milvus_uri": "http://127.0.0.1:1"})}
        job = {"settings": given, "scenario": scenario, "talks": told, **more}
        self._child.stdin.write(json.dumps(job) + "\n")
        self._child.stdin.flush()
        done: dict[str, Any] = json.loads(self._child.stdout.readline())
        return done

    def close(self) -> None:
        """End the process that the others come from."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait()
        self._child.stdout.close()


def run(children: Children, database: str, wanted: Sequence[Case]) -> None:
    """Kill a process in each case, go on, and note in the cases what is not as it should be."""
    # What is told of a building makes what was computed of it old, so the notes come first and alone.
    for notes in (True, False):
        _kill_and_go_on(children, [case for case in wanted if (case.scenario == "note") is notes])
    with psycopg.connect(database) as connection:
        for case in wanted:
            _count_rows(case, connection)
            if case.scenario == "note":
                _count_notes(case, connection)


def _kill_and_go_on(children: Children, wanted: Sequence[Case]) -> None:
    unkilled = _said_unkilled(children, wanted)
    for case in wanted:
        end = children.do(case.scenario, [(case.thread, [FIRST, case.question])], kill=killed_at(case))
        if end.get("signal") != signal.SIGKILL:
            case.wrong.append(f"the process was not killed: {end}")
    for scenario in dict.fromkeys(case.scenario for case in wanted):
        ours = [case for case in wanted if case.scenario == scenario]
        done = children.do(scenario, [(case.thread, [NEXT]) for case in ours], episodes=True)
        for case, talk in zip(ours, done["talks"], strict=True):
            _compare(case, talk, unkilled[case.question])
            _count_episodes(case, done["episodes"])


def _said_unkilled(children: Children, wanted: Sequence[Case]) -> dict[str, list[str]]:
    """Return what is said to each question, and to the next one in full, where nobody is killed; it is cached then."""
    talks: dict[str, tuple[str | None, list[str]]] = {PAGE: (None, [PAGE, in_full(PAGE)])}
    for case in wanted:
        if case.scenario == "cached":  # a ranking is of the sites that are talked about
            talks[case.question] = (f"{case.thread}-unkilled", [FIRST, case.question, NEXT])
        elif case.scenario != "note":
            talks[case.question] = (None, [case.question, in_full(case.question)])
    done = children.do("cached", talks.values(), remembering=False)["talks"]
    said = {q: [a["headline"] for a in talk["answers"][-2:]] for q, talk in zip(talks, done, strict=True)}
    return said | {case.question: [KEPT, said[PAGE][1]] for case in wanted if case.scenario == "note"}


def in_full(question: str) -> str:
    """Return what is asked after a question, in words that need nothing before."""
    before = FIRST if question == PAGE else question
    return f"{before.rpartition(' in ')[0]} in June 2018?"


def _compare(case: Case, talk: dict[str, Any], said: Sequence[str]) -> None:
    resumed, after = talk["resumed"], talk["answers"][0]
    if case.ending == "between":
        if resumed is not None:
            case.wrong.append("a turn that was over was answered again")
    elif resumed is None:
        case.wrong.append("the turn was lost")
    elif (resumed["status"], resumed["question"]) != ("answered", case.question) or said[0] not in resumed["headline"]:
        case.wrong.append(f"the turn was answered with {resumed['headline'] or resumed['reason']!r}, not {said[0]!r}")
    elif case.scenario == "cached" and "cached" not in resumed["receipt"]:
        case.wrong.append("the turn was computed, though its answer was there")
    if after["headline"] != said[1]:
        case.wrong.append(f"the next turn was {after['headline'] or after['reason']!r}, not {said[1]!r}")


def _count_episodes(case: Case, episodes: Sequence[str]) -> None:
    found = sum(text.startswith(f"Asked: {case.question} ") for text in episodes)
    computed = case.scenario in ("local", "report", "cloud")
    if found > 1 or (computed and not found):
        case.wrong.append(f"agent memory has {found} episodes of the turn")


def _count_rows(case: Case, connection: "psycopg.Connection[Any]") -> None:
    found = connection.execute("SELECT id, question FROM runs WHERE thread_id = %s ORDER BY at", (case.thread,))
    runs = found.fetchall()
    if sorted(question for _, question in runs) != sorted([FIRST, case.question, NEXT]):
        case.wrong.append(f"the ledger has the turns {[question for _, question in runs]}")
    for id_, question in runs:
        row = connection.execute("SELECT count(*) FROM usage WHERE question_id = %s", (id_,)).fetchone()
        # A report comes after the model that failed, and calls of a cloud are written where they are paid.
        wanted = {"report": 2, "cloud": 0}.get(case.scenario, 1)
        if row is None or row[0] != wanted:
            case.wrong.append(f"usage has {row and row[0]} rows of {question!r}")


def _count_notes(case: Case, connection: "psycopg.Connection[Any]") -> None:
    told = case.question.removeprefix("Remember that ").rstrip(".")
    found = connection.execute("SELECT count(*) FROM told_facts WHERE text LIKE %s", (f"%{told}%",)).fetchone()
    if found is None or found[0] != 1:
        case.wrong.append(f"what was told is kept {found and found[0]} times")


def main() -> int:
    """Print how many turns are wrong, by what went wrong."""
    lines = Lines()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), profile="embedded")
        try:
            children = Children(settings)
            children.do("local", [(None, [FIRST])])  # the first start loads the data
            wanted = cases(_buildings(settings), "r")
            run(children, asyncio.run(ensure_postgres(settings)), wanted)
            children.close()
            costs = asyncio.run(turn_costs(settings))
        finally:
            asyncio.run(stop_all(settings))
    for case in wanted:
        for what in case.wrong:
            print(f"  {case.name}: {what}")
    for what, ms in costs.items():
        lines.line(f"a turn with no model, ms p50: {what}", ms)
    lines.line("processes killed in a turn or between two", len(wanted), least=2 * sum(map(len, ROUTES.values())))
    lines.line("  conversations with a lost, doubled or wrong turn", sum(bool(case.wrong) for case in wanted), most=0)
    return lines.end()


def _buildings(settings: Settings) -> list[str]:
    with psycopg.connect(asyncio.run(ensure_postgres(settings))) as connection:
        found = connection.execute(
            "SELECT DISTINCT building_id FROM meters WHERE kind = 'electricity' AND building_id <> 'b4'"
            " AND first_at < '2018-02-01' AND last_end > '2020-01-01' ORDER BY 1"
        )
        return [name for (name,) in found.fetchall()]


if __name__ == "__main__":
    sys.exit(main())
