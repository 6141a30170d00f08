"""A dossier, what happened to it step by step, the papers that belong to it; lists posted for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database.columns import code_field, folded_field
from ansinh.database.security import by_unit, through
from ansinh.documents.models import Paper
from ansinh.dossiers.details import told
from ansinh.dossiers.workflow import AT_WORK, DOSSIER, OPEN, POSTING
from ansinh.files.models import StoredFile
from ansinh.law.procedures import Case, ProcedureSheet, Version, sheet
from ansinh.localities.models import Unit
from ansinh.people.models import Person


class Channel(models.TextChoices):
    COUNTER = "counter", _("Trực tiếp")
    POST = "post", _("Bưu chính")
    PORTAL = "portal", _("Trực tuyến")


class Proposal(models.TextChoices):
    DECISION = "decision", _("Đề nghị ra quyết định")
    REFUSAL = "refusal", _("Đề nghị từ chối")


# How a state looks: done, under way, waiting for the person or for a correction, waiting for the signer.
LOOKS = {
    "decided": "done", "delivered": "done", "received": "now", "verifying": "now", "incomplete": "unsure", "returned": "unsure",
    "awaiting_signature": "due",
}  # fmt: skip


class DossierQuerySet(models.QuerySet):
    """Dossiers by what they still need."""

    def open(self) -> Self:
        """Received and not answered."""
        return self.filter(state__in=OPEN)

    def overdue(self, on: date) -> Self:
        """Open, and the last day lies behind."""
        return self.open().filter(due_on__lt=on)

    def due(self, on: date) -> Self:
        """Open, and this is the last day."""
        return self.open().filter(due_on=on)


class Dossier(models.Model):
    """One request of one person, whose name is copied: who moves away is seen by the new commune alone, the dossier stays.

    `due_on` is the last day to answer, None before receipt and while papers are missing. `declared` keeps what was declared and differs from the register: kind of fact → {"value", "since" (ISO day or None)};
    `details` whom the form names beside (`details.py`).
    """

    security = by_unit()

    code = code_field("HS")
    procedure = models.TextField()
    case = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers")
    office = models.ForeignKey(Office, models.PROTECT, related_name="dossiers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="dossiers")
    person_name = models.TextField()
    name_folded = folded_field("person_name")
    sort_key = models.TextField()
    applicant_name = models.TextField(blank=True)
    applicant_relation = models.TextField(blank=True)
    applicant_telephone = models.TextField(blank=True)
    channel = models.TextField(choices=Channel.choices, default=Channel.COUNTER)
    one_stop_code = models.TextField(blank=True)
    request = models.TextField(blank=True)
    declared = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    accepted_at = models.DateTimeField(null=True, blank=True)
    state = models.TextField(choices=DOSSIER.choices, default=DOSSIER.start)
    holder = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="held_dossiers")
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="opened_dossiers")
    opened_at = models.DateTimeField()
    received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    proposal = models.TextField(choices=Proposal.choices, blank=True)
    reason = models.TextField(blank=True)
    article = models.TextField(blank=True)
    answer_number = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    signer_name = models.TextField(blank=True)
    signer_title = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "procedure"], condition=Q(state__in=("writing", *OPEN)), name="one_open_dossier_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["one_stop_code"], condition=~Q(one_stop_code="") & ~Q(state="withdrawn"), name="one_stop_code_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("writing", "withdrawn")) | Q(received_on__isnull=False),
                name="a_received_dossier_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(reason="") & ~Q(article="") & ~Q(answer_number="")),
                name="a_refusal_has_reason_article_and_number",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="dossier_desk"),
            models.Index(fields=["holder", "state"], name="dossier_holder"),
            models.Index(fields=["state", "due_on", "id"], name="dossier_due"),
            models.Index(fields=["received_on", "id"], name="dossier_received"),
            models.Index(fields=["unit", "sort_key", "id"], name="dossier_name"),
            # The desk shows the most urgent first: of what is open, and of everything, of a commune and of the province.
            models.Index(fields=["due_on", "id"], condition=Q(state__in=("writing", *OPEN)), name="dossier_open_due"),
            models.Index(fields=["due_on", "id"], name="dossier_all_due"),
            models.Index(fields=["unit", "due_on", "id"], name="dossier_unit_due"),
            # What the desk counts and looks for among what still lies with somebody, without fetching a row.
            models.Index(
                fields=["state", "unit"],
                name="dossier_at_work",
                include=["id", "due_on", "holder", "opened_by", "name_folded", "code", "one_stop_code"],
                condition=Q(state__in=AT_WORK),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """The code people know: the one-stop desk's where there is one."""
        return self.one_stop_code or self.code

    @property
    def sheet(self) -> ProcedureSheet:
        """The procedure through all its regimes."""
        return sheet(self.procedure)

    @property
    def version(self) -> Version | None:
        """The procedure as it stood on the day of receipt."""
        return self.sheet.on(self.received_on) if self.received_on else None

    def seen_person(self) -> Person | None:
        """The person, while whoever asks may see them: None once they live in another commune. One query."""
        return Person.objects.select_related("unit", "village").filter(pk=self.person_id).first()

    @property
    def told_case(self) -> Case | None:
        """What the person comes with."""
        return self.sheet.case(self.case)

    @property
    def told_details(self) -> list[tuple[Any, str]]:
        """Whom the form names beside the person, in words."""
        return told(self.sheet.tells, self.case, self.details)

    @property
    def national_code(self) -> str:
        """The national code of the procedure; a case may have one of its own."""
        case = self.told_case
        return case.code if case and case.code else self.sheet.code

    @property
    def changes_register(self) -> bool:
        """Whether something declared goes into the register once it was found true."""
        return bool(self.declared or self.details.get("died_on"))

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return LOOKS.get(self.state, "plain")

    @property
    def is_open(self) -> bool:
        """Whether the office still owes an answer."""
        return self.state in OPEN

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still."""
        return self.state == "incomplete"

    def is_late(self, on: date) -> bool:
        """Whether the last day lies behind: of an open dossier today, of an answered one when the answer was signed."""
        day = on if self.is_open else self.answered_on
        return bool(self.due_on and day and self.due_on < day)


class DossierStep(models.Model):
    """One act on a dossier: who, when, from, to, note. Written once, never edited."""

    security = through("dossier", "dossiers_dossier")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField(choices=DOSSIER.choices)
    post = models.ForeignKey(Post, models.PROTECT)
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    @property
    def label(self) -> str:
        """The words of the act."""
        return str(ACT_WORDS.get(self.act, self.act))


ACT_WORDS = {move.act: move.label for move in DOSSIER.moves} | {
    "open": _("Lập hồ sơ"),
    "reassign": _("Giao người khác xử lý"),
    "accept": _("Ghi điều đã khai vào sổ"),
}


FURTHER = "/"  # stands in the key of a further picture of a paper, and in no key of a paper


class PaperSet(models.QuerySet):
    """Papers of dossiers."""

    def themselves(self) -> PaperSet:
        """Without the further pictures of each."""
        return self.exclude(key__contains=FURTHER)


class DossierPaper(models.Model):
    """One paper of a dossier: expected, given, or asked for. Missing is what was asked for and has not come.

    Further pictures of a paper are rows beside it; their key is that of the paper with a number.
    """

    security = through("dossier", "dossiers_dossier")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    key = models.TextField()
    label = models.TextField()
    given_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)

    objects = PaperSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="a_paper_once_in_a_dossier")]

    @property
    def is_missing(self) -> bool:
        """Asked for and not come."""
        return self.asked_on is not None and self.given_on is None


class Posting(models.Model):
    """A list of what people ask for, posted where everybody reads it, for the days the law of their dossiers says. `until`: its last day.

    Lines are copied and never change. `basis`: the articles that ask for the posting; `mark` '?' where one of them is not confirmed.
    """

    security = by_unit()

    code = code_field("NY")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="postings")
    place = models.TextField()
    posted_on = models.DateField()
    days = models.IntegerField()
    until = models.DateField()
    basis = models.TextField()
    mark = models.TextField()
    state = models.TextField(choices=POSTING.choices, default=POSTING.start)
    posted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()
    removed_on = models.DateField(null=True, blank=True)
    removed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    removal_note = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("posted_on")), name="posting_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(state="posted") | Q(removed_on__isnull=False), name="what_was_taken_down_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PostingLine(models.Model):
    """One line of a posted list: name, year of birth, village, what is asked. Nothing else may stand there, least of all a ground."""

    security = through("posting", "dossiers_posting")

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="posting_lines")
    number = models.IntegerField()
    name = models.TextField()
    birth_year = models.IntegerField(null=True, blank=True)
    village = models.TextField(blank=True)
    asked = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "dossier"], name="a_dossier_once_in_a_posting")]


class PostingOpinion(models.Model):
    """What somebody said about a posted list, and what the office found. `due_on`: the last day to conclude, None where the law sets none."""

    security = through("posting", "dossiers_posting")

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="opinions")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="posting_opinions")
    received_on = models.DateField()
    giver_name = models.TextField(blank=True)
    content = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    conclusion = models.TextField(blank=True)
    concluded_on = models.DateField(null=True, blank=True)
    concluded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(concluded_on__isnull=True) | ~Q(conclusion=""), name="a_conclusion_says_what"),
        ]
