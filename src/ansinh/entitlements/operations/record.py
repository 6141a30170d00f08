"""Record that a decision was signed, and let it act on the ledger. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.access.queries import competent, may_sign
from ansinh.database.bulk import insert_values, update_rows
from ansinh.documents import operations as documents
from ansinh.dossiers import operations as dossiers
from ansinh.entitlements.models import Benefit, Decision, DecisionItem, Entitlement, Suspension
from ansinh.entitlements.workflow import DECISION
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.kernel.periods import month_text
from ansinh.lawbook.queries import confirmations
from ansinh.people.models import Person


@dataclass(frozen=True)
class Signature:
    """What stands on the signed paper. `scan` is the picture of it; `post` the signer's post where it is known.

    `print_number`: which of our prints was signed; the last one where it is not said. `compared`: the recorder says that a PDF
    signed with a key is this paper, where that cannot be told.
    """

    number: str
    signed_on: date
    signer_name: str
    signer_title: str
    post: Post | None = None
    scan: StoredFile | None = None
    print_number: int | None = None
    compared: bool = False


@transaction.atomic
def record_decision(*, decision: Decision, signature: Signature, by: Post, now: datetime) -> Decision:
    """Record the signed paper of a draft. The recorder is never the drafter, except for lists taken in from a signed paper.

    Raises NotAllowed for the drafter, for a signing before anybody was competent, and for a post that is not the competent one;
    InvalidInput for a number already used or a date that lies ahead, and what `documents.freeze_signed` raises.
    """
    decision = Decision.objects.select_for_update(of=("self",)).select_related("office", "unit").get(pk=decision.pk)
    DECISION.find("record", decision.state, by.role)
    _check_recorder(decision, by)
    _check_signature(decision, signature, now)
    known = {"paper": decision.paper, "number": signature.number.strip(), "signed_on": signature.signed_on}
    documents.check_number(office=decision.office, noun="decision", about=decision.code, **known)
    decision.number, decision.signed_on = signature.number.strip(), signature.signed_on
    decision.signer_name, decision.signer_title = signature.signer_name.strip(), signature.signer_title.strip()
    decision.signer_post, decision.scan = signature.post, signature.scan
    decision.state, decision.recorded_by, decision.recorded_at = "signed", by, now
    _save_once(decision, signature)
    documents.freeze_signed(
        signer_name=decision.signer_name, by=by, now=now, print_number=signature.print_number, scan=decision.scan,
        compared=signature.compared, **known,
    )  # fmt: skip
    apply_items(decision)
    if decision.dossier:
        dossiers.mark_decided(
            dossier=decision.dossier, number=decision.number, signed_on=signature.signed_on, signer_name=decision.signer_name,
            signer_title=decision.signer_title, by=by, now=now,
        )  # fmt: skip
    journal.record(by=by.actor, act="record", noun="decision", key=decision.code, detail={"number": decision.number}, at=now)
    return decision


def _check_recorder(decision: Decision, by: Post) -> None:
    if decision.origin not in ("recorded", "proposed", "dossier") or decision.drafted_by is None:
        return
    if decision.drafted_by_id == by.id or (by.user_id and decision.drafted_by.user_id == by.user_id):
        raise NotAllowed(_("Người soạn không tự ghi nhận quyết định của mình. Hãy nhờ người khác ghi nhận bản đã ký."))


def _check_signature(decision: Decision, signature: Signature, now: datetime) -> None:
    if not signature.number.strip():
        raise InvalidInput(_("Hãy ghi số quyết định."), field="number")
    if not signature.signer_name.strip():
        raise InvalidInput(_("Hãy ghi người ký."), field="signer_name")
    if signature.signed_on > now.date():
        raise InvalidInput(_("Ngày ký %(day)s chưa tới.") % {"day": f"{signature.signed_on:%d/%m/%Y}"}, field="signed_on")
    received = decision.dossier.received_on if decision.dossier else None
    if received and signature.signed_on < received:
        raise InvalidInput(
            _("Ngày ký %(day)s trước ngày tiếp nhận hồ sơ %(received)s.")
            % {"day": f"{signature.signed_on:%d/%m/%Y}", "received": f"{received:%d/%m/%Y}"},
            field="signed_on",
        )
    for benefit in set(decision.items.values_list("benefit", flat=True)):
        rules = competent(benefit, on=signature.signed_on)
        if not rules:
            raise NotAllowed(_("Không có quy định ai quyết định chế độ này vào ngày ký."))
        if signature.post and not may_sign(signature.post, benefit, on=signature.signed_on):
            raise NotAllowed(_("Người ký không có thẩm quyền: %(basis)s.") % {"basis": rules[0].basis})
    used = Decision.objects.filter(
        office=decision.office, number=signature.number.strip(), signed_on=signature.signed_on, state="signed"
    )
    if used.exists():
        raise _taken(signature)


def _taken(signature: Signature) -> InvalidInput:
    words = _("Số %(number)s ngày %(day)s đã được ghi cho một quyết định khác.")
    return InvalidInput(words % {"number": signature.number, "day": f"{signature.signed_on:%d/%m/%Y}"}, field="number")


def _save_once(decision: Decision, signature: Signature) -> None:
    """The database refuses a number given at the same moment, and a write-off of what was paid back since; we say it in words."""
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        if "write_off_beyond_what_is_left" in str(error):
            raise InvalidInput(
                _("Số xóa nợ vượt số còn phải thu: từ khi soạn đã thu thêm. Hãy bỏ dự thảo này rồi soạn lại theo số còn lại.")
            ) from None
        if "decision_number_once_a_day" not in str(error):
            raise
        raise _taken(signature) from None


def apply_items(decision: Decision, items: Iterable[DecisionItem] | None = None) -> None:
    """Let the lines of a signed decision, or these of them, act on the ledger. Ends come first: a new entry needs its months free."""
    items = list(decision.items.defer("law", "article", "months").order_by("number") if items is None else items)
    _one_at_a_time(items)
    _end_entries([item for item in items if item.act in ("adjust", "stop")])
    _take_funerals_back([item for item in items if item.act == "recovery" and item.benefit == Benefit.FUNERAL])
    for item in items:
        if item.act == "suspend":
            _suspend(item)
        elif item.act == "resume" and not _opens(item):
            _resume(item)
    _refuse_double(items, decision)
    insert_values(Entitlement, (_entry(item, decision) for item in items if _opens(item)))
    _carry_suspensions(items)


def _opens(item: DecisionItem) -> bool:
    """Whether a line makes an entry: a grant, another level, the resumption of one that a decision had stopped."""
    return item.act in ("grant", "adjust") or (item.act == "resume" and item.entitlement.ended_by_id is not None)


def _one_at_a_time(items: Sequence[DecisionItem]) -> None:
    """Two decisions about the same person act one after the other: the second sees what the first gave, and says so in words."""
    cared_for = [item.cared_for_id for item in items if item.cared_for_id]
    wanted = Person.objects.filter(Q(pk__in=_people(items)) | Q(pk__in=cared_for)).order_by("pk")
    list(wanted.select_for_update(no_key=True).values_list("pk", flat=True))


def _people(items: Sequence[DecisionItem]) -> QuerySet:
    return _lines(items).values("person")


def _lines(items: Sequence[DecisionItem]) -> QuerySet[DecisionItem]:
    """The lines themselves, asked of the database: a hundred thousand keys sent one by one are slow."""
    numbers = [item.number for item in items]
    return DecisionItem.objects.filter(decision=items[0].decision_id, number__gte=min(numbers), number__lte=max(numbers))


def _entry(item: DecisionItem, decision: Decision) -> dict:
    return {
        "person_id": item.person_id,
        "unit_id": decision.unit_id,
        "benefit": item.benefit,
        "category": item.category,
        "law_code": item.law_code,
        "coefficient": item.coefficient,
        "count": item.count,
        "standard_vnd": item.standard_vnd,
        "amount_vnd": item.amount_vnd,
        "months": DateRange(item.from_month, item.to_month),
        "cared_for_id": _cared_for(item),
        "payee": item.payee,
        "granted_by_id": item.pk,
    }


def _cared_for(item: DecisionItem) -> int | None:
    """Whose care the money is for: said by the line, else by the entry that it changes."""
    if item.cared_for_id is None and item.benefit == Benefit.CARER_MONEY and item.entitlement:
        return item.entitlement.cared_for_id
    return item.cared_for_id


def _end_entries(items: list[DecisionItem]) -> None:
    """End the entries that items name, each once. Two queries for any number of items."""
    locked = Entitlement.objects.select_for_update().order_by("id").in_bulk([item.entitlement_id for item in items])
    for item in items:
        _end(locked[item.entitlement_id], item)
    update_rows(list(locked.values()), ["months", "ended_by"])


def _end(locked: Entitlement, item: DecisionItem) -> None:
    """End an entry at the item's month, once. An entry that would have no month left is ended at its start."""
    if locked.ended_by_id or (locked.months.upper and locked.months.upper <= item.from_month):
        raise InvalidInput(
            _("Dòng %(number)d: dòng sổ hưởng %(code)s đã kết thúc trước tháng %(month)s.")
            % {"number": item.number, "code": locked.code, "month": month_text(item.from_month)}
        )
    if item.from_month <= locked.months.lower:
        raise InvalidInput(
            _(
                "Dòng %(number)d: thay đổi từ tháng %(month)s không sau tháng bắt đầu của dòng sổ hưởng %(code)s; hãy thu hồi quyết định cũ."
            )
            % {"number": item.number, "code": locked.code, "month": month_text(item.from_month)}
        )
    locked.months = DateRange(locked.months.lower, item.from_month)
    locked.ended_by = item


def _take_funerals_back(items: Sequence[DecisionItem]) -> None:
    """A funeral whose whole money is taken back was none: its month stays as it was paid, and a later one may be granted."""
    for item in items:
        mine = Entitlement.objects.filter(pk=item.entitlement_id, ended_by=None, amount_vnd=item.amount_vnd)
        mine.filter(benefit=Benefit.FUNERAL).update(ended_by=item)


def _suspend(item: DecisionItem) -> None:
    """Somebody may have suspended the same entry by another paper: the database says so, and we say it in words."""
    if item.entitlement.suspensions.filter(months__overlap=DateRange(item.from_month, None)).exists():
        raise InvalidInput(
            _("Dòng %(number)d: dòng sổ hưởng %(code)s đang tạm dừng.") % {"number": item.number, "code": item.entitlement.code}
        )
    Suspension.objects.create(
        entitlement=item.entitlement,
        months=DateRange(item.from_month, None),
        since=item.from_month,
        ground=item.reason,
        item=item,
    )


def _resume(item: DecisionItem) -> None:
    open_one = item.entitlement.suspensions.select_for_update().filter(months__endswith=None, resumed_by=None).first()
    if open_one is None:
        raise InvalidInput(_("Dòng %(number)d: chế độ này không đang tạm dừng.") % {"number": item.number})
    owed = law.pays_suspended_months(item.from_month, confirmations())
    # The same suspension stands on each entry that an adjustment meanwhile replaced: the months of all are resumed together.
    for one in Suspension.objects.select_for_update().filter(item=open_one.item_id, resumed_by=None).order_by("id"):
        # Resumed from its own start: nothing is suspended any more.
        one.months = DateRange(one.months.lower, max(one.months.lower, item.from_month))
        one.resumed_by, one.owed = item, owed
        one.save(update_fields=["months", "resumed_by", "owed"])


def _carry_suspensions(items: Sequence[DecisionItem]) -> None:
    """Another level starts no money: months of the entry before that are suspended are suspended on the new entry too."""
    adjusted = {item.pk: item for item in items if item.act == "adjust"}
    if not adjusted:
        return
    before: dict[int, list[Suspension]] = {}
    replaced = _lines(items).filter(act="adjust").values("entitlement")
    for one in Suspension.objects.filter(entitlement__in=replaced, months__isempty=False).order_by("id"):
        before.setdefault(one.entitlement_id, []).append(one)
    after = [key for key, item in adjusted.items() if item.entitlement_id in before]
    fresh = []
    for entry in Entitlement.objects.filter(granted_by__in=after).order_by("id"):
        for one in before[adjusted[entry.granted_by_id].entitlement_id]:
            lower, upper = max(one.months.lower, entry.months.lower), one.months.upper
            if upper is None or lower < upper:
                fresh.append(
                    Suspension(
                        entitlement=entry, months=DateRange(lower, upper), since=one.since, ground=one.ground, item_id=one.item_id,
                        resumed_by_id=one.resumed_by_id, owed=one.owed,
                    )
                )  # fmt: skip
    Suspension.objects.bulk_create(fresh)


_KEY = ("person_id", "benefit", "category", "cared_for_id")


def _refuse_double(items: Sequence[DecisionItem], decision: Decision) -> None:
    """Nothing is granted twice for a month; the message names who."""
    grants = [item for item in items if _opens(item)]
    if not grants:
        return
    cared_for = [key for item in grants if (key := _cared_for(item))]
    running = Entitlement.objects.filter(Q(person__in=_people(grants)) | Q(cared_for__in=cared_for))
    running = running.exclude(benefit=Benefit.FUNERAL, ended_by__isnull=False)
    by_key: dict[tuple, list] = {}
    for person, benefit, category, care, months, code in running.values_list(*_KEY, "months", "code"):
        by_key.setdefault(_same(person, benefit, category, care), []).append((months, code))
    for item in grants:
        for months, code in by_key.get(_same(item.person_id, item.benefit, item.category, _cared_for(item)), ()):
            if item.benefit == Benefit.FUNERAL or _overlap(months, item):
                raise InvalidInput(_double(item) % {"number": item.number, "name": item.person.full_name, "code": code})


def _same(person: int, benefit: str, category: str, cared_for: int | None) -> tuple:
    """What is given once: a category to a person, a funeral of a person, the care of a person whoever cares."""
    if benefit == Benefit.CARER_MONEY:
        return benefit, cared_for
    return (benefit, person) if benefit == Benefit.FUNERAL else (benefit, person, category)


def _double(item: DecisionItem) -> str:
    if item.benefit == Benefit.FUNERAL:
        return _("Dòng %(number)d: đã có quyết định hỗ trợ chi phí mai táng cho %(name)s (dòng sổ hưởng %(code)s).")
    if item.benefit == Benefit.CARER_MONEY:
        return _("Dòng %(number)d: người được %(name)s chăm sóc đã có kinh phí chăm sóc trong cùng thời gian (%(code)s).")
    return _("Dòng %(number)d: %(name)s đã hưởng chế độ này trong cùng thời gian (dòng sổ hưởng %(code)s).")


def _overlap(months, item: DecisionItem) -> bool:
    return (months.upper is None or item.from_month < months.upper) and (item.to_month is None or months.lower < item.to_month)
