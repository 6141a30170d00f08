"""What an officer should do next about a person, and when the law will give something else: said in words, each with its door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import PERSONAL, Benefit, Entitlement
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Situation
from ansinh.pages.own_words import own_words
from ansinh.people.models import Person
from ansinh.web.person import PersonPage

MONTHS_AHEAD = 12
_PROCEDURES = {"monthly_allowance": "allowance_grant", "social_pension": "social_pension", "funeral": "funeral"}
HELD_BY_DEATH = "Đã mất"  # how such a line begins to say why it is held


@dataclass(frozen=True)
class Step:
    """One sentence and the door where it is done. `kind` weighs it: due, now or plain; `asks`: the benefit a dossier is to be opened for."""

    text: str
    url: str
    label: str
    kind: str = "plain"
    asks: str = ""


@dataclass(frozen=True)
class LawAhead:
    """What the law gives in a month (to the person, and for care), and the first later month in which it gives another sum (facts staying as they are).

    `benefit`: what of, where it gives something.
    """

    now_vnd: int
    carer_vnd: int = 0
    changes_in: date | None = None
    then_vnd: int = 0
    benefit: str = ""

    @property
    def sentence(self) -> str:
        if self.changes_in is None:
            return ""
        return _("Nếu không có gì đổi, từ tháng %(month)s luật cho %(amount)s (nay %(now)s).") % {
            "month": month_text(self.changes_in),
            "amount": money_text(self.then_vnd),
            "now": money_text(self.now_vnd),
        }


def law_ahead(person: Person, month: date, *, situation: Situation) -> LawAhead:
    """The law's sum for `month` and its next change within a year: a birthday, the end of a fact, a dated parameter."""

    def given(asked: date) -> tuple[int, int, str]:
        lines = [line for line in law.monthly(situation, asked).lines if line.person == str(person.id)]
        personal = [line for line in lines if line.kind in PERSONAL]
        own = sum(line.amount_vnd for line in personal)
        return own, sum(line.amount_vnd for line in lines) - own, personal[0].kind if personal else ""

    now, carer, benefit = given(month)
    for ahead in range(1, MONTHS_AHEAD + 1):
        later = add_months(month, ahead)
        if (then := given(later)[0]) != now:
            return LawAhead(now, carer, later, then, benefit)
    return LawAhead(now, carer, benefit=benefit)


def next_steps(
    page: PersonPage, ahead: LawAhead, *, may_decide: bool, may_receive: bool, dossiers: Sequence[Dossier]
) -> list[Step]:
    """Steps for a viewer who may write; for the others the page only tells. `dossiers`: the newest of this person."""
    if not may_decide or page.person.same_as_id:
        return []
    person, running = page.person, [one for one in dossiers if one.state == "writing" or one.is_open]
    asks = {one.sheet.benefit for one in running}
    steps = [_go_on(one) for one in running]
    steps += [one for one in _about_money(page, ahead, may_receive=may_receive) if not (one.asks and one.asks in asks)]
    if person.died_on is None:
        steps += _still_held(page) + _about_register(page)
    return steps


def _go_on(dossier: Dossier) -> Step:
    """A dossier that is still worked on is opened, not asked for again."""
    words = _("Đang có hồ sơ “%(what)s”, %(state)s.") % {
        "what": own_words(dossier.sheet), "state": dossier.get_state_display().lower(),
    }  # fmt: skip
    return Step(words, reverse("web:dossier", args=[dossier.code]), dossier.shown_code, "due")


def _ask(page: PersonPage, text: str, benefit: str, kind: str = "due", *, case: str = "") -> Step:
    """The door where a dossier is received, with its procedure chosen."""
    url = reverse("dossiers:open", args=[page.person.code])
    chosen = f"{_PROCEDURES[benefit]}:{case}".rstrip(":")
    return Step(text, f"{url}?thu_tuc={chosen}", _("Nhận hồ sơ"), kind, benefit)


def _about_money(page: PersonPage, ahead: LawAhead, *, may_receive: bool) -> list[Step]:
    decide = reverse("entitlements:decide", args=[page.person.code])
    died = page.person.died_on
    if died:
        return [*_after_death(page, died, decide, may_receive=may_receive)]
    if page.draft:
        paper = reverse("entitlements:decision", args=[page.draft.code])
        return [Step(_("Đã có dự thảo, chờ ký và ghi nhận."), paper, str(page.draft), "due")]
    if ahead.now_vnd and not page.drawn:
        words = _("Luật cho hưởng, chưa có quyết định: hỏi và nhận tờ khai của người này.")
        return [_ask(page, words, ahead.benefit) if may_receive else Step(words, decide, _("Ghi quyết định"), "due")]
    if page.drawn and ahead.now_vnd != page.amount_vnd:
        return [
            Step(
                _("Mức trong sổ khác mức luật cho: ra quyết định điều chỉnh hoặc thôi hưởng."), decide, _("Ghi quyết định"), "due"
            )
        ]
    return []


def _after_death(page: PersonPage, died: date, decide: str, *, may_receive: bool) -> Iterator[Step]:
    """The month of death stays payable. What was sent to the payer for later months is stopped, the ledger is closed."""
    last = month_of(died)
    for line in page.lines:
        if line.benefit == Benefit.FUNERAL:
            continue
        if line.state == "due" and line.benefit_month > last and line.handover_id and not hasattr(line, "stop_request"):
            words = _("Dòng chi trả tháng %(month)s đã chuyển tổ chức chi trả.") % {"month": month_text(line.benefit_month)}
            yield Step(words, reverse("payments:line", args=[line.code]), _("Yêu cầu dừng chi"), "due")
    after = add_months(last, 1)
    if page.draft:
        paper = reverse("entitlements:decision", args=[page.draft.code])
        yield Step(_("Đã có dự thảo, chờ ký và ghi nhận."), paper, str(page.draft), "due")
    elif any(e.months.upper is None or e.months.upper > after for e in page.entries if e.benefit != Benefit.FUNERAL):
        words = _("Đã mất nhưng sổ hưởng còn mở: ra quyết định thôi hưởng từ tháng %(month)s.") % {"month": month_text(after)}
        yield Step(words, decide, _("Ghi quyết định"), "due")
    drew = [e.benefit for e in page.entries if e.benefit in PERSONAL and e.months.lower <= last and not _ended_by(e, last)]
    if may_receive and drew and all(e.benefit != Benefit.FUNERAL for e in page.entries):
        case = "pensioner" if set(drew) == {Benefit.SOCIAL_PENSION} else "beneficiary"
        yield _ask(page, _("Người đứng ra mai táng được đề nghị hỗ trợ chi phí."), Benefit.FUNERAL, "now", case=case)


def _ended_by(entry: Entitlement, month: date) -> bool:
    return entry.months.upper is not None and entry.months.upper <= month


def _still_held(page: PersonPage) -> list[Step]:
    """Lines held for a death that was written by mistake and undone."""
    return [
        Step(
            _(
                "Dòng chi trả tháng %(month)s đang dừng chi vì từng ghi đã mất; nếu chưa chốt thì bỏ dừng, nếu đã chốt thì lần sau được truy lĩnh."
            )
            % {"month": month_text(line.benefit_month)},
            reverse("payments:line", args=[line.code]),
            _("Xem dòng"),
            "due",
        )
        for line in page.lines
        if line.state == "held" and (line.hold_reason.startswith(HELD_BY_DEATH) or hasattr(line, "stop_request"))
    ][:3]


def _about_register(page: PersonPage) -> list[Step]:
    person, steps = page.person, []
    if page.pair:
        url = reverse("web:duplicate", args=[page.pair.code])
        steps.append(Step(_("Có thể người này còn một hồ sơ khác trong sổ."), url, _("So hai hồ sơ"), "now"))

    def act(text: str, key: str, label: str, kind: str = "now") -> None:
        steps.append(Step(text, reverse("people:change_one", args=[person.code, key]), label, kind))

    if person.birth_precision != "day" and page.ruling is None:
        act(
            _("Ngày sinh chưa đủ: ghi một quyết định về ngày sinh, dùng cho mọi lần tính tuổi."),
            "ngay-sinh",
            _("Quyết định về ngày sinh"),
        )
    if page.household is None:
        act(_("Chưa thuộc hộ nào: phân loại hộ nghèo không tính được."), "vao-ho", _("Vào hộ"))
    if not person.personal_number:
        url = reverse("people:identity", args=[person.code])
        steps.append(Step(_("Đang dùng số tạm: bổ sung số định danh khi có."), url, _("Sửa thông tin")))
    return steps
