"""One-off support in sentences: who, for what, how much. Told from the same tables and numbers that `benefits.one_off` reckons with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.words import gettext as _
from ansinh.law.benefits.health_insurance.cards import PENSION_FULL_FROM
from ansinh.law.benefits.monthly_allowance.months import PENSION_START, regime_key
from ansinh.law.benefits.one_off.support import BURIAL_CAUSES, DISASTERS, HUNGER_CAUSES, INJURY_CAUSES
from ansinh.law.engine.lawfile import LawBook
from ansinh.law.provisions import Provision


def one_off_provisions(book: LawBook, kind: str, day: date) -> tuple[Provision, ...]:
    """The provisions of one kind of one-off support as they are law on a day; none where the law files have no number for it."""
    told = _KINDS[kind](_Numbers(book, day)) if kind in _KINDS else ()
    return tuple(told)


def told_kinds(book: LawBook, *, english: bool = False) -> dict[str, str]:
    """Every benefit that is told, with its name: those of the law files, and what goes with them."""
    place = 1 if english else 0
    return {kind: labels[place] for kind, labels in book.kinds.items()} | {
        "essential_goods": _("Nhu yếu phẩm thiết yếu"),
        "leader_gifts": _("Quà thăm hỏi của lãnh đạo"),
        "health_insurance": _("Thẻ bảo hiểm y tế"),
    }


def has_words(kind: str) -> bool:
    """Whether this is a kind of one-off support that is told here."""
    return kind in _KINDS


class _Numbers:
    """The numbers of a day, and the articles of its decree."""

    def __init__(self, book: LawBook, day: date) -> None:
        self.book, self.day, self.regime = book, day, regime_key(day)

    def __getitem__(self, key: str) -> int:
        return self.book.parameters[key].on_day(self.day).value

    def has(self, key: str) -> bool:
        """Whether the number has a value on the day."""
        return any(value.in_force_from <= self.day for value in self.book.parameters[key].values)

    def basis(self, key: str) -> str:
        """What set the number."""
        return self.book.parameters[key].on_day(self.day).basis

    def level(self, multiple: str, of: str = "standard") -> str:
        """ "At least 20 times the standard: 10,800,000"."""
        total = money_text(self[multiple] * self[of])
        if of == "standard":
            words = _("Tối thiểu {0} lần mức chuẩn trợ giúp xã hội {1}: {2}.")
        else:
            words = _("Tối thiểu {0} lần mức trợ cấp hưu trí xã hội {1}: {2}.")
        return words.format(self[multiple], money_text(self[of]), total)

    def article(self, until_r2: str, r3: str) -> str:
        """The article in the decree of the day."""
        return f"{r3} NĐ 335/2026/NĐ-CP" if self.regime == "R3" else f"{until_r2} NĐ 20/2021/NĐ-CP"


def causes(found: Collection[str]) -> str:
    """Causes of an emergency in the words of the decree, each once."""
    words = {
        "storm": _("thiên tai"),
        "flood": _("thiên tai"),
        "landslide": _("thiên tai"),
        "other_disaster": _("thiên tai"),
        "fire": _("hỏa hoạn"),
        "crop_failure": _("mất mùa"),
        "between_harvest": _("giáp hạt"),
        "epidemic": _("dịch bệnh"),
        "traffic_accident": _("tai nạn giao thông"),
        "work_accident": _("tai nạn lao động nghiêm trọng"),
        "other_force_majeure": _("lý do bất khả kháng khác"),
        "tet": _("Tết âm lịch"),
    }
    return ", ".join(dict.fromkeys(text for key, text in words.items() if key in found))


def _funeral(n: _Numbers) -> list[Provision]:
    own = ("funeral",)
    receiving = _("Người đang hưởng trợ cấp xã hội hằng tháng.")
    if n.regime == "R3":
        receiving = _(
            "Người đang hưởng trợ cấp xã hội hằng tháng, hoặc đã kê khai, đủ điều kiện nhưng chết trước khi có quyết định."
        )
    old = _("Người từ đủ {0} tuổi đang hưởng trợ cấp tuất bảo hiểm xã hội hằng tháng hoặc trợ cấp hằng tháng khác.")
    told = [
        Provision(_("Người đang hưởng trợ cấp"), receiving, _funeral_basis(n, "a"), own),
        Provision(
            _("Con của người đơn thân"),
            _("Con của người đơn thân nghèo đang nuôi con đang hưởng trợ cấp."),
            _funeral_basis(n, "b"),
            own,
        ),
        Provision(_("Người cao tuổi hưởng trợ cấp khác"), old.format(n["age_funeral_other"]), _funeral_basis(n, "c"), own),
    ]
    if n.regime == "R3":
        text = _("Người từ đủ {0} đến dưới {1} tuổi thuộc hộ nghèo, hộ cận nghèo đang hưởng trợ cấp tuất hằng tháng.")
        poor = text.format(n["age_funeral_survivor_poor"], n["age_funeral_other"])
        told.append(Provision(_("Người cao tuổi hộ nghèo hưởng trợ cấp tuất"), poor, _funeral_basis(n, "d"), own))
    told.append(Provision(_("Mức hỗ trợ"), n.level("funeral_multiple"), n.basis("funeral_multiple"), own))
    if n.day >= PENSION_START:
        told += _funeral_of_pensioner(n)
    if n.has("residential_funeral_multiple"):
        level = n.level("residential_funeral_multiple")
        told.append(Provision(_("Người ở cơ sở trợ giúp xã hội"), level, n.basis("residential_funeral_multiple"), own))
    once = _(
        "Đủ điều kiện theo nhiều văn bản thì chỉ hưởng một mức cao nhất; đã có hỗ trợ mai táng khẩn cấp thì không hưởng thêm."
    )
    told.append(Provision(_("Không hưởng hai lần"), once, _funeral_basis(n), own))
    to = _("Cơ quan, tổ chức, hộ gia đình hoặc cá nhân đứng ra mai táng.")
    told.append(Provision(_("Người nhận"), to, _funeral_basis(n), own))
    return told


def _funeral_basis(n: _Numbers, point: str = "") -> str:
    """The article of a point; NĐ 136/2013 was not re-read, so its points are not told apart."""
    if n.regime == "R0":
        return "NĐ 136/2013/NĐ-CP"
    article = f"Điểm {point} khoản 1 Điều 11" if point else "Điều 11"
    return n.article(article, article)


def _funeral_of_pensioner(n: _Numbers) -> list[Provision]:
    basis = "Điều 31 NĐ 335/2026/NĐ-CP" if n.regime == "R3" else "NĐ 176/2025/NĐ-CP"
    who = _("Người đang hưởng trợ cấp hưu trí xã hội, hoặc đã đề nghị, đủ điều kiện nhưng chết trước khi có quyết định.")
    text = f"{who} {n.level('funeral_multiple', 'social_pension_level')}"
    return [Provision(_("Người hưởng trợ cấp hưu trí xã hội"), text, basis, ("funeral",))]


def _burial(n: _Numbers) -> list[Provision]:
    if not n.has("emergency_burial_multiple"):
        return []
    own, level = ("emergency_burial",), n.level("emergency_burial_multiple")
    first = n.article("Khoản 1 Điều 14", "Điều 12")
    who = _("Hộ gia đình có người chết, mất tích do {0}.").format(causes(BURIAL_CAUSES))
    nobody = _(
        "Không có người nhận trách nhiệm mai táng: tổ chức, cá nhân đứng ra mai táng được chi phí thực tế, không thấp hơn mức trên."
    )
    return [
        Provision(_("Đối tượng"), who, first, own),
        Provision(_("Mức hỗ trợ"), level, n.basis("emergency_burial_multiple"), own),
        Provision(_("Không có người nhận trách nhiệm mai táng"), nobody, n.article("Khoản 2 Điều 14", "Điều 12"), own),
    ]


def _injury(n: _Numbers) -> list[Provision]:
    if not n.has("injury_multiple"):
        return []
    own = ("injury",)
    who = _("Người bị thương nặng do {0}, phải cấp cứu, điều trị từ {1} ngày trở lên.")
    away = _(
        "Bị thương ngoài nơi cư trú, không có người thân chăm sóc: cơ sở điều trị đề nghị nơi điều trị giải quyết trong 02 ngày."
    )
    told = [
        Provision(
            _("Đối tượng"),
            who.format(causes(INJURY_CAUSES), f"{n['injury_treatment_days']:02d}"),
            n.article("Khoản 1 Điều 13", "Điều 12"),
            own,
        ),
        Provision(_("Mức hỗ trợ"), n.level("injury_multiple"), n.basis("injury_multiple"), own),
    ]
    if n.regime == "R3":
        away = _("Bị thương ngoài nơi cư trú: theo cùng trình tự của Ủy ban nhân dân cấp xã.")
    told.append(Provision(_("Ngoài nơi cư trú"), away, n.article("Khoản 2 Điều 13", "Điều 12"), own))
    return told


def _rice(n: _Numbers) -> list[Provision]:
    if not n.has("rice_kg"):
        return []
    own, article = ("rice",), n.article("Khoản 1 Điều 12", "Điều 12")
    each, tet, most = n["rice_kg"], f"{n['rice_months_tet']:02d}", f"{n['rice_months_limit']:02d}"
    holiday = _("Hộ thiếu đói dịp Tết âm lịch: {0} kg gạo/người/tháng, {1} tháng mỗi đợt.").format(each, tet)
    other = _("Hộ thiếu đói do {0}: {1} kg gạo/người/tháng, không quá {2} tháng mỗi đợt.")
    text = other.format(causes(HUNGER_CAUSES - {"tet"}), each, most)
    return [Provision(_("Dịp Tết"), holiday, article, own), Provision(_("Sau thiên tai, mất mùa, giáp hạt"), text, article, own)]


def _housing(n: _Numbers) -> list[Provision]:
    if not n.has("housing_total_vnd"):
        return []
    who = _("Nguyên nhân: {0}. Đủ điều kiện nhiều mức thì hưởng mức cao nhất.").format(causes(DISASTERS))
    lost = _(
        "Hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn có nhà bị đổ, sập, trôi, cháy hoàn toàn, không còn nơi ở: tối thiểu {0}."
    )
    moved = _("Hộ phải di dời nhà ở khẩn cấp theo quyết định của cơ quan có thẩm quyền: tối thiểu {0}.")
    heavy = _("Hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn có nhà bị hư hỏng nặng, không thể ở được: tối thiểu {0}.")
    rows = (
        (_("Mất nhà"), lost, "housing_total_vnd"),
        (_("Di dời khẩn cấp"), moved, "housing_relocation_vnd"),
        (_("Nhà hư hỏng nặng"), heavy, "housing_heavy_vnd"),
    )
    told = [Provision(title, text.format(money_text(n[key])), n.basis(key), ("housing",)) for title, text, key in rows]
    return [*told, Provision(_("Nguyên nhân, nhiều mức"), who, n.article("Điều 15", "Điều 12"), ("housing",))]


def _protection(n: _Numbers) -> list[Provision]:
    if not n.has("protection_food_vnd"):
        return []
    own, article = ("protection_food",), n.article("Khoản 2 Điều 19", "Điều 16")
    who = _(
        "Trẻ em có cả cha và mẹ chết, mất tích mà không có người thân chăm sóc; nạn nhân của bạo lực gia đình, xâm hại tình dục, "
        "xâm hại thân thể, mua bán, cưỡng bức lao động; trẻ em, người lang thang xin ăn không có nơi cư trú trong thời gian chờ đưa "
        "về nơi cư trú; người khác theo quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh."
    )
    food = _("{0}/người/ngày, theo số ngày ở thực tế, không quá {1} tháng.")
    months = f"{n['protection_months_limit']:02d}"
    fare = _("Vé phương tiện giao thông công cộng; xe của cơ quan: {0} lít xăng/km theo số km thực tế; thuê xe: theo hợp đồng.")
    by_rules = _("Theo quy định về xe ô tô của Nhà nước; thuê xe theo hợp đồng là điểm cần xác nhận.")
    fuel = coefficient_text(n["protection_fuel_hundredths"])
    car = article if n.regime == "R3" else f"{article}; Điều 3 TT 02/2021/TT-BLĐTBXH"
    card = _("Có thẻ bảo hiểm y tế: theo Luật Bảo hiểm y tế; không có thẻ: như mức của người có thẻ cùng loại.")
    return [
        Provision(_("Đối tượng"), who, article, own),
        Provision(_("Tiền ăn"), food.format(money_text(n["protection_food_vnd"]), months), n.basis("protection_food_vnd"), own),
        Provision(_("Chi phí điều trị"), card, article, own),
        Provision(_("Đưa về nơi cư trú hoặc cơ sở"), by_rules if n.regime == "R3" else fare.format(fuel), car, own),
    ]


def _goods(n: _Numbers) -> list[Provision]:
    if n.regime == "R0":
        return []
    own, article = ("essential_goods",), n.article("Khoản 2 Điều 12", "Điều 12")
    who = _("Hộ mất nhà ở và không có khả năng tự bảo đảm nhu cầu thiết yếu.")
    what = _(
        "Lều bạt, nước uống, thực phẩm, chăn màn, vật dụng khác theo quyết định của cấp có thẩm quyền; không quy định mức tiền."
    )
    return [Provision(_("Đối tượng"), who, article, own), Provision(_("Mức hỗ trợ"), what, article, own)]


def _gifts(n: _Numbers) -> list[Provision]:
    if not n.has("gift_central_individual_vnd"):
        return []
    givers = {
        "central": _("Lãnh đạo Đảng, Nhà nước, trung ương"),
        "ministry_or_province": _("Lãnh đạo bộ, ngành, tỉnh"),
    }
    recipients = {"organisation": _("tập thể"), "household": _("hộ gia đình"), "individual": _("cá nhân")}
    text = _("{0}: {1} tiền mặt và hiện vật trị giá {2}")
    told = []
    for giver, title in givers.items():
        keys = {words: f"gift_{giver}_{recipient}" for recipient, words in recipients.items()}
        rows = [text.format(w, money_text(n[f"{k}_vnd"]), money_text(n[f"{k}_goods_vnd"])) for w, k in keys.items()]
        told.append(Provision(title, f"{'; '.join(rows)}.", n.basis(f"gift_{giver}_individual_vnd"), ("leader_gifts",)))
    return told


def _insurance(n: _Numbers) -> list[Provision]:
    own = ("health_insurance",)
    decree = "NĐ 136/2013/NĐ-CP" if n.regime == "R0" else "NĐ 20/2021/NĐ-CP"
    basis = "Luật Bảo hiểm y tế; NĐ 188/2025/NĐ-CP" if n.regime == "R3" else f"Điều 9 {decree}"
    resident = basis if n.regime == "R3" else f"Điều 25 {decree}"
    sure = {"R0": "K", "R3": "?"}.get(n.regime, "")
    allowance = _("Được cấp thẻ bảo hiểm y tế do ngân sách nhà nước đóng, mức hưởng 100%.")
    one = _("Mỗi người một thẻ, theo nhóm có quyền lợi cao nhất; kinh phí chăm sóc không kèm thẻ.")
    months = _("Thẻ tăng từ tháng bắt đầu có tiền, giảm từ tháng không còn tiền; tháng tạm dừng không có thẻ.")
    told = [
        Provision(_("Người hưởng trợ cấp xã hội hằng tháng"), allowance, basis, own, sure),
        Provision(_("Người ở cơ sở trợ giúp xã hội"), allowance, resident, own, sure),
    ]
    if n.day >= PENSION_START:
        unsure = _("Được cấp thẻ bảo hiểm y tế; mức hưởng là điểm cần xác nhận.")
        old = _("Người từ đủ {0} tuổi: mức hưởng 100%; người từ đủ {1} đến dưới {0} tuổi: mức hưởng là điểm cần xác nhận.")
        text = old.format(n["age_pension"], n["age_pension_poor"]) if n.day >= PENSION_FULL_FROM else unsure
        told.append(Provision(_("Người hưởng trợ cấp hưu trí xã hội"), text, "Luật Bảo hiểm y tế; NQ 261/2025/QH15", own, "?"))
    return [*told, Provision(_("Một thẻ"), one, basis, own, sure), Provision(_("Tăng, giảm thẻ"), months, basis, own, sure)]


def facility_provisions(book: LawBook, day: date) -> tuple[Provision, ...]:
    """What a facility may spend beside the upbringing level."""
    n, own = _Numbers(book, day), ("residential_upbringing",)
    if n.regime == "R0":
        return ()
    if n.regime != "R3":
        medicine = _("Không quá {0}/người/tháng.").format(money_text(n["facility_medicine_month_vnd"]))
        goods = _("Vật dụng phục vụ sinh hoạt hằng ngày bằng hiện vật; mức tiền tối đa là điểm cần xác nhận.")
        return (
            Provision(_("Thuốc chữa bệnh thông thường"), medicine, n.basis("facility_medicine_month_vnd"), own),
            Provision(_("Vật dụng sinh hoạt"), goods, "Khoản 4 Điều 25 NĐ 20/2021/NĐ-CP", own),
        )
    each = _("Không quá {0} lần mức chuẩn/người/năm: {1}.")
    rows = (
        (_("Vật dụng cá nhân"), "facility_personal_multiple"),
        (_("Thuốc, phục hồi chức năng, văn hóa"), "facility_medicine_multiple"),
        (_("Điện, nước, sinh hoạt khác"), "facility_utilities_multiple"),
    )
    told = [Provision(t, each.format(n[key], money_text(n[key] * n["standard"])), n.basis(key), own) for t, key in rows]
    drugs = _("Thuốc ngoài danh mục bảo hiểm y tế chi theo thực tế.")
    told.append(Provision(_("Thuốc ngoài danh mục"), drugs, "Điều 22 NĐ 335/2026/NĐ-CP", own))
    feast = _("Không quá {0} lần tiền ăn ngày thường.").format(n["facility_feast_multiple"])
    person, whole = money_text(n["facility_equipment_person_vnd"]), money_text(n["facility_equipment_facility_vnd"])
    gear = _("Không quá {0}/người/năm và {1}/cơ sở/năm.").format(person, whole)
    return (
        *told,
        Provision(_("Ăn ngày lễ, Tết, ngày ốm"), feast, n.basis("facility_feast_multiple"), own),
        Provision(_("Trang thiết bị"), gear, n.basis("facility_equipment_person_vnd"), own),
    )


_KINDS: dict[str, Callable[[_Numbers], list[Provision]]] = {
    "funeral": _funeral,
    "emergency_burial": _burial,
    "injury": _injury,
    "rice": _rice,
    "housing": _housing,
    "protection_food": _protection,
    "essential_goods": _goods,
    "leader_gifts": _gifts,
    "health_insurance": _insurance,
}
