"""Lettings, contract prices and amounts used are recognised; market prices are not."""

import pytest

from privacy.recognisers import aggregate_use, tariffs, tenancy
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


TENANT_LEASE = [
    "«Acme Ltd rents the fourth floor»",
    "«The lease with Northwind Traders ends in March 2027».",
    "«unit 5 is let to Bluebird Bakery»",
    "«the rent is £42,500 a year»",
    "«tenant: Fabrikam GmbH»",
    "«Contoso has a break clause in June 2026».",
    "«service charge of £7.20 per sq ft»",
    "«Northwind is two months in arrears»",
    "«Mieter Fabrikam GmbH zahlt 12.000 EUR im Monat»",
    "«le loyer est de 4 200 € par mois»",
    "«el inquilino Acme S.L. paga 3.000 € al mes»",
    "«Our tenant Globex owes £12,000»",
    "«The rent review with Initech is due in May».",
    "«Suite 300 is leased by Wayne Enterprises at $32/sq ft»",
    "«monthly rent 3,400 EUR»",
    "«Umbrella plc subleases level 6»",
    "«deposit of €9,000» for unit 12",
    "«Brightside Dental moved into unit 7 on a five-year lease»",
    "«we get £18 per sq ft from Harlow & Sons»",
    "«Flat 3 pays 850 a month»",
    "«the anchor tenant, Zenith Gym, can break in 2027»",
    "«Der Mieter Bäckerei Kunz ist zwei Monate im Rückstand»",
]
NO_TENANT_LEASE = [
    "What is a green lease?",
    "Do tenants pay for submetered power?",
    "How do rent levels relate to EPC?",
    "What is a typical break clause?",
]


@pytest.mark.parametrize("marked", TENANT_LEASE)
def test_letting_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in tenancy.RECOGNISERS for s in recognise(text)], "TENANT_LEASE")


@pytest.mark.parametrize("text", NO_TENANT_LEASE)
def test_talk_without_letting_is_left_alone(text: str) -> None:
    assert not [s for recognise in tenancy.RECOGNISERS for s in recognise(text)]


TARIFF_CONTRACT = [
    "«we pay 28.4 p/kWh»",
    "«Our unit rate is 0.2145 €/kWh»",
    "«standing charge 45.2 p/day»",
    "«demand charge of $14.50/kW» on our contract",
    "«EDF offered 71.20 EUR/MWh until 2027»",
    "«PPA at £52/MWh for 10 years with Orsted»",
    "«contract price 8.9 ct/kWh»",
    "«unser Arbeitspreis ist 24,3 ct/kWh»",
    "«nous payons 0,18 €/kWh»",
    "«pagamos 0,15 €/kWh»",
    "«day rate 31.2p, night rate 18.4p»",
    "«capacity charge 2.1 p/kVA/day»",
    "«Our supplier Octopus quotes 25.1p per kWh»",
    "«the contract with Engie runs out on 30 September 2025»",
    "«fixed price of 82 €/MWh» with EnBW",
    "«our night rate is 14.2p»",
    "«supplier wants 0.31 per kWh»",
    "«we signed with Vattenfall at 9.2 cents until March 2027»",
    "«Grundpreis 14,90 € im Monat, Arbeitspreis 31,2 Cent»",
    "«triad charges cost us £41/kW»",
]
NO_TARIFF_CONTRACT = [
    "What is a typical electricity price in Germany?",
    "The average wholesale price in 2022 was 230 EUR/MWh.",
    "Assume 0.30 €/kWh, what does a kW of base load cost?",
    "How do demand charges work?",
]


@pytest.mark.parametrize("marked", TARIFF_CONTRACT)
def test_price_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in tariffs.RECOGNISERS for s in recognise(text)], "TARIFF_CONTRACT")


@pytest.mark.parametrize("text", NO_TARIFF_CONTRACT)
def test_talk_without_price_is_left_alone(text: str) -> None:
    assert not [s for recognise in tariffs.RECOGNISERS for s in recognise(text)]


AGGREGATE_USE = [
    "b4 «used 132,010 kWh in 2019»",
    "«our electricity bill was £42,000 last year»",
    "«January 12,000 kWh»",
    "«EUI of 182 kWh/m2»",
    "«cost us 18,400 EUR in March»",
    "«annual gas use 320 MWh»",
    "Wychwood Mill used 1,918,000 kWh and Juniper Point «640,500 kWh».",
]
NO_AGGREGATE_USE = [
    "A typical office uses 150 kWh/m2",
    "1 kWh is 3.6 MJ",
    "How many kWh did b4 use in 2019?",
    "A 300 kWh battery",
]


@pytest.mark.parametrize("marked", AGGREGATE_USE)
def test_amount_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in aggregate_use.RECOGNISERS for s in recognise(text)], "AGGREGATE_USE")


@pytest.mark.parametrize("text", NO_AGGREGATE_USE)
def test_talk_without_amount_is_left_alone(text: str) -> None:
    assert not [s for recognise in aggregate_use.RECOGNISERS for s in recognise(text)]


def test_totals_in_json_and_in_columns_of_a_table_are_found() -> None:
    table = "site;area_m2;kwh_2023;cost_2023\nPomander House;4100;512330;118200\nKiln;90;12;n/a\nnext line; here"
    assert [table[s.start : s.end] for s in aggregate_use.records(table)] == ["512330", "118200"]
    row = '{"site": "b4", "kwh_2023": 1284551, "total_cost": 90125}'
    assert [row[s.start : s.end] for s in aggregate_use.records(row)] == ["1284551", "90125"]
