"""Public holidays are those of the site's country."""

from datetime import date

import pytest

from tools.errors import BadQuestion
from tools.public_holidays import country_of, holidays_of


def test_holidays_are_those_of_the_country_and_its_part() -> None:
    assert date(2019, 12, 25) in holidays_of("GB", [2019])
    assert date(2019, 4, 22) in holidays_of("GB", [2019], "ENG")
    assert date(2019, 4, 22) not in holidays_of("GB", [2019])


@pytest.mark.parametrize(("country", "part"), [("ZZ", None), ("GB", "ATLANTIS")])
def test_unknown_country_is_named_with_the_remedy(country: str, part: str | None) -> None:
    with pytest.raises(BadQuestion, match="ISO 3166"):
        holidays_of(country, [2019], part)


@pytest.mark.parametrize(
    ("timezone", "country"), [("Europe/London", "GB"), ("Asia/Kolkata", "IN"), ("UTC", None), ("Mars/Base", None)]
)
def test_country_is_told_from_the_time_zone(timezone: str, country: str | None) -> None:
    assert country_of(timezone) == country
