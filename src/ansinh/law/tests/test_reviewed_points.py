"""Points found on reading the law notes and the case format against the engine, each with the situation that showed it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh import law
from ansinh.law.asking import arrears, deadline, first_payment, monthly, one_off
from ansinh.law.caseformat import social
from ansinh.law.caseformat.reading import file_faults
from ansinh.law.cli import check_files
from ansinh.law.situation import Situation

SEVERE = {"disability": "severe"}


def situation(**case: Any) -> Situation:
    return Situation.from_case(case)


def owed(asked: Situation) -> dict[tuple[str, tuple[str, ...]], int]:
    return {(line.person, tuple(f"{month:%Y-%m}" for month in line.months)): line.amount_vnd for line in arrears(asked)}


@pytest.mark.parametrize("switch_first", [True, False])
def test_suspended_months_are_owed_when_the_level_switch_is_decided_in_the_month_of_the_resumption(switch_first):
    decided = [
        {"kind": "level_switch_decided", "person": "adult", "month": "2026-11"},
        {"kind": "resumed", "person": "adult", "month": "2026-11", "conditions": "unchanged"},
    ]
    asked = situation(
        persons={"adult": SEVERE},
        events=[
            {"kind": "suspended", "person": "adult", "month": "2026-09"},
            *(decided if switch_first else reversed(decided)),
            {
                "kind": "paid",
                "person": "adult",
                "benefit": "monthly_allowance",
                "months": ["2026-07", "2026-08"],
                "per_month_vnd": 750000,
            },
        ],
    )

    assert owed(asked) == {("adult", ("2026-07", "2026-08")): 120000, ("adult", ("2026-09", "2026-10")): 1620000}


def test_suspended_months_are_not_owed_again_after_an_earlier_resumption():
    asked = situation(
        persons={"adult": SEVERE},
        events=[
            {"kind": "suspended", "person": "adult", "month": "2026-07"},
            {"kind": "resumed", "person": "adult", "month": "2026-09", "conditions": "unchanged"},
            {"kind": "level_switch_decided", "person": "adult", "month": "2026-11"},
        ],
    )

    assert owed(asked) == {}


def test_two_people_decided_in_one_month_are_both_owed_what_reaches_back_to_their_certificates():
    granted = [
        {"kind": kind, "person": person, "date": day, **more}
        for person in ("wife", "husband")
        for kind, day, more in (
            ("certificate_issued", "2023-03-20", {}),
            ("decision_signed", "2023-05-10", {"benefit": "monthly_allowance"}),
        )
    ]
    since = {"disability": [{"value": "severe", "from": "2023-03-20"}]}
    asked = situation(procedure="by_events", persons={"wife": since, "husband": since}, events=granted)

    assert owed(asked) == {("wife", ("2023-03", "2023-04")): 1080000, ("husband", ("2023-03", "2023-04")): 1080000}
    assert first_payment(asked, "husband", "decision_signed").total_vnd == 1620000


def test_a_tie_that_lasts_for_decades_is_still_answered():
    asked = situation(
        persons={"elder": {"birth": "1950-01-01", "marital": "widowed", "children": ["child"]}, "child": {"birth": "2044-05-05"}},
        household={"poverty": "poor"},
    )

    assert [line.category for line in monthly(asked, date(2046, 6, 1)).lines] == ["SOCIAL_PENSION_75"]


def test_the_latest_event_counts_whatever_its_place_in_the_list():
    asked = situation(
        persons={"adult": {}},
        events=[
            {"kind": "injured", "person": "adult", "date": "2025-06-01", "cause": "fire", "treatment_days": 5},
            {"kind": "injured", "person": "adult", "date": "2024-06-01", "cause": "fire", "treatment_days": 1},
            {"kind": "received_complete", "person": "adult", "benefit": "monthly_allowance", "date": "2026-10-05"},
            {"kind": "received_complete", "person": "adult", "benefit": "monthly_allowance", "date": "2026-10-01"},
        ],
    )

    assert one_off(asked, "injury", "adult").amount_vnd == 5000000
    assert deadline(asked, "decide_monthly_allowance") == (date(2026, 10, 14), 7)


@pytest.mark.parametrize("children", [["child", "child"], []])
def test_a_child_named_twice_or_a_list_of_none_is_refused_with_case_and_path(children):
    case = {
        "id": "SA-1",
        "title": "one child, twice",
        "regimes": ["R1"],
        "procedure": "settled",
        "persons": {"parent": {"children": children}, "child": {"birth": "2020-01-01"}},
        "expect": [{"ask": "monthly", "month": "2024-01", "total_vnd": 0}],
        "legal_basis": ["khoản 4 Điều 5"],
        "confidence": "high",
    }

    faults = list(file_faults({"format": social.FORMAT, "cases": [case]}))

    assert len(faults) == 1
    assert faults[0].startswith("  SA-1: persons/parent/children: ")


def test_a_case_that_breaks_the_engine_fails_alone(tmp_path, monkeypatch, capsys):
    def broken(case):
        raise RecursionError("too deep")

    monkeypatch.setattr("ansinh.law.cli.differences", broken)
    path = tmp_path / "cases.yaml"
    path.write_text(
        f"format: {social.FORMAT}\ncases:\n"
        "- {id: SA-1, title: nothing, regimes: [R1], procedure: settled, legal_basis: [x], confidence: high,\n"
        "   expect: [{ask: monthly, month: '2024-01', total_vnd: 0}]}\n"
    )

    assert check_files([path]) == 1

    told = capsys.readouterr().out
    assert "RecursionError: too deep" in told
    assert told.endswith("0 passed, 1 failed\n")


def sentence(key: str, regime: str) -> str:
    return next(law.sentence_of(rule, regime) for rule in law.rules(regime) if rule.key == key)


def test_a_rule_reads_as_its_conditions_one_by_one_and_what_it_gives():
    assert sentence("elder_75_hard_area", "R1").endswith(
        "được hưởng khi đáp ứng đủ các điều kiện: từ đủ 75 tuổi đến dưới 80 tuổi; "
        "sống ở xã, thôn đặc biệt khó khăn vùng dân tộc thiểu số và miền núi; thuộc hộ nghèo hoặc hộ cận nghèo; "
        "không thuộc trường hợp người cao tuổi hộ nghèo không có người phụng dưỡng. "
        "Mức hưởng: mức chuẩn trợ giúp xã hội nhân hệ số 1,0."
    )
    assert "hoặc có nhưng thấp hơn 540.000\N{NO-BREAK SPACE}đ/tháng" in sentence("social_pension_75", "R3")
    assert sentence("disabled_severe", "R2").endswith(
        "2,0 nếu dưới 16 tuổi hoặc từ đủ 60 tuổi; 1,5 nếu từ đủ 16 tuổi đến dưới 60 tuổi."
    )


def test_every_open_point_of_the_law_notes_is_seeded_and_none_is_taken_as_confirmed():
    asked = {"hung_yen_815", "thai_binh_19", "decree_147_details", "decree_335_annex", "poverty_line_2027", "payment_fee"}

    assert asked <= {point.key for point in law.unread()}
    assert {question.while_unconfirmed for question in law.unconfirmed()} == {"hold", "warn"}
    assert {question.key for question in law.unconfirmed()} >= set(social.PARAMETERS)


def test_the_choices_of_the_case_format_are_those_of_the_law_files_with_the_same_default():
    for name, values in social.PARAMETERS.items():
        question = law.questions()[name]
        default = None if name == "social_pension_low_pension_mode" else values[0]
        assert (set(values), question.default) == ({choice.value for choice in question.choices}, default)


@pytest.mark.parametrize("answered", [{}, {"birth_year_only": "officer"}])
def test_a_birth_left_to_the_officer_holds_what_depends_on_it(answered):
    asked = situation(persons={"adult": {"birth": "1964", **SEVERE}}, law={"parameters": answered})

    assert monthly(asked, date(2024, 6, 1)).payable_vnd == 0
    assert monthly(asked, date(2025, 6, 1)).payable_vnd == 1000000


@pytest.mark.parametrize(
    ("answered", "payable"),
    [({}, 0), ({"war_merit_beside_allowance": "highest"}, 0), ({"war_merit_beside_allowance": "both"}, 750000)],
)
def test_an_allowance_beside_war_merit_is_paid_without_an_officer_only_when_both_were_confirmed(answered, payable):
    asked = situation(persons={"adult": {"other_monthly_allowance": True, **SEVERE}}, law={"parameters": answered})

    assert monthly(asked, date(2025, 6, 1)).payable_vnd == payable


def test_no_value_claims_to_be_in_force_before_the_document_it_cites():
    instruments = law.instruments()
    early = [
        (key, value.basis)
        for key, parameter in law.parameters().items()
        for value in parameter.values
        if value.in_force_from < instruments[value.instrument].in_force_from
    ]

    assert early == []


@pytest.mark.parametrize(
    ("month", "standard", "mark"),
    [
        ((2014, 12), 180000, "K"), ((2015, 1), 270000, "K"), ((2021, 6), 270000, "K"), ((2021, 7), 360000, "V"),
        ((2024, 6), 360000, "V"), ((2024, 7), 500000, "K"), ((2026, 6), 500000, "K"), ((2026, 7), 540000, "V"),
    ],
)  # fmt: skip
def test_the_standard_of_each_month_has_the_mark_of_the_law_notes(month, standard, mark):
    value = law.parameters()["standard"].on(date(*month, 1))

    assert (value.value, value.mark) == (standard, mark)


def test_the_law_known_before_the_new_decree_gives_the_old_money():
    asked = situation(persons={"adult": SEVERE})

    assert law.monthly(asked, date(2026, 8, 1), known_on=date(2026, 9, 1)).total_vnd == 750000
    assert law.monthly(asked, date(2026, 8, 1)).total_vnd == 810000


def test_the_points_of_clause_one_and_the_months_are_told_as_the_engine_counts_them():
    told = {regime.key: {one.title: one.text for one in law.provisions(regime.key)} for regime in law.regimes()}

    assert "; hoặc cha hoặc mẹ đã chết và người còn lại không xác định được" in told["R3"]["Điểm b khoản 1"]
    assert "không xác định được" not in told["R1"]["Điểm b khoản 1"]
    assert all(f"Điểm {point} khoản 1" in told["R2"] for point in "abcdđeghikl")
    assert told["R2"]["Điều chỉnh mức hưởng"] == "Tính từ tháng sau tháng có thay đổi."
    assert told["R3"]["Điều chỉnh mức hưởng"] == "Tính ngay từ tháng có thay đổi."
    assert "giấy xác nhận khuyết tật" in told["R1"]["Tháng bắt đầu hưởng"]
    assert "tạm giam" in told["R1"]["Tạm dừng và chi trả tiếp"]
    assert "tạm giam" not in told["R3"]["Tạm dừng và chi trả tiếp"]


def test_an_old_suspension_does_not_hide_a_later_detention():
    asked = situation(
        persons={"adult": SEVERE},
        events=[
            {"kind": "suspended", "person": "adult", "month": "2022-03", "ground": "not_collected"},
            {"kind": "resumed", "person": "adult", "month": "2022-05", "conditions": "unchanged"},
            {"kind": "detained", "person": "adult", "date": "2024-03-10"},
        ],
    )

    assert [monthly(asked, date(2024, month, 1)).total_vnd for month in (3, 4, 5)] == [540000, 540000, 0]


def test_a_decided_suspension_takes_the_place_of_the_detention_it_follows():
    asked = situation(
        persons={"adult": SEVERE},
        events=[
            {"kind": "detained", "person": "adult", "date": "2024-03-10"},
            {"kind": "suspended", "person": "adult", "month": "2024-06", "ground": "detained"},
        ],
    )

    assert [monthly(asked, date(2024, month, 1)).total_vnd for month in (5, 6)] == [540000, 0]


@pytest.mark.parametrize(
    ("code", "cited"),
    [
        ("ND335.5.6", "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP"),
        ("ND20.11.1.a", "Điểm a khoản 1 Điều 11 NĐ 20/2021/NĐ-CP"),
        ("ND335.12", "Điều 12 NĐ 335/2026/NĐ-CP"),
        ("ND20.4.3", "Khoản 3 Điều 4 NĐ 20/2021/NĐ-CP"),
        ("ND176.5", "Điều 5 NĐ 176/2025/NĐ-CP"),
        ("ND335.P", "ND335.P"),
        ("X1", "X1"),
    ],
)
def test_every_code_of_the_law_is_cited_as_the_gazette_writes_it(code, cited):
    assert law.citation_of(code) == cited


def test_a_card_runs_from_the_first_month_of_a_benefit_to_the_last_and_again_after_a_suspension():
    asked = situation(
        procedure="by_events",
        persons={"adult": SEVERE},
        events=[
            {"kind": "certificate_issued", "person": "adult", "date": "2024-02-20"},
            {"kind": "decision_signed", "person": "adult", "benefit": "monthly_allowance", "date": "2024-04-10"},
            {"kind": "suspended", "person": "adult", "month": "2024-07"},
            {"kind": "resumed", "person": "adult", "month": "2024-09", "conditions": "unchanged"},
            {"kind": "died", "person": "adult", "date": "2024-11-30"},
        ],
        law={"parameters": {"resume_months_r1_r2": "none"}},
    )

    assert law.insured_months(asked, "adult", date(2024, 1, 1), date(2025, 6, 1)) == [
        (date(2024, 2, 1), date(2024, 7, 1)),
        (date(2024, 9, 1), date(2024, 12, 1)),
    ]
    assert [change.act for change in law.health_insurance_changes(asked, date(2024, 12, 1))] == ["decrease"]
