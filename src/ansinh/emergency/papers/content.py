"""What stands on the papers of this room, in Vietnamese whoever prints them. No line names a group or a ground of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import override

from ansinh.access.models import Office, Post
from ansinh.access.queries import competent, mandate_on
from ansinh.documents.kinds import PaperKind
from ansinh.documents.letterhead import letterhead, office_on, signer_fields, signing, title_in_one_line
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.operations import Content
from ansinh.documents.wording import (
    authority,
    cited_in_full,
    drafting_unit,
    first_lower,
    kept_at,
    legal_grounds,
    proposer,
    sum_in_words,
)
from ansinh.emergency.models import AidKind, AidLine, AidList, FundEntry, FundEntryKind, Protection, ReliefFund
from ansinh.emergency.papers import AID_DECISION, AID_PROPOSAL, AID_REPORT, FUND_NOTICE, PROTECTION_DECISION
from ansinh.emergency.queries import Balance, KindTotal, Stay, VillageTotal
from ansinh.kernel.money import money_text, number_text

_LETTERS = "abcdđeghik"
BY_HAND = " ".join("…" * 24)  # dots that a line may break between
NO_VILLAGE = "Chưa rõ thôn"


def _head(
    kind: PaperKind, office: Office, *, act: str, signer: Post | None, entry: OutgoingEntry | None, on: date, collective: bool = False
) -> tuple[Office, dict[str, Any], list[str]]:  # fmt: skip
    """The body of the paper's day, letterhead and signature, and the lines above the signature. `act`: the competence it is signed by."""
    dated_on = entry.dated_on if entry else None
    body = office_on(office, dated_on or on)
    head: dict[str, Any] = letterhead(
        office=body, symbol=kind.symbol, number=entry.number if entry else None, dated_on=dated_on, on=on
    )
    if entry and entry.number is None:
        head["so_ky_hieu"] = entry.symbol
    by_mandate = signer is not None and mandate_on(signer, act, on=dated_on or on) is not None
    lines = signing(signer, collective=collective, by_mandate=by_mandate) if signer else ["CHỦ TỊCH"]
    return body, head | dict(signer_fields(signer, lines)), lines


def _content(
    kind: PaperKind,
    office: Office,
    values: Mapping[str, Any],
    lines: list[str],
    *,
    noun: str,
    about: str,
    summary: str,
    signer: Post | None,
) -> Content:
    return Content(
        kind=kind.key, office=office, noun=noun, about=about, summary=summary, values=values, signer=signer,
        signer_title=title_in_one_line(lines),
    )  # fmt: skip


# --- a list ----------------------------------------------------------------------------------------------------------


def summary_of(aid_list: AidList) -> str:
    """'Về việc trợ giúp xã hội khẩn cấp (Bão số 9)'."""
    about = "trợ giúp xã hội khẩn cấp" if aid_list.occasion.is_relief else "tặng quà"
    return f"Về việc {about} ({aid_list.occasion.name})"


@override("vi")
def decision_content(
    aid_list: AidList,
    lines: Sequence[AidLine],
    *,
    act: str,
    source: str,
    signer: Post | None,
    entry: OutgoingEntry | None,
    on: date,
) -> Content:
    """The decision on a list: who receives what in all, and line by line as an annex. `act`: the competence it is taken by.

    `source`: whose resources pay, as the officer writes it; left to the pen when empty.
    """
    body, head, above = _head(AID_DECISION, aid_list.office, act=act, signer=signer, entry=entry, on=on)
    day = entry.dated_on if entry else on
    summary = summary_of(aid_list)
    more = [f"kết quả họp bình xét ngày {aid_list.reviewed_on:%d/%m/%Y}"] if aid_list.reviewed_on else []
    values = {
        **head, "trich_yeu": summary, "tham_quyen": authority(body).upper(), "cac_dieu": _articles(aid_list, lines, body, source),
        "can_cu": legal_grounds(
            office=body, on=day, cited={line.article for line in lines}, powers={rule.basis for rule in competent(act, on=day)},
            besides=[aid_list.occasion.paper, *more], proposed_by=proposer({body.id, aid_list.office_id}, day, drafted_by=aid_list.submitted_by),
        ),
        "noi_nhan": ["Như Điều 3;", kept_at(body)], "cac_nhom": by_village(lines),
        "phu_luc": "Người, hộ được trợ giúp xã hội khẩn cấp" if aid_list.occasion.is_relief else "Người, hộ được tặng quà",
        "kem_theo": f"(Kèm theo Quyết định số {head['so_ky_hieu']} {head['ngay']} của {authority(body)})", "tong": _total(lines),
    }  # fmt: skip
    return _content(
        AID_DECISION, aid_list.office, values, above, noun="aid_list", about=aid_list.code, signer=signer,
        summary=f"Quyết định {summary[0].lower()}{summary[1:]}",
    )  # fmt: skip


def _articles(aid_list: AidList, lines: Sequence[AidLine], body: Office, source: str) -> list[dict[str, Any]]:
    """What is given, whose resources pay, who carries it out."""
    place, unit = first_lower(aid_list.unit.name), drafting_unit(body)
    first = (
        f"Trợ giúp xã hội khẩn cấp do {aid_list.occasion.name} tại {place}" if aid_list.occasion.is_relief
        else f"Tặng quà nhân dịp {aid_list.occasion.name} tại {place}"
    )  # fmt: skip
    return [
        {"so": "1", "mo_dau": f"{first} (có danh sách kèm theo), gồm:", "cac_doan": _told(lines)},
        {
            "so": "2", "mo_dau": f"Nguồn thực hiện: {source.rstrip('.') or BY_HAND}.",
            "cac_doan": [f"{unit} tổ chức phát, lập danh sách ký nhận; kết thúc đợt tổng hợp, báo cáo kết quả theo quy định."],
        },
        {
            "so": "3", "cac_doan": [],
            "mo_dau": f"Quyết định này có hiệu lực kể từ ngày ký. {unit}, kế toán, các đơn vị có liên quan và các ông (bà), hộ gia đình "
            "có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./.",
        },
    ]  # fmt: skip


def _told(lines: Sequence[AidLine]) -> list[str]:
    """What each kind of support is in all: 'a) Gạo cứu đói: 12 hộ, 1.440 kg gạo;'."""
    found = []
    for kind in AidKind:
        mine = [line for line in lines if line.kind == kind]
        if mine:
            found.append(f"{kind.label}: {number_text(len(mine))} trường hợp{_worth(mine)}")
    ends = [*(";" for _ in found[1:]), "."]
    told = [f"{_LETTERS[place]}) {words}{ends[place]}" for place, words in enumerate(found)]
    total = sum(line.amount_vnd for line in lines)
    return [*told, f"Tổng số tiền: {sum_in_words(total)}."] if total else told


def _worth(lines: Sequence[AidLine]) -> str:
    rice, money = sum(line.rice_kg for line in lines), sum(line.amount_vnd for line in lines)
    return (f", {number_text(rice)} kg gạo" if rice else "") + (f", {number_text(money)} đồng" if money else "")


def _total(lines: Sequence[AidLine]) -> str:
    return f"Danh sách có {number_text(len(lines))} dòng{_worth(lines)}."


def by_village(lines: Iterable[AidLine]) -> list[dict[str, Any]]:
    """The lines, which come in the order of villages, in groups with their numbers."""
    groups, number = [], 0
    for village, mine in groupby(lines, key=lambda line: line.village_name):
        rows = []
        for line in mine:
            number += 1
            rows.append(_row(number, line))
        groups.append({"ten": village or NO_VILLAGE, "nguoi": rows})
    return groups


def _row(number: int, line: AidLine) -> dict[str, str]:
    return {
        "stt": str(number), "ho_ten": line.recipient, "nam_sinh": line.born_text, "khoan": line.get_kind_display(),
        "so_nguoi": str(line.persons or ""), "gao": number_text(line.rice_kg) if line.rice_kg else "", "hien_vat": line.goods,
        "so_tien": number_text(line.amount_vnd) if line.amount_vnd else "",
    }  # fmt: skip


@override("vi")
def proposal_content(aid_list: AidList, lines: Sequence[AidLine], *, act: str, signer: Post | None, on: date) -> Content:
    """The commune's proposal with the whole list, of every kind of support."""
    _body, head, above = _head(AID_PROPOSAL, aid_list.office, act=act, signer=signer, entry=None, on=on)
    review = "Trường hợp cấp bách, không tổ chức bình xét." if aid_list.skipped_review else ""
    review = f"Đã họp bình xét ngày {aid_list.reviewed_on:%d/%m/%Y}." if aid_list.reviewed_on else review
    told = [text for text in (aid_list.occasion.note, review, _total(lines)) if text]
    values = {
        **head,
        "trich_yeu": aid_list.occasion.name,
        "cac_doan": told,
        "cac_nhom": by_village(lines),
        "noi_nhan": ["Lưu hồ sơ."],
    }
    return _content(
        AID_PROPOSAL, aid_list.office, values, above, noun="aid_list", about=aid_list.code, signer=signer,
        summary=f"Danh sách đề nghị {summary_of(aid_list).removeprefix('Về việc ')}",
    )  # fmt: skip


@override("vi")
def report_content(
    aid_list: AidList, kinds: Sequence[KindTotal], villages: Sequence[VillageTotal], rows: Sequence[Balance], *, absent: int, note: str,
    act: str, signer: Post | None, entry: OutgoingEntry | None, on: date,
) -> Content:  # fmt: skip
    """The result of the round: by kind, by village, by source, what was left over, and what the office says of it."""
    body, head, above = _head(AID_REPORT, aid_list.office, act=act, signer=signer, entry=entry, on=on, collective=True)
    told = [
        f"Thực hiện Quyết định số {aid_list.decision_number} ngày {aid_list.decided_on:%d/%m/%Y}.",
        f"Số dòng chưa nhận, đã nộp lại: {number_text(absent)}.",
    ]
    told += [f"Nhận xét, kiến nghị: {note.rstrip('.')}."] if note else []
    summary = f"Kết quả thực hiện: {aid_list.occasion.name}"
    values = {
        **head, "trich_yeu": summary, "cac_doan": told, "noi_nhan": ["Cơ quan cấp trên (báo cáo);", kept_at(body)],
        "theo_khoan": [
            {
                "khoan": row.label, "so_dong": number_text(row.lines), "gao": number_text(row.rice_kg), "so_tien": number_text(row.amount_vnd),
                "da_nhan": number_text(row.given), "gao_nhan": number_text(row.given_kg), "tien_nhan": number_text(row.given_vnd),
            } for row in kinds
        ],
        "theo_thon": [
            {
                "thon": row.name or NO_VILLAGE, "so_dong": number_text(row.lines), "da_nhan": number_text(row.given),
                "gao": number_text(row.rice_kg), "so_tien": number_text(row.amount_vnd),
            } for row in villages
        ],
        "theo_nguon": [_source(row) for row in rows],
    }  # fmt: skip
    return _content(
        AID_REPORT, aid_list.office, values, above, noun="aid_list", about=aid_list.code, signer=signer,
        summary=f"Báo cáo kết quả {summary_of(aid_list).removeprefix('Về việc ')}",
    )  # fmt: skip


def _source(row: Balance) -> dict[str, str]:
    return {
        "nguon": row.label, "duoc_cap": number_text(row.received_vnd), "da_phat": number_text(row.given_vnd),
        "nop_tra": number_text(row.returned_vnd), "con_lai": number_text(row.left_vnd) if row.is_tracked else "",
        "gao": "; ".join(number_text(n) for n in (row.received_kg, row.given_kg, row.left_kg)) if row.is_tracked else "",
    }  # fmt: skip


# --- a stay, a fund --------------------------------------------------------------------------------------------------


@override("vi")
def protection_content(
    row: Protection, stay: Stay, *, office: Office, act: str, signer: Post | None, entry: OutgoingEntry | None, on: date
) -> Content:
    """The decision to care for somebody in danger. It cites the article and never names the ground: the paper goes to the carer."""
    body, head, above = _head(PROTECTION_DECISION, office, act=act, signer=signer, entry=entry, on=on)
    day = entry.dated_on if entry else on
    born = f", sinh {row.born_text}" if row.born_text else ""
    place = f", {row.care_place}" if row.care_place else ""
    article = f" ({cited_in_full(stay.article)})" if stay.article else ""
    unit = drafting_unit(body)
    articles = [
        {
            "so": "1", "mo_dau": f"Chăm sóc, bảo vệ khẩn cấp đối với {row.name}{born}.",
            "cac_doan": [
                f"- Nơi chăm sóc: {row.carer}{place}.",
                f"- Thời gian: từ ngày {row.taken_in_on:%d/%m/%Y}, không quá 03 tháng (đến ngày {stay.latest_on:%d/%m/%Y}).",
            ],
        },
        {
            "so": "2", "mo_dau": f"Tiền ăn {number_text(stay.food_day_vnd)} đồng/người/ngày, tính theo số ngày chăm sóc thực tế{article}.",
            "cac_doan": ["Chi phí điều trị, chi phí đưa về nơi cư trú hoặc cơ sở trợ giúp xã hội thực hiện theo quy định."],
        },
        {
            "so": "3", "cac_doan": [],
            "mo_dau": f"Quyết định này có hiệu lực kể từ ngày ký. {unit}, kế toán, {row.carer} và các đơn vị có liên quan chịu trách nhiệm "
            "thi hành Quyết định này./.",
        },
    ]  # fmt: skip
    summary = f"Về việc chăm sóc, bảo vệ khẩn cấp đối với {row.name}"
    values = {
        **head, "trich_yeu": summary, "tham_quyen": authority(body).upper(), "cac_dieu": articles, "noi_nhan": ["Như Điều 3;", kept_at(body)],
        "can_cu": legal_grounds(
            office=body, on=day, cited={stay.article}, powers={rule.basis for rule in competent(act, on=day)},
            proposed_by=proposer({body.id, office.id}, day, drafted_by=row.taken_in_by),
        ),
    }  # fmt: skip
    return _content(
        PROTECTION_DECISION, office, values, above, noun="protection", about=row.code, signer=signer,
        summary=f"Quyết định chăm sóc, bảo vệ khẩn cấp {row.code}",
    )  # fmt: skip


@override("vi")
def fund_content(
    fund: ReliefFund, entries: Iterable[FundEntry], sums: Mapping[str, int], *, office: Office, act: str, signer: Post | None,
    entry: OutgoingEntry | None, on: date,
) -> Content:  # fmt: skip
    """What is published of a fund: who gave what, where it went, what remains. Entries that were taken back are left out."""
    body, head, above = _head(FUND_NOTICE, office, act=act, signer=signer, entry=entry, on=on, collective=True)
    standing = [one for one in entries if not one.is_taken_back and one.corrects_id is None]
    told = (
        f"Tồn đầu kỳ {money_text(sums['opening'])}; tiếp nhận {money_text(sums['received'])}; phân bổ {money_text(sums['allocated'])}; "
        f"còn lại {money_text(sums['left'])}. Hiện vật còn lại trị giá {money_text(sums['goods'])}."
    )
    summary = f"Công khai thu, phân bổ {fund.name}"
    values = {
        **head, "trich_yeu": summary, "cac_doan": [told], "noi_nhan": ["Niêm yết công khai;", kept_at(body)],
        "tiep_nhan": _entries(standing, FundEntryKind.RECEIVED), "phan_bo": _entries(standing, FundEntryKind.ALLOCATED),
    }  # fmt: skip
    return _content(
        FUND_NOTICE,
        office,
        values,
        above,
        noun="relief_fund",
        about=fund.code,
        signer=signer,
        summary=f"Thông báo {summary[0].lower()}{summary[1:]}",
    )


def _entries(standing: Iterable[FundEntry], kind: str) -> list[dict[str, str]]:
    mine = (one for one in standing if one.kind == kind)
    return [
        {
            "stt": str(place), "ngay": f"{one.on:%d/%m/%Y}", "ben": one.party or (one.list.occasion.name if one.list else ""),
            "chung_tu": one.receipt, "so_tien": number_text(one.amount_vnd) if one.amount_vnd else "", "hien_vat": one.goods,
        }
        for place, one in enumerate(mine, 1)
    ]  # fmt: skip
