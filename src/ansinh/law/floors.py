"""What keeps a province's resolution from being taken in: levels and amounts below the national floor, faults of form.

Basis: khoản 3 Điều 4 NĐ 20/2021/NĐ-CP, khoản 3 Điều 4 NĐ 335/2026/NĐ-CP ("cao hơn", never lower).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ansinh.kernel.money import amount_of, coefficient_text, money_text
from ansinh.kernel.periods import month_text
from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.resolutions import EXTRA, SCOPES, Amount, ExtraGroup, Provincial, condition_of

SCOPE_WORDS = {
    "monthly": "trợ cấp xã hội hằng tháng",
    "funeral": "hỗ trợ chi phí mai táng",
    "emergency": "trợ giúp xã hội khẩn cấp",
    "carers": "kinh phí chăm sóc",
    "residential": "nuôi dưỡng tại cơ sở",
    "social_pension": "trợ cấp hưu trí xã hội",
}
# One-off items a province may set an amount for, with the number of the law that is their floor.
MULTIPLES = {
    "funeral": "funeral_multiple",
    "residential_funeral": "residential_funeral_multiple",
    "emergency_burial": "emergency_burial_multiple",
    "injury": "injury_multiple",
}
FIXED = {
    "housing_total": "housing_total_vnd",
    "housing_relocation": "housing_relocation_vnd",
    "housing_heavy": "housing_heavy_vnd",
    "protection_food": "protection_food_vnd",
}
BROUGHT = ("funeral", "health_insurance")


def check_resolution(parts: Sequence[Provincial]) -> list[str]:
    """Everything that is below a floor or ill-formed, one Vietnamese sentence each; empty: it may be taken in.

    A floor is the national level of the first month, as the law stood on the day of issue: a resolution that the decree
    overtakes later stays good, the higher of the two is paid.
    """
    book = load()
    if not parts:
        return ["Nghị quyết chưa quy định nội dung nào."]
    faults: dict[str, None] = {}
    for part in parts:
        faults.update(dict.fromkeys([*_form_faults(part), *_level_faults(part, book), *_amount_faults(part, book)]))
        faults.update(dict.fromkeys(fault for group in part.groups for fault in _group_faults(group, part, book)))
    keys = [group.key for part in parts for group in part.groups]
    faults.update(dict.fromkeys(f"Nhóm “{key}” được khai nhiều lần." for key in sorted(keys) if keys.count(key) > 1))
    return list(faults)


def _form_faults(part: Provincial) -> Iterator[str]:
    if not part.instrument.strip():
        yield "Chưa ghi số, ngày của nghị quyết làm căn cứ."
    if part.start.day != 1 or (part.end and part.end.day != 1):
        yield "Tháng áp dụng phải ghi bằng ngày đầu tháng."
    if part.end and part.end <= part.start:
        yield f"Tháng hết áp dụng {month_text(part.end)} không sau tháng bắt đầu {month_text(part.start)}."
    if part.issued_on and part.in_force_from and part.in_force_from < part.issued_on:
        yield f"Ngày có hiệu lực {part.in_force_from:%d/%m/%Y} trước ngày ban hành {part.issued_on:%d/%m/%Y}."
    unknown = sorted(part.applies_to - set(SCOPES))
    if unknown:
        yield f"Không có phạm vi “{', '.join(unknown)}”."
    if not part.standard_vnd and not part.amounts and not part.groups:
        yield "Chưa có mức chuẩn, mức tiền hoặc nhóm đối tượng nào."
    if part.standard_vnd and not part.applies_to:
        yield "Mức chuẩn chưa ghi áp dụng cho khoản nào."


def _known(part: Provincial) -> date:
    return part.issued_on or part.in_force_from or part.start


def _national(part: Provincial, key: str, book: LawBook) -> int | None:
    """A number of the law for the first month, as known when the resolution was issued (else as known today)."""
    value = book.parameters[key].find(part.start, _known(part)) or book.parameters[key].find(part.start)
    return value.value if value else None


def _level_faults(part: Provincial, book: LawBook) -> Iterator[str]:
    if part.standard_vnd < 0:
        yield "Mức chuẩn không được âm."
    for scope in SCOPES if part.standard_vnd > 0 else ():
        floor = _national(part, "social_pension_level" if scope == "social_pension" else "standard", book)
        if scope not in part.applies_to:
            continue
        if floor is None:
            yield f"Tháng {month_text(part.start)} chưa có {SCOPE_WORDS[scope]}."
        elif part.standard_vnd < floor:
            yield (
                f"Mức {money_text(part.standard_vnd)} cho {SCOPE_WORDS[scope]} thấp hơn mức chung {money_text(floor)} "
                f"của tháng {month_text(part.start)}."
            )
        if part.standard_vnd % 20:
            yield f"Mức chuẩn {money_text(part.standard_vnd)} nhân hệ số không ra số đồng nguyên."


def _amount_faults(part: Provincial, book: LawBook) -> Iterator[str]:
    for amount in part.amounts:
        if amount.of in MULTIPLES or amount.of in FIXED:
            yield from _one_off_faults(amount, part, book)
        elif amount.of in book.categories and amount.of != EXTRA:
            yield from _monthly_faults(amount, part, book)
        else:
            yield f"Không biết khoản “{amount.of}” có mức tiền riêng."


def _one_off_faults(amount: Amount, part: Provincial, book: LawBook) -> Iterator[str]:
    if amount.of in FIXED:
        floor = _national(part, FIXED[amount.of], book)
    else:
        times, standard = _national(part, MULTIPLES[amount.of], book), _national(part, "standard", book)
        floor = times * standard if times and standard else None
    if floor is None:
        yield f"Tháng {month_text(part.start)} chưa có khoản “{amount.of}” để quy định mức cao hơn."
    elif amount.amount_vnd < floor:
        yield f"Mức {money_text(amount.amount_vnd)} cho khoản “{amount.of}” thấp hơn mức tối thiểu {money_text(floor)}."


def _monthly_faults(amount: Amount, part: Provincial, book: LawBook) -> Iterator[str]:
    label = book.categories[amount.of].label
    rules = [rule for rule in book.at(part.start, known_on=_known(part)).rules if rule.category == amount.of]
    coefficients = {coefficient for rule in rules for coefficient in rule.coefficient.outcomes}
    if not coefficients:
        yield f"Tháng {month_text(part.start)} không có nhóm “{label}”."
    if amount.coefficient is not None and coefficients and amount.coefficient not in coefficients:
        yield f"Nhóm “{label}” không có hệ số {coefficient_text(amount.coefficient)}."
    key = "social_pension_level" if book.categories[amount.of].kind == "social_pension" else "standard"
    level = _national(part, key, book) or 0
    for coefficient in sorted(coefficients):
        floor = amount_of(coefficient, level)
        if amount.coefficient in (None, coefficient) and amount.amount_vnd < floor:
            yield (
                f"Mức {money_text(amount.amount_vnd)} cho “{label}” thấp hơn mức chung {money_text(floor)} "
                f"(hệ số {coefficient_text(coefficient)})."
            )


def _group_faults(group: ExtraGroup, part: Provincial, book: LawBook) -> Iterator[str]:
    if not group.title.strip():
        yield f"Nhóm “{group.key}” chưa có tên."
    if bool(group.coefficient) == bool(group.amount_vnd) or group.coefficient < 0 or group.amount_vnd < 0:
        yield f"Nhóm “{group.title}” phải có hệ số hoặc mức tiền, chỉ một trong hai, lớn hơn 0."
    unknown = sorted(group.brings - set(BROUGHT))
    if unknown:
        yield f"Nhóm “{group.title}”: không biết chính sách kèm theo “{', '.join(unknown)}”."
    try:
        condition = condition_of(group, book)
    except LawFileError as fault:
        yield f"Nhóm “{group.title}”: {fault}"
        return
    names = set(book.facts) | set(book.at(part.start).numbers)
    lacking = sorted(condition.names - names)
    if lacking:
        yield f"Nhóm “{group.title}”: không biết tên “{', '.join(lacking)}” trong điều kiện."
    if not condition.names:
        yield f"Nhóm “{group.title}”: điều kiện phải nêu ít nhất một dữ kiện."
