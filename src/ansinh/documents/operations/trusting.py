"""Roots of trust: certificates of issuers that the administrator takes in and ends, each with its source."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post, Role
from ansinh.documents.models import TrustRoot
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.rendering.signed_pdf import NotACertificate, issuer_of

LIMIT = 64 * 1024


@transaction.atomic
def take_root(*, data: bytes, name: str, source: str, since: date, by: Post, now: datetime) -> TrustRoot:
    """Trust an issuer's certificate from a day on. `source` says where it came from.

    Raises InvalidInput for what is no certificate of an issuer or has run out, AlreadyDone for one that is trusted.
    """
    _check_hand(by)
    if not source.strip():
        raise InvalidInput(_("Hãy ghi nguồn của chứng thư (trang công bố, văn bản)."), field="source")
    try:
        found = issuer_of(data[: LIMIT + 1])
    except NotACertificate:
        raise InvalidInput(
            _("Tệp không phải là chứng thư số (.cer, .crt, .pem) của một tổ chức cấp chứng thư."), field="file"
        ) from None
    if found.valid_to < since:
        raise InvalidInput(_("Chứng thư đã hết hạn ngày %(day)s.") % {"day": f"{found.valid_to:%d/%m/%Y}"}, field="file")
    if TrustRoot.objects.filter(fingerprint=found.fingerprint, period__endswith=None).exists():
        raise AlreadyDone(_("Chứng thư này đang được tin cậy."))
    made = TrustRoot.objects.create(
        name=name.strip() or found.subject, subject=found.subject, issuer=found.issuer, fingerprint=found.fingerprint,
        valid_from=found.valid_from, valid_to=found.valid_to, pem=found.pem, source=source.strip(),
        period=DateRange(since, None), taken_by=by, taken_at=now,
    )  # fmt: skip
    journal.record(
        by=by.actor, act="take_trust_root", noun="trust_root", key=made.code, detail={"sha256": made.fingerprint}, at=now
    )
    return made


@transaction.atomic
def end_root(*, root: TrustRoot, on: date, by: Post, now: datetime) -> TrustRoot:
    """Trust an issuer no longer from a day on; what was checked against it stays as it was found."""
    _check_hand(by)
    root = TrustRoot.objects.select_for_update(of=("self",)).get(pk=root.pk)
    if root.period.isempty or root.period.upper is not None:
        raise AlreadyDone(_("Chứng thư này đã thôi tin cậy."))
    root.period = DateRange(root.period.lower, max(on, root.period.lower))
    root.save(update_fields=["period"])
    journal.record(by=by.actor, act="end_trust_root", noun="trust_root", key=root.code, at=now)
    return root


def _check_hand(by: Post) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Chỉ quản trị nạp hoặc thôi dùng chứng thư gốc."))
