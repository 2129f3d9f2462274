"""`eaio data` and `eaio building`: what there is, a file of one's own, what people know."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.gateway.conftest import Run
from tests.gateway.test_ask import in_terminal

HOUR = timedelta(hours=1)


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """Write forty days of two meters, one of an unpleasant name, and two rows that cannot be read."""
    path = tmp_path / "mine.csv"
    start = datetime(2023, 1, 1)
    rows = [f"{start + n * HOUR:%Y-%m-%d %H:%M};{5 + n % 24};{1 + n % 7}" for n in range(24 * 40)]
    head = "timestamp;Main hall electricity [kWh];\x1b[31mEvil[bold]\x07 gas (kWh)"
    path.write_text("\n".join([head, *rows, "nonsense;1;2", "2023-02-20 00:00;abc;3"]) + "\n")
    return path


@pytest.mark.usefixtures("served")
def test_list_shows_every_meter_of_both_sites(run: Run) -> None:
    done = run("data", "list")
    assert done.code == 0
    assert "Cambridge University Estates (cambridge), times of Europe/London, prices in GBP" in done.out
    row = next(line for line in done.out.splitlines() if "(b105)" in line)
    assert row.split("  ")[0] == "Building b105 (b105)"
    assert row.split()[3:] == ["electricity", "kWh", "2018-01-01", "2020-12-31", "100.0", "%"]


@pytest.mark.usefixtures("served")
def test_list_as_an_object_has_the_same(run: Run) -> None:
    listed = run("data", "list", "--json").json()
    assert listed["status"] == "answered"
    sites = {site["site"]["id"]: site for site in listed["sites"]}
    assert {"cambridge", "iiitd"} <= set(sites)
    meters = [m for b in sites["cambridge"]["buildings"] for m in b["meters"]]
    assert {m["meter"]["first"] for m in meters if m["meter"]["kind"] == "carbon"} == {"2018-01-01T00:00:00Z"}


@pytest.mark.usefixtures("served")
def test_check_shows_open_faults_and_loads(run: Run) -> None:
    done, listed = run("data", "check"), run("data", "check", "--json").json()
    assert "open: these travel with every fact" in done.out
    assert "b40/gas" in done.out
    assert "cambridge.parquet" in done.out
    assert {"unit_doubt", "level_step"} <= {fault["kind"] for fault in listed["open"]}


@pytest.mark.usefixtures("own_data")
def test_shipped_data_loads_once(run: Run) -> None:
    first, again = run("data", "load"), run("data", "load")
    assert (first.code, again.code) == (0, 0)
    assert again.out.startswith("The shipped data is in place: ")
    assert again.err == ""


@pytest.mark.usefixtures("own_data")
def test_own_file_is_shown_confirmed_and_loaded(run: Run, own_file: Path) -> None:
    words = ("data", "load", str(own_file), "--site", "Head office", "--tz", "Europe/Berlin")
    dry = run(*words, "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert "Main hall electricity [kWh]  electricity  Main hall" in dry.out
    assert not {"\x1b", "\x07"} & set(dry.out)
    assert "962 rows read; 1,921 hours of 2 meters would be loaded" in dry.out
    assert "what would be refused, and kept" in dry.out
    assert "Nothing was loaded (--dry-run)." in dry.out
    done = run(*words, "--yes")
    assert done.code == 0
    assert (
        "962 rows read, 1,921 hours loaded into site head-office: main-hall/electricity, 31mevil-bold/gas" in done.out
    )
    assert "      1  not a number\n      1  the time cannot be read\n" in done.out
    assert "nothing was done" in run(*words, "--yes").out
    answer = run("ask", "--json", "How much electricity did main hall use in January 2023?").json()
    assert answer["evidence"][0]["value"] == sum(5 + n % 24 for n in range(24 * 31))


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    ("typed", "code", "said"), [(b"y\n", 0, "hours loaded into site annex"), (b"n\n", 2, "nothing was loaded")]
)
def test_person_at_a_terminal_is_asked_before_anything_is_loaded(
    environment: dict[str, str], own_store: str, own_file: Path, typed: bytes, code: int, said: str
) -> None:
    words = ["data", "load", str(own_file), "--site", "Annex", "--tz", "UTC"]
    done = in_terminal(words, environment | {"EAIO_DATABASE_URL": own_store}, typed)
    assert done.code == code
    assert "Load it like this? [y/N]" in done.out
    assert said in done.out


@pytest.mark.usefixtures("own_data")
def test_site_that_is_known_lends_its_time_zone(run: Run, own_file: Path) -> None:
    done = run("data", "load", str(own_file), "--site", "Cambridge", "--dry-run", "--unit", "Wh", "--kind", "gas")
    assert done.code == 0
    assert "Europe/London" in done.out
    assert "electricity " not in done.out.splitlines()[3].partition("[kWh]")[2]


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--site", "New place"], "site 'New place' is new; say in which time zone"),
        (["--site", "X", "--tz", "Mars/Base"], "'Mars/Base'"),
        (["--site", "X", "--tz", "UTC", "--unit", "lux"], "'lux'"),
        (["--site", "X", "--tz", "UTC", "--kind", "noise"], "'noise'"),
        (["--site", "X", "--tz", "UTC", "--leave-out", "nope"], "'nope'"),
        (["--site", "X", "--tz", "UTC"], "--yes"),
    ],
)
def test_file_that_cannot_be_read_like_this_is_refused_with_the_remedy(
    run: Run, own_file: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    done = run("data", "load", str(own_file), *words)
    assert done.code == 2
    assert said in done.err


def test_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("data", "load", str(tmp_path / "none.csv"), "--site", "X", "--tz", "UTC", "--yes")
    assert done.code == 2
    assert "none.csv cannot be read" in done.err


@pytest.mark.usefixtures("own_data")
def test_building_says_old_and_new(run: Run) -> None:
    done = run("building", "set", "the library", "--floors", "7", "--year", "1999", "--use", "Reading Room")
    assert done.code == 0
    assert {line.split("  ")[0] for line in done.out.splitlines()} == {"lb", "use", "floors", "year built"}
    assert "library  reading room" in done.out
    again = run("building", "set", "lb", "--floors", "7")
    assert again.out == "lb is unchanged: it had these values before.\n"


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["b44", "--area", "10"], "'b44'"),
        (["b4", "--area", "-5"], "an area of -5 m2 cannot be"),
        (["b4", "--area", "nan"], "an area of nan m2 cannot be"),
        (["b4", "--floors", "900"], "900 floors cannot be"),
        (["b4", "--name", "\x1b\u202e"], "--name"),
    ],
)
def test_building_fact_that_cannot_be_is_refused(run: Run, words: list[str], said: str) -> None:
    done = run("building", "set", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.usefixtures("own_data")
def test_refused_rows_are_listed_and_load_when_they_are_read_in_another_way(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two formats.csv"
    start = datetime(2023, 1, 1)
    rows = [f"{start + n * HOUR:%Y-%m-%d %H:%M},{5 + n % 7}" for n in range(48)]
    path.write_text("\n".join(["timestamp,Mill kWh", *rows, "03/01/2023 00:00,8", "soon,9"]) + "\n")
    done = run("data", "load", str(path), "--site", "The mill", "--tz", "UTC", "--yes")
    assert "2  the time cannot be read" in done.out
    listed = run("data", "rejects", "--json").json()
    load = next(r["load"] for r in listed["rejects"] if r["raw"] == "soon,9")
    assert "50  the time cannot be read  03/01/2023 00:00,8" in run("data", "rejects", "--load", str(load)).out
    again = run("data", "rejects", "replay", str(load), "--time-format", "%d/%m/%Y %H:%M")
    assert again.code == 0
    assert "1 of 2 loaded now; hours written: 1" in again.out
    assert run("data", "rejects", "--load", str(load), "--json").json()["total"] == 1


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["replay"], "eaio data rejects replay LOAD"),
        (["replay", "x"], "eaio data rejects replay LOAD"),
        (["again"], "'again' is not understood"),
        (["--unit", "Wh"], "--unit goes with replay LOAD"),
        (["--load", "999999"], "no load 999999"),
        (["replay", "999999"], "no load 999999"),
    ],
)
def test_rejects_that_cannot_be_listed_or_tried_say_what_can(run: Run, words: list[str], said: str) -> None:
    done = run("data", "rejects", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.usefixtures("own_data")
def test_folder_is_loaded_once_and_says_what_came_of_each_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("time,Barn kWh\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n")
    (tmp_path / "bad.csv").write_text("nothing of use\n")
    words = ("data", "watch", str(tmp_path), "--once", "--site", "The farm", "--tz", "UTC")
    waiting = run(*words, "--settle", "3600")
    assert (waiting.code, "2 left: changed in the last 3600 s" in waiting.out) == (0, True)
    done = run(*words, "--settle", "0")
    assert done.code == 2
    assert "good.csv: 2 rows, 2 hours: barn/electricity" in done.out
    assert "bad.csv failed: bad.csv has no columns" in done.out
    assert (tmp_path / "done" / "good.csv").exists()
    assert (tmp_path / "failed" / "bad.csv.reason.txt").read_text().startswith("bad.csv has no columns")


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    ("words", "said"),
    [(["/nowhere/at/all", "--site", "X"], "is no folder"), (["."], "--site"), ([".", "--site", "New one"], "is new")],
)
def test_folder_that_cannot_be_watched_is_refused_with_the_remedy(run: Run, words: list[str], said: str) -> None:
    done = run("data", "watch", *words, "--once")
    assert (done.code, said in done.err) == (2, True)
