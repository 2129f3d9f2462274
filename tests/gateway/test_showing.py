"""What is shown of data: nothing that steers a terminal, shapes that are true, tables that say no more than needed."""

import io
import json

import pytest

from gateway.grid import Grid, plain_lines, without_constant, without_empty
from gateway.json_out import json_text
from gateway.load_shape import axis, bar, curve
from gateway.safe_text import printable, shortened
from gateway.screen import PlainScreen
from gateway.terminal import TerminalScreen

HOSTILE = "Hall \x1b]0;title\x07\x1b[2J\u202egnirts\u2066[bold red]x[/] :smile:\r\n\x9b31m\ud800"


class Terminal(io.StringIO):
    """A terminal of 100 columns that keeps what it is sent."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_printable_text_has_one_line_and_no_control_or_direction_marks() -> None:
    text = printable(HOSTILE)
    assert all(char.isprintable() for char in text)
    assert "[bold red]x[/] :smile:" in text


def test_printable_leaves_ordinary_text_alone() -> None:
    text = "Müller-Straße 5, £12.40, 7 °C, 東京, a·b"
    assert printable(text) == text


def test_json_escapes_what_could_steer_a_terminal_and_keeps_the_value() -> None:
    text = json_text({HOSTILE: [HOSTILE, float("nan"), (1, None)]})
    assert all(char.isprintable() for char in text)
    assert json.loads(text) == {HOSTILE: [HOSTILE, None, [1, None]]}


def test_terminal_shows_names_as_text_not_as_markup() -> None:
    stream = Terminal()
    screen = TerminalScreen(stream)
    screen.say(HOSTILE)
    screen.grid(Grid(("name",), [(HOSTILE,)], title=HOSTILE))
    shown = stream.getvalue()
    assert shown.count("[bold red]x[/] :smile:") == 3
    assert not {"\x07", "\u202e", "\x9b"} & set(shown)
    assert "\x1b]0" not in shown
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize("width", [20, 40, 100])
def test_no_cell_of_a_table_is_ever_cut(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = Terminal()
    cells = ("-11,708,123 kWh", "b4", "2019-01-01 to 2019-03-14", "e1234567890")
    TerminalScreen(stream).grid(Grid(("value", "where", "when", "id"), [cells], wide=frozenset({"where"})))
    shown = "".join(stream.getvalue().split())
    assert all(cell.replace(" ", "") in shown for cell in cells)


def test_plain_screen_writes_no_escapes() -> None:
    stream = io.StringIO()
    screen = PlainScreen(stream)
    screen.say("bold words", "bold")
    screen.busy("thinking")
    screen.grid(Grid(("a", "n"), [("x", "1"), ("long", "22")], right=frozenset({"n"})))
    assert stream.getvalue() == "bold words\na      n\nx      1\nlong  22\n"


def test_columns_that_say_the_same_move_into_the_title() -> None:
    grid = Grid(("where", "when", "", "value"), [("b4", "2019", "", "1"), ("b8", "2019", "", "2")])
    told = without_constant(without_empty(grid, ("",)), ("where", "when"))
    assert (told.columns, told.title) == (("where", "value"), "2019")
    assert plain_lines(told) == ["2019", "where  value", "b4     1", "b8     2"]


def test_single_row_keeps_its_columns() -> None:
    grid = Grid(("where", "value"), [("b4", "1")])
    assert without_constant(grid, ("where",)) == grid


def test_curve_is_in_proportion_from_a_base_of_zero() -> None:
    assert curve([0, 1, 2, 4], width=4, height=1) == [" ▂▄█"]
    assert curve([2, 4], width=4, height=2) == ["  ██", "████"]


def test_curve_of_values_below_zero_starts_at_the_lowest() -> None:
    assert curve([-4, 0, 4], width=3, height=1) == [" ▄█"]


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0], [5.0], list(range(10_000))])
def test_curve_fits_its_width_whatever_it_is_given(values: list[float]) -> None:
    assert all(len(line) <= 60 for line in curve(values, width=60))


def test_axis_names_hours_below_their_places() -> None:
    hours = [f"{h:02d}:00" for h in range(24)]
    line = axis(hours, width=72)
    assert [line.index(h) for h in ("00:00", "06:00", "12:00", "18:00")] == [0, 12, 24, 36]
    assert axis([], width=72) == ""


def test_bar_fills_its_width_at_the_largest_and_is_never_nothing() -> None:
    assert bar(8, 8, width=4) == "████"
    assert bar(-4, 8, width=4) == "██"
    assert bar(0, 8, width=4) == "▏"
    assert bar(0, 0, width=4) == "▏"


def test_shortened_text_ends_with_an_ellipsis() -> None:
    assert shortened("a long reason", 7) == "a long…"
    assert shortened("short", 7) == "short"
