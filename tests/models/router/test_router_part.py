"""The document's `router` becomes the rules, or says what does not hold."""

import pytest
from pydantic import ValidationError

from models.router import Rules, Weights
from models.routing.router_part import RouterPart


def test_it_becomes_the_rules_of_the_router() -> None:
    part = RouterPart.model_validate({"strategy": "balanced", "weights": {"cost": 2}, "regions": ["eu"]})
    assert part.rules() == Rules("balanced", Weights(cost=2.0), ("eu",))
    assert part.rules("fastest").strategy == "fastest"


def test_what_is_not_written_is_as_the_router_has_it() -> None:
    assert RouterPart().rules() == Rules()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"weights": {"quality": 0, "cost": 0, "latency": 0, "load": 0}}, "sum to nothing"),
        ({"weights": {"quality": -1}}, "greater than or equal to 0"),
        ({"weights": {"quality": float("inf")}}, "finite number"),
        ({"weights": {"quality": 1e300}}, "less than or equal"),
        ({"weights": {"qualty": 1}}, "qualty"),
        ({"regions": ["EU"]}, "regions"),
        ({"regions": [""]}, "regions"),
        ({"strategy": 3}, "strategy"),
    ],
)
def test_what_does_not_hold_is_named(part: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        RouterPart.model_validate(part)
