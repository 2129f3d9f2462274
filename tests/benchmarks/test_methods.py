"""What `docs/methods.md` says of our numbers is what they are, and a difference is not made to look small."""

from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.data.methods.__main__ import BEGIN, END, PARTS, put_into, rows_of, summary
from benchmarks.data.methods.beside import HEADER, Row, number, table

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"


def row(ours: float, theirs: float | None, most: float | None = 1e-6) -> Row:
    return Row("method", "quantity", "kWh", ours, "library", theirs, most)


def test_figures_that_agree_to_six_digits_differ_by_nothing() -> None:
    assert row(100.0, 100.00001).cells()[-1] == "0"


def test_difference_is_relative_to_the_reference_and_signed() -> None:
    assert row(90.0, 100.0, most=0.2).cells()[-1] == "-10 %"


def test_figures_further_apart_than_allowed_are_missed() -> None:
    assert row(90.0, 100.0, most=0.05).cells()[-1].endswith("MISSED")
    assert not row(90.0, 100.0, most=0.05).is_near


def test_reference_that_is_not_installed_is_said_and_missed_by_nobody() -> None:
    cells = row(90.0, None).cells()
    assert cells[-2:] == ("not installed", "")
    assert row(90.0, None).is_near


def test_difference_from_a_zero_is_never_near() -> None:
    assert not row(1.0, 0.0, most=0.5).is_near
    assert row(0.0, 0.0).is_near


def test_difference_in_its_own_unit_is_told_in_it() -> None:
    assert Row("m", "q", "degC", 14.5, "scipy", 14.0, 1.0, "absolute").cells()[-1] == "+0.5 degC"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (38.0, "38"),
        (0.5976, "0.5976"),
        (0.0123456789, "0.0123457"),
        (1234567.8, "1,234,570"),
        (-5.5, "-5.5"),
    ],
)
def test_numbers_are_written_to_six_digits(value: float, written: str) -> None:
    assert number(value) == written


def test_summary_counts_rows_that_miss() -> None:
    assert (
        "3 rows, 2 with a reference: 1 equal to six digits, 1 too far apart"
        in summary([row(1.0, 1.0), row(1.0, 2.0), row(1.0, None)])[0]
    )


def test_table_goes_between_the_marks_of_a_page_and_nowhere_else() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert put_into(page, ["new"]) == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    with pytest.raises(ValueError, match="no place for the table"):
        put_into("a page without marks", ["new"])


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_answers_agree_with_references_and_the_page_says_so(part: ModuleType) -> None:
    rows = rows_of(part)
    assert [r.what for r in rows if not r.is_near] == []
    printed = {line.rsplit(" | ", 2)[0] for line in PAGE.read_text(encoding="utf-8").splitlines()}
    ours = [line.rsplit(" | ", 2)[0] for line in table(rows)[2:]]
    changed = [line for line in ours if line not in printed]
    assert not changed, "print the table anew: python -m benchmarks.data.methods --page docs/methods.md"


def test_page_holds_the_whole_table_and_no_row_that_is_missed_or_not_installed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    inside = text.partition(BEGIN)[2].partition(END)[0]
    assert f"| {' | '.join(HEADER)} |" in inside
    assert "MISSED" not in inside
    assert "not installed" not in inside
