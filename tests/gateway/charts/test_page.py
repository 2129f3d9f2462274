"""A page of charts holds everything that it shows, runs one script and lets no name become anything else."""

import base64
import hashlib
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gateway.charts.page import Told, page_of
from gateway.charts.spec import spec_of
from gateway.safe_text import printable
from tests.gateway.charts.made import EVERY, HOSTILE, baseline, heat, months, ranking
from tools.chart import Chart

pytestmark = pytest.mark.slow  # Vega is bundled anew in each process
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOLD = Told(f"What did {HOSTILE}?", f"{HOSTILE} used 5 kWh.", [f"gas of {HOSTILE}"], ["e0123456789"])


class Read(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        self._inside = tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._inside, data))

    def scripts(self) -> list[str]:
        """Return the JSON and the script."""
        return [text for tag, text in self.texts if tag == "script" and text.strip()]


def page(charts: Sequence[Chart], told: Told = TOLD) -> str:
    """Return the page of charts."""
    return page_of(charts, [spec_of(c) for c in charts], told)


def test_policy_allows_the_one_script_and_no_loading() -> None:
    read = Read(page([ranking()]))
    policy = next(value for name, value in read.attributes if name == "content" and "default-src" in value)
    digest = base64.b64encode(hashlib.sha256(read.scripts()[1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert "unsafe-eval" not in policy


def test_hostile_names_make_no_element_and_no_attribute() -> None:
    plain, hostile = (
        Read(page([ranking(name)], told)) for name, told in (("b4", Told("q", "h", ["c"])), (HOSTILE, TOLD))
    )
    assert hostile.tags - plain.tags == Counter({"code": 1})  # how to look up a fact
    assert not [name for name, _ in hostile.attributes if name.startswith("on") or name in ("src", "href")]
    data = json.loads(hostile.scripts()[0])
    assert printable(HOSTILE)[:40] in json.dumps(data, ensure_ascii=False).replace('\\"', '"')


def test_values_stand_below_in_a_table_and_gaps_are_empty() -> None:
    text = page([months(), baseline(), heat()])
    assert "<td>2019-01</td><td" in text
    assert ">600</td>" in text
    assert ">550 to 650</td>" in text
    assert '<td>2019-03-30</td><td class="right"></td><td class="right">105</td>' in text
    assert ">mean, kW</th>" in text


def test_page_says_how_sensitive_it_is_and_which_facts_it_shows() -> None:
    assert "INTERNAL: It is for people of the house." in page([ranking()])
    text = page([ranking(), heat()])
    assert "RESTRICTED: It can show when people are in the building" in text
    assert "e0123456789" in text


if BROWSER:  # where there is no browser, the policy above is what is tested

    @dataclass(frozen=True)
    class Visit:
        """What a browser made of a page, and everything it asked the network for."""

        dom: str
        asked: str

    def visit(text: str, folder: Path) -> Visit:
        """Open a page in a browser that has no network, only a record of what was asked of it."""
        (folder / "page.html").write_text(text)
        browser = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
        wanted = ["--virtual-time-budget=10000", f"--log-net-log={folder / 'net.json'}", "--dump-dom"]
        quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
        offline = ["unshare", "-rn"]
        if subprocess.run([*offline, "true"], capture_output=True, check=False).returncode:
            offline = []  # the record below tells all the same
        words = [*offline, *browser, *quiet, *wanted, f"file://{folder / 'page.html'}"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=100, check=True)
        return Visit(done.stdout, (folder / "net.json").read_text())

    def test_browser_without_a_network_draws_every_kind_and_asks_for_nothing(tmp_path: Path) -> None:
        seen = visit(page([*EVERY.values(), ranking(HOSTILE)]), tmp_path)
        assert f'data-drawn="{len(EVERY) + 1}"' in seen.dom
        assert seen.dom.count('class="marks"') == len(EVERY) + 1
        assert "<title>run</title>" not in seen.dom
        assert "127.0.0.1:9" not in seen.asked  # what the hostile name would load
        assert "vega.github.io" not in seen.asked
        assert "jsdelivr" not in seen.asked

    def test_browser_record_would_show_a_page_that_loads_something(tmp_path: Path) -> None:
        seen = visit('<img src="http://127.0.0.1:9/x"><script>document.title="run"</script>', tmp_path)
        assert "127.0.0.1:9/x" in seen.asked
        assert "<title>run</title>" in seen.dom

    def test_year_of_hours_is_drawn_on_a_canvas(tmp_path: Path) -> None:
        seen = visit(page([heat(days=365)]), tmp_path)
        assert 'data-drawn="1"' in seen.dom
        assert "<canvas" in seen.dom
