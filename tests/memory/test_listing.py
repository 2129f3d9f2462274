"""What there is and how good it is, in plain data."""

from pathlib import Path

import pytest

from memory.column_guess import guess_mapping
from memory.listing import data_check, data_list
from memory.own_data import load_csv
from memory.postgres import Pool


async def test_list_has_every_site_building_and_meter(shipped: Pool) -> None:
    cambridge, iiitd = await data_list(shipped)
    assert (cambridge.site.id, iiitd.site.id) == ("cambridge", "iiitd")
    assert [len(site.buildings) for site in (cambridge, iiitd)] == [13, 8]
    assert cambridge.buildings[0].building is None
    assert {meter.meter.kind for meter in cambridge.buildings[0].meters} == {
        "temperature", "humidity", "irradiance", "carbon", "price",
    }  # fmt: skip
    ids = [listed.building.id for listed in cambridge.buildings if listed.building]
    assert ids == ["b4", "b8", "b19", "b22", "b25", "b31", "b35", "b36", "b40", "b58", "b105", "b111"]


async def test_meter_is_listed_with_its_coverage_and_open_faults(shipped: Pool) -> None:
    meters = {m.meter.id: m for site in await data_list(shipped) for b in site.buildings for m in b.meters}
    assert len(meters) == 38
    b4 = meters["b4/electricity"]
    assert (b4.hours, b4.valid_hours, b4.open_faults) == (26_304, 26_304 - 46, 0)
    assert b4.coverage == pytest.approx(26_258 / 26_304)
    assert meters["lcb/electricity"].coverage == pytest.approx((38_521 - 29_544 - 1_111) / 38_521)
    assert meters["b40/gas"].open_faults == 2


async def test_check_sorts_faults_and_tells_of_loads(shipped: Pool) -> None:
    check = await data_check(shipped)
    assert all(fault.open for fault in check.open)
    assert not any(fault.open for fault in check.history)
    assert [load.file for load in check.loads] == ["catalog.yaml", "cambridge.parquet", "iiitd.parquet"]


async def test_check_tells_why_rows_were_refused(empty: Pool, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = "".join(f"2024-01-01 {h:02}:00,{h}\n" for h in range(20))
    path.write_text(f"time,A kWh\n{good}x,1\ny,2\n2024-01-02 00:00,?\n")
    await load_csv(empty, path, site="s", mapping=guess_mapping(path, timezone="UTC"))
    (load,) = (await data_check(empty)).loads
    assert (load.file, load.site, load.rows, load.rejected) == ("a.csv", "s", 23, 3)
    assert load.reasons == (("the time cannot be read", 2), ("not a number", 1))
