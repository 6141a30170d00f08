"""Another province's units from CSV: loaded whole or refused with row and column."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Succession, Unit
from ansinh.localities.queries import where_today

pytestmark = pytest.mark.django_db

UNITS = """key,code,name,kind,level,parent_code,province_code,valid_from,valid_to,population_2019,basis
98@0000,98,Tỉnh Thử,Tỉnh,1,,98,,,,
981@0000,981,Huyện Thử,Huyện,2,98,98,,2025-07-01,,
98001@0000,98001,Xã Một,Xã,3,981,98,,2025-07-01,4000,
98002@0000,98002,Xã Hai,Xã,3,981,98,,2025-07-01,6000,
98001@2025-07-01,98001,Xã Chung,Xã,3,98,98,2025-07-01,,,NQ thử
"""
SUCCESSIONS = """event_on,old_code,new_code,extent,is_default,basis
2025-07-01,98001,98001,whole,1,NQ thử
2025-07-01,98002,98001,whole,1,NQ thử
2025-07-01,981,,abolished,,NQ thử
"""


def load(tmp_path, units: str = UNITS, successions: str = SUCCESSIONS) -> str:
    (tmp_path / "don-vi.csv").write_text(units, encoding="utf-8")
    (tmp_path / "ke-tuc.csv").write_text(successions, encoding="utf-8")
    out = StringIO()
    call_command("load_places", str(tmp_path / "don-vi.csv"), str(tmp_path / "ke-tuc.csv"), stdout=out)
    return out.getvalue()


def test_a_province_is_loaded_with_its_parents_and_successions(tmp_path, as_maintenance):
    before = Unit.objects.count()
    assert f"{before + 5} đơn vị" in load(tmp_path)
    two = Unit.objects.get(key="98002@0000")
    assert two.parent.name == "Huyện Thử" and two.parent.parent.name == "Tỉnh Thử"
    (heir,) = where_today(two, on=Unit.objects.get(key="98001@2025-07-01").period.lower)
    assert heir.unit.name == "Xã Chung" and heir.is_whole
    with as_maintenance():
        assert Entry.objects.filter(act="load_units", key="don-vi.csv").exists()


def test_loading_again_changes_nothing_and_mends_a_name(tmp_path):
    load(tmp_path)
    counts = Unit.objects.count(), Succession.objects.count()
    load(tmp_path, UNITS.replace("Xã Hai", "Xã Hải"))
    assert (Unit.objects.count(), Succession.objects.count()) == counts
    assert Unit.objects.get(key="98002@0000").name == "Xã Hải"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("code,name", "ma,name", "thiếu cột: code"),
        ("98002@0000,98002", "98002@0000,9802", "dòng 5, cột code: “9802”"),
        ("Xã Hai", "", "dòng 5, cột name: bỏ trống"),
        (",2025-07-01,6000", ",01/07/2025,6000", "dòng 5, cột valid_to: “01/07/2025” không phải ngày"),
        (",,2025-07-01,6000", ",2025-07-02,2025-07-01,6000", "dòng 5, cột valid_to: “2025-07-01” phải sau"),
        ("6000", "sáu nghìn", "dòng 5, cột population_2019: “sáu nghìn” không phải số nguyên"),
        ("98002@0000,", "98001@0000,", "dòng 5, cột key: “98001@0000” đã có ở don-vi.csv, dòng 4"),
        ("98002@0000,98002", "98002@0000,98001", "dòng 5, cột valid_from: mã “98001” trùng thời gian"),
        ("Xã,3,981,98,,2025-07-01,6000", "Xã,3,982,98,,2025-07-01,6000", "dòng 5, cột parent_code: không có đơn vị cấp trên mã “982”"),
        ("Xã,3,981,98,,2025-07-01,6000", "Xã,3,981,9,,2025-07-01,6000", "dòng 5, cột province_code"),
        ("Xã,3,981,98,,2025-07-01,6000", "Xã,ba,981,98,,2025-07-01,6000", "dòng 5, cột level: “ba”"),
    ],
)  # fmt: skip
def test_a_wrong_unit_is_named_by_row_and_column_and_nothing_is_loaded(tmp_path, old, new, words):
    before = Unit.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        load(tmp_path, UNITS.replace(old, new, 1))
    assert words in str(refusal.value)
    assert Unit.objects.count() == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2025-07-01,98002", ",98002", "dòng 3, cột event_on: bỏ trống"),
        ("98002,98001,whole", "98002,98009,whole", "dòng 3, cột new_code: không có đơn vị mã “98009” vào ngày 01/07/2025"),
        ("98002,98001,whole", "98009,98001,whole", "dòng 3, cột old_code: không có đơn vị mã “98009”"),
        ("98002,98001,whole", "98002,98001,hết", "dòng 3, cột extent: “hết”"),
        ("98002,98001,whole,1", "98002,98001,whole,co", "dòng 3, cột is_default: “co”"),
        ("98002,98001,whole", "98002,,whole", "dòng 3, cột new_code: bỏ trống"),
    ],
)
def test_a_wrong_succession_is_named_by_row_and_column_and_nothing_is_loaded(tmp_path, old, new, words):
    before = Unit.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        load(tmp_path, successions=SUCCESSIONS.replace(old, new, 1))
    assert words in str(refusal.value)
    assert Unit.objects.count() == before


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00bad")
    for path in (tmp_path / "a.csv", tmp_path / "khong-co.csv"):
        with pytest.raises(InvalidInput, match="Không đọc được tệp"):
            call_command("load_places", str(path), stdout=StringIO())


def test_every_succession_of_our_own_files_has_its_basis():
    wrong = [s for s in Succession.objects.all() if "program]" in s.basis or not s.basis]
    assert wrong == []
