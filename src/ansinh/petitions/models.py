"""A petition, who sent it, and what happened to it step by step."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database.columns import code_field, folded_field
from ansinh.database.security import by_unit, through
from ansinh.dossiers.models import Dossier, Posting
from ansinh.entitlements.models import Decision
from ansinh.files.models import StoredFile
from ansinh.localities.models import Unit
from ansinh.petitions.workflow import OPEN, PETITION


class Kind(models.TextChoices):
    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")
    PROPOSAL = "proposal", _("Kiến nghị")
    REPORT = "report", _("Phản ánh")


class Channel(models.TextChoices):
    COUNTER = "counter", _("Trực tiếp")
    POST = "post", _("Bưu chính")
    PORTAL = "portal", _("Trực tuyến")
    RECEPTION = "reception", _("Tiếp công dân")
    FORWARDED = "forwarded", _("Cơ quan khác chuyển đến")


class Outcome(models.TextChoices):
    RIGHT = "right", _("Đúng")
    PARTLY = "partly", _("Đúng một phần")
    WRONG = "wrong", _("Không đúng")
    EXPLAINED = "explained", _("Đã giải thích, trả lời")


LOOKS = {"registered": "due", "admitted": "now", "answered": "done"}


class PetitionQuerySet(models.QuerySet):
    """Petitions by what they still need."""

    def open(self) -> Self:
        """The office still owes something."""
        return self.filter(state__in=OPEN)

    def overdue(self, on: date) -> Self:
        """The last day of the present step lies behind."""
        late = Q(state="registered", admit_due_on__lt=on) | Q(state="admitted", answer_due_on__lt=on)
        return self.filter(late)


class Petition(models.Model):
    """One paper or word of a citizen against or about what the office does. Its sender stands apart (`PetitionSender`).

    `admit_due_on`, `answer_due_on`: last days by the law of the day of receipt and of admission; None where the law sets none. `line_code`:
    a payment line by its code. `earlier`: the petition this one goes on from. `draft`: words for its papers before they are signed. `scan`: the signed answer; it goes out by a door of its own.
    `result_*`: what was changed because of it.
    """

    security = by_unit()

    code = code_field("DT")
    kind = models.TextField(choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="petitions")
    channel = models.TextField(choices=Channel.choices, default=Channel.COUNTER)
    received_on = models.DateField()
    content = models.TextField()
    content_folded = folded_field("content")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="petitions")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="petitions")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="petitions")
    line_code = models.TextField(blank=True)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    state = models.TextField(choices=PETITION.choices, default=PETITION.start)
    holder = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="held_petitions")
    received_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    admit_due_on = models.DateField(null=True, blank=True)
    admitted_on = models.DateField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answer_number = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    signer_name = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.JSONField(default=dict)
    result_decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    result_dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(outcome="") & ~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answer_says_what_and_when",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "received_on"], name="petition_place")]

    def __str__(self) -> str:
        return self.code

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return LOOKS.get(self.state, "plain")

    @property
    def is_open(self) -> bool:
        """Whether the office still owes something."""
        return self.state in OPEN

    @property
    def is_guarded(self) -> bool:
        """Whether sender and content are for those alone who handle it."""
        return self.kind == Kind.DENUNCIATION

    @property
    def due_on(self) -> date | None:
        """The last day of the present step."""
        return {"registered": self.admit_due_on, "admitted": self.answer_due_on}.get(self.state)

    def is_late(self, on: date) -> bool:
        """Whether it lies behind; of an answered one, whether the answer came after it."""
        if self.state == "answered":
            return bool(self.answer_due_on and self.answered_on and self.answered_on > self.answer_due_on)
        return bool(self.due_on and self.due_on < on)


class PetitionSender(models.Model):
    """Who sent a petition. Apart, so that no list of petitions carries it along."""

    security = through("petition", "petitions_petition")

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="sender")
    name = models.TextField(blank=True)
    name_folded = folded_field("name")
    address = models.TextField(blank=True)
    telephone = models.TextField(blank=True)


class PetitionStep(models.Model):
    """One act on a petition: who, when, from, to, note. Written once, never edited."""

    security = through("petition", "petitions_petition")

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField(choices=PETITION.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    @property
    def label(self) -> str:
        """The words of the act."""
        return str(STEP_WORDS.get(self.act, self.act))


STEP_WORDS = {move.act: move.label for move in PETITION.moves} | {
    "register": _("Tiếp nhận đơn"),
    "classify": _("Phân loại lại"),
    "assign": _("Giao người giải quyết"),
    "extend": _("Gia hạn giải quyết"),
    "reckon": _("Tính lại hạn theo lịch nghỉ"),
}
