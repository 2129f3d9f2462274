"""The document's `budgets` say what they are, and what cannot be is an error at its line with the remedy."""

from pathlib import Path

import pytest

from config.yaml_file import DocumentError
from models.routing import load_routing
from models.routing.budgets_part import BudgetsPart

TEXT = (Path(__file__).resolve().parents[3] / "config" / "llm_routing.yaml").read_text()


def with_budgets(tmp_path: Path, budgets: str) -> Path:
    """Return the shipped document with other budgets."""
    path = tmp_path / "llm_routing.yaml"
    kept = [line for line in TEXT.splitlines() if not line.startswith("budgets:")]
    path.write_text("\n".join([*kept, f"budgets: {budgets}", ""]))
    return path


def test_shipped_document_writes_out_the_defaults() -> None:
    assert "\nbudgets: {daily_usd: 1, " in TEXT
    assert load_routing().document.budgets == BudgetsPart()


def test_document_without_budgets_has_them(tmp_path: Path) -> None:
    assert load_routing(with_budgets(tmp_path, "{}")).document.budgets.daily_usd == 1


def test_tenants_and_keys_are_named_with_both_limits(tmp_path: Path) -> None:
    path = with_budgets(
        tmp_path, "{tenants: {acme: {daily_usd: 5, monthly_usd: 50}}, keys: {k1: {daily_usd: 0, monthly_usd: 0}}}"
    )
    budgets = load_routing(path).document.budgets
    assert (budgets.tenants["acme"].monthly_usd, budgets.keys["k1"].daily_usd) == (50, 0)


@pytest.mark.parametrize(
    ("budgets", "said"),
    [
        ("{daily_usd: -1}", "daily_usd"),
        ("{monthly_usd: .inf}", "monthly_usd"),
        ("{daily_usd: .nan}", "daily_usd"),
        ("{question_share: 1.5}", "question_share"),
        ("{local_only_below: -0.1}", "local_only_below"),
        ("{lease_s: 0}", "lease_s"),
        ("{timezone: Mars/Olympus}", "'Mars/Olympus' is no time zone; give one such as Europe/Berlin or UTC"),
        ("{timezone: ../../etc/passwd}", "is no time zone"),
        ("{daily: 1}", "daily"),
        ("{tenants: {acme: {daily_usd: 1}}}", "monthly_usd"),
        ("3", "budgets"),
    ],
)
def test_budgets_that_cannot_be_are_named_with_their_line(tmp_path: Path, budgets: str, said: str) -> None:
    with pytest.raises(DocumentError, match=r"llm_routing\.yaml:\d+: ") as refused:
        load_routing(with_budgets(tmp_path, budgets))
    assert said in str(refused.value)
