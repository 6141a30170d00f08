"""What stands on the paper of a decision: articles, grounds, recipients, the list of its people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from ansinh import law
from ansinh.access.models import OfficeKind, Post
from ansinh.access.queries import mandate_on, signing_posts
from ansinh.documents.letterhead import letterhead, office_on, signer_fields, signing, title_in_one_line
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.operations import Content
from ansinh.documents.wording import authority, cited_in_full, drafting_unit, kept_at, sum_in_words
from ansinh.entitlements.models import Act, Benefit, Decision, DecisionItem
from ansinh.entitlements.papers import DECISION, TRANSITION, wording
from ansinh.entitlements.queries import Naming, holds_sensitive, on_paper
from ansinh.kernel.money import NBSP, coefficient_text, number_text
from ansinh.kernel.periods import month_text

_GIVES = (Act.GRANT, Act.ADJUST, Act.RESUME)
_ONCE = (Act.ARREARS, Act.RECOVERY, Act.WRITE_OFF)  # the amount is that of each of their months
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_LETTERS = "abcdđeg"


def signers(decision: Decision, *, on: date) -> list[Post]:
    """Posts that may sign it on a day: competent or mandated for every benefit in it; heads, deputies, then who signs TUQ."""
    office = office_on(decision.office, on)
    allowed: list[Post] | None = None
    for benefit in sorted(set(decision.items.values_list("benefit", flat=True))):
        found = list(signing_posts(benefit, unit_ids=[office.unit_id], on=on))
        allowed = found if allowed is None else [post for post in allowed if post in found]
    drafter = decision.drafted_by.user_id if decision.drafted_by else None
    return [post for post in allowed or [] if post.user_id != drafter]


@override("vi")
def decision_content(
    decision: Decision, *, signer: Post | None, entry: OutgoingEntry | None, by: Post, on: date
) -> Content:  # fmt: skip
    """The fields of a decision's paper as `by` may print it. One person: everything in the articles; several: a list as an annex.

    Grounds are named by `on_paper`: a paper of several people that holds a sensitive one names none.
    """
    items = list(decision.items.select_related("person__village", "entitlement", "cared_for").order_by("number", "id"))
    naming = on_paper(decision.items.all(), by)
    dated_on = entry.dated_on if entry else None
    day = dated_on or on
    office = office_on(decision.office, day)
    head = letterhead(office=office, symbol=DECISION.symbol, number=entry.number if entry else None, dated_on=dated_on, on=on)
    if entry and entry.number is None:
        head["so_ky_hieu"] = entry.symbol
    by_mandate = bool(signer) and any(mandate_on(signer, benefit, on=day) for benefit in {item.benefit for item in items})
    lines = (
        signing(signer, by_mandate=by_mandate) if signer else ["CHỦ TỊCH" if office.kind == OfficeKind.COMMUNE else "GIÁM ĐỐC"]
    )
    alone = len({item.person_id for item in items}) == 1
    summary = _summary(items, alone, day)
    values = {
        **head,
        **signer_fields(signer, lines),
        "trich_yeu": summary,
        "tham_quyen": authority(office).upper(),
        "can_cu": wording.grounds(decision, items, office, day),
        "cac_dieu": _articles(items, naming, office, alone, day),
        "noi_nhan": ["Như Điều 3;", kept_at(office)],
        "cac_nhom": [] if alone else _groups(items, naming),
        "phu_luc": f"{summary.removeprefix('Về việc ').split(' đối với ')[0].capitalize()}",
        "kem_theo": f"(Kèm theo Quyết định số {head['so_ky_hieu']} {head['ngay']} của {authority(office)})",
        "so_nguoi": number_text(len({item.person_id for item in items})),
    }
    return Content(
        kind=kind_of_paper(decision, alone=alone), office=decision.office, noun="decision", about=decision.code, summary=f"Quyết định {summary[0].lower()}{summary[1:]}",
        values=values, signer=signer, signer_title=title_in_one_line(lines),
        is_sensitive=naming.tells and holds_sensitive(decision.items.all()),
    )  # fmt: skip


def kind_of_paper(decision: Decision, *, alone: bool) -> str:
    """Which template prints it: the list of a change of law has columns of its own."""
    return TRANSITION.key if decision.transition and not alone else DECISION.key


def _first_upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _people(number: int) -> str:
    """'12 người', never parted at the end of a line."""
    return f"{number_text(number)}{NBSP}người"


def _summary(items: Sequence[DecisionItem], alone: bool, on: date) -> str:
    people = len({item.person_id for item in items})
    who = wording.addressed(items[0].person, on) if alone else _people(people)
    return f"Về việc {wording.about(items)} đối với {who}"


# --- articles --------------------------------------------------------------------------------------------------------


def _articles(items: Sequence[DecisionItem], naming: Naming, office, alone: bool, on: date) -> list[dict[str, Any]]:
    first = _for_one(items, naming, on) if alone else _for_many(items)
    who = wording.addressed(items[0].person, on) if alone else "các ông (bà) có tên trong danh sách"
    return [
        {"so": "1", "mo_dau": first[0], "cac_doan": first[1:]},
        {
            "so": "2", "cac_doan": [],
            "mo_dau": "Quyết định này có hiệu lực kể từ ngày ký. Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo quy định.",
        },
        {
            "so": "3", "cac_doan": [],
            "mo_dau": f"{drafting_unit(office)}, thủ trưởng các cơ quan, đơn vị có liên quan và {who} chịu trách nhiệm thi hành Quyết định này./.",
        },
    ]  # fmt: skip


def _for_one(items: Sequence[DecisionItem], naming: Naming, on: date) -> list[str]:
    person = items[0].person
    told = [f"sinh {'năm' if person.birth_precision == 'year' else 'ngày'} {wording.born(person)}"] if person.born_on else []
    told += [f"nơi ở: {place}"] if (place := wording.lives(person)) else []
    who = ", ".join([wording.addressed(person, on), *told])
    if len(items) == 1:
        return [f"{_act(items[0])} đối với {who}.", *_lines_of(items[0], naming)]
    lines = [f"{_first_upper(wording.about(items))} đối với {who}, cụ thể:"]
    for number, item in enumerate(items, 1):
        lines += [f"{number}. {_act(item)}:", *_lines_of(item, naming)]
    return lines


def _act(item: DecisionItem) -> str:
    if item.benefit == Benefit.FUNERAL and item.act == Act.GRANT:
        return str(Benefit.FUNERAL.label)
    words = f"{wording.VERBS[Act(item.act)]} {str(Benefit(item.benefit).label).lower()}"
    return f"Cho {words}" if item.act in (Act.GRANT, Act.RESUME) else f"{words[0].upper()}{words[1:]}"


def _lines_of(item: DecisionItem, naming: Naming) -> list[str]:
    """What is decided for one person, line by line: the ground with its article, the money, the months, the reason."""
    article = cited_in_full(naming.article(item) or law.citation_of(naming.code(item)))
    lines = [f"- Đối tượng: {naming.category(item)}{f' ({article})' if article else ''}."]
    if item.benefit == Benefit.FUNERAL:  # of nobody's group: the dead person's is that of the allowance
        lines = [f"- Căn cứ: {article}."] if article else []
    if item.cared_for:
        lines.append(f"- Người được chăm sóc: {wording.addressed(item.cared_for, item.from_month)}.")
    month = month_text(item.from_month)
    if item.benefit == Benefit.FUNERAL:
        return lines + _funeral_lines(item)
    if item.act in _GIVES:
        count = f" × {item.count} con" if item.count > 1 else ""
        old = item.entitlement.amount_vnd if item.act == Act.ADJUST and item.entitlement else 0
        before = f"; mức đang hưởng: {number_text(old)} đồng/tháng" if old else ""
        lines.append(
            f"- Hệ số {coefficient_text(item.coefficient)} × mức chuẩn {number_text(item.standard_vnd)} đồng{count}{before}."
        )
        until = f" đến hết tháng {month_text(item.to_month)}" if item.to_month else ""
        lines.append(f"- Mức hưởng hằng tháng: {sum_in_words(item.amount_vnd)}, từ tháng {month}{until}.")
    elif item.act in _ONCE:
        each = f" (mỗi tháng {number_text(item.amount_vnd)} đồng)" if len(item.months) > 1 else ""
        lines.append(f"- Số tiền: {sum_in_words(_once(item))}, {wording.months_words(item.months)}{each}.")
    else:
        lines.append(f"- Từ tháng {month}.")
    if item.act in _GIVES and (owed := item.law.get("owed")):
        lines.append(f"- Truy lĩnh: {sum_in_words(sum(owed.values()))}, {wording.months_words(sorted(owed))}.")
    reason = naming.reason(item)
    return [*lines, f"- Lý do: {reason.rstrip('.')}."] if reason and cited_in_full(reason) != article else lines


def _once(item: DecisionItem) -> int:
    """The whole of an amount that is decided for each of some months."""
    return item.amount_vnd * max(1, len(item.months))


def _funeral_lines(item: DecisionItem) -> list[str]:
    times = coefficient_text(item.coefficient).removesuffix(",0")
    words = f"- Mức hỗ trợ: {times} × {number_text(item.standard_vnd)} đồng = {sum_in_words(item.amount_vnd)}, chi một lần."
    lines = [words, f"- Người nhận: {wording.receiver(item.payee)}."] if item.payee else [words]
    return [*lines, f"- Lý do: {item.reason.rstrip('.')}."] if item.reason else lines


def _for_many(items: Sequence[DecisionItem]) -> list[str]:
    groups = _by_act(items)
    if len(groups) == 1:
        return [f"{_told(*groups[0])} (có danh sách kèm theo)."]
    lines = [f"{_first_upper(wording.about(items))} (có danh sách kèm theo), gồm:"]
    ends = [*(";" for _ in groups[1:]), "."]
    return [*lines, *(f"{_LETTERS[n]}) {_told(*group)}{ends[n]}" for n, group in enumerate(groups))]


def _by_act(items: Sequence[DecisionItem]) -> list[tuple[str, list[DecisionItem]]]:
    """Lines by act and benefit, in the order of the acts."""
    found: dict[tuple[str, str], list[DecisionItem]] = {}
    for act in wording.VERBS:
        for item in items:
            if item.act == act:
                found.setdefault((act, item.benefit), []).append(item)
    return [(key[0], group) for key, group in found.items()]


def _told(act: str, group: Sequence[DecisionItem]) -> str:
    """'Cho hưởng trợ cấp xã hội hằng tháng đối với 3 người, tổng mức 1.620.000 đồng/tháng'."""
    people = _people(len({item.person_id for item in group}))
    total = sum(item.amount_vnd for item in group)
    money = f", tổng mức {number_text(total)} đồng/tháng" if act in _GIVES else ""
    money = f", tổng số tiền {sum_in_words(sum(map(_once, group)))}" if act in _ONCE else money
    money = f", tổng số tiền {sum_in_words(total)}" if group[0].benefit == Benefit.FUNERAL and act not in _ONCE else money
    return f"{_act(group[0])} đối với {people}{money}"


# --- annex -----------------------------------------------------------------------------------------------------------


def _groups(items: Sequence[DecisionItem], naming: Naming) -> list[dict[str, Any]]:
    number = 0
    groups = []
    for place, (act, group) in enumerate(_by_act(items)):
        people = []
        for item in group:
            number += 1
            people.append(_row(number, item, naming))
        numeral = _NUMERALS[place] if place < len(_NUMERALS) else str(place + 1)
        groups.append({"ten": f"{numeral}. {_told(act, group)}", "nguoi": people})
    return groups


def _row(number: int, item: DecisionItem, naming: Naming) -> dict[str, str]:
    """A line of the list: the ground with its article where it may be named, the reason where it says more."""
    article = law.citation_of(naming.code(item)).removesuffix("/NĐ-CP") if naming.code(item) else ""
    reason = naming.reason(item) if item.act != Act.GRANT else ""
    told = [naming.category(item), article, reason if reason != naming.article(item) else ""]
    if item.act in _ONCE:
        told.append(f"{wording.months_words(item.months)}: {number_text(_once(item))} đồng")
    return {
        "stt": str(number),
        "ho_ten": item.person.full_name,
        "ngay_sinh": wording.born(item.person),
        "noi_o": wording.lives(item.person),
        "doi_tuong": "; ".join(part.rstrip(".") for part in told if part),
        "he_so": coefficient_text(item.coefficient) if item.coefficient else "",
        "muc": number_text(item.amount_vnd) if item.amount_vnd else "",
        "tu_thang": month_text(item.from_month),
        **(_moved(item) if item.decision.transition else {}),
    }


def _moved(item: DecisionItem) -> dict[str, str]:
    """What the list of a change of law says besides: the old level, the difference, what is owed since."""
    owed, old = item.law.get("owed") or {}, item.entitlement.amount_vnd if item.entitlement else 0
    more = item.amount_vnd - old if item.act == Act.ADJUST else 0
    return {
        "muc_cu": number_text(old) if old else "",
        "chenh_lech": number_text(more) if more else "",
        "so_thang": str(len(owed)) if owed else "",
        "truy_linh": number_text(sum(owed.values())) if owed else "",
    }
