"""Papers, what was printed of them, the templates they are printed from, and the register of papers going out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database import roles
from ansinh.database.columns import PeriodField, code_field, no_overlap
from ansinh.database.security import by_unit, reference, through
from ansinh.files.models import StoredFile
from ansinh.localities.models import Unit


class PaperTemplate(models.Model):
    """A Word file that an office uses for a kind of paper in place of the one that comes with the programme."""

    security = by_unit()

    code = code_field("MV")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    period = PeriodField()
    taken_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("one_template_of_a_kind_at_a_time", "office", "kind", condition=Q(period__isempty=False)),
        ]

    def __str__(self) -> str:
        return self.code


class Paper(models.Model):
    """A paper of an office. Once signed, the print that was signed stays as it is and no other is made.

    `scan`: what came back signed, of a paper whose signature is recorded on its own page or that only some may open.

    `noun`, `about`: what a room above keeps the paper for, by its public code. `is_sensitive`: its text tells an illness; only who may know it opens a print.
    """

    security = by_unit()

    code = code_field("VB")
    kind = models.TextField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    noun = models.TextField()
    about = models.TextField()
    summary = models.TextField()
    is_sensitive = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["noun", "about"], name="paper_about")]

    def __str__(self) -> str:
        return self.code


class PaperPrint(models.Model):
    """What was printed of a paper: the Word file, the PDF made of it, and what it was made from. Never edited.

    `content` is the hash of the fields and the template: printing the same again gives the same file.
    """

    security = through("paper", "documents_paper")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="prints")
    number = models.IntegerField()
    content = models.TextField()
    template = models.ForeignKey(PaperTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    word = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.TextField(blank=True)
    signer_title = models.TextField(blank=True)
    is_signed = models.BooleanField(default=False)
    printed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="print_number_once"),
            models.UniqueConstraint(fields=["paper"], condition=Q(is_signed=True), name="one_print_is_signed"),
        ]


class Source(models.TextChoices):
    OWN = "own", _("Lấy số tự động từ sổ này")
    TYPED = "typed", _("Ghi số do văn thư hoặc hệ thống quản lý văn bản cấp")


class Numbering(models.Model):
    """How an office numbers its papers from a day on. `per_kind`: each kind of paper has a series of its own."""

    security = by_unit()

    office = models.ForeignKey(Office, models.PROTECT, related_name="numberings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.TextField(choices=Source.choices)
    per_kind = models.BooleanField(default=True)
    period = PeriodField()
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("one_numbering_at_a_time", "office", condition=Q(period__isempty=False)),
        ]


class NumberSeries(models.Model):
    """The last number of a series in a year. Whoever takes the next one holds this row."""

    security = by_unit()

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.IntegerField()
    series = models.TextField(blank=True)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "series"], name="one_series_a_year"),
            models.CheckConstraint(condition=Q(last__gte=0), name="series_counts_upwards"),
        ]


class OutgoingEntry(models.Model):
    """A line of the register of papers going out. A number given back stays in the register with its reason.

    `noun`, `about`: for what of ours a number of a paper not printed here was recorded, once.
    """

    security = by_unit()

    code = code_field("SD")
    office = models.ForeignKey(Office, models.PROTECT, related_name="outgoing")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.GeneratedField(expression=ExtractYear("dated_on"), output_field=models.IntegerField(), db_persist=True)
    series = models.TextField(blank=True)
    number = models.IntegerField(null=True, blank=True)
    symbol = models.TextField()
    dated_on = models.DateField()
    kind = models.TextField()
    summary = models.TextField()
    signer = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    kept_by = models.TextField(blank=True)
    copies = models.IntegerField(default=1)
    note = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="entries")
    noun = models.TextField(blank=True)
    about = models.TextField(blank=True)
    taken_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "series", "number"], name="outgoing_number_once"),
            models.UniqueConstraint(fields=["office", "year", "symbol"], name="outgoing_symbol_once_a_year"),
            models.UniqueConstraint(fields=["paper"], condition=Q(voided_at__isnull=True), name="a_paper_has_one_number"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="voided_with_a_reason"),
        ]
        indexes = [models.Index(fields=["office", "year", "-id"]), models.Index(fields=["unit"])]

    def __str__(self) -> str:
        return self.symbol


class TrustRoot(models.Model):
    """A certificate that the office trusts to have issued keys: a chain that leads to it is known. Ended, never edited."""

    security = reference(roles.ADMIN)

    code = code_field("GC")
    name = models.TextField()
    subject = models.TextField()
    issuer = models.TextField()
    fingerprint = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    pem = models.TextField()
    source = models.TextField()
    period = PeriodField()
    taken_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [no_overlap("one_trust_root_at_a_time", "fingerprint", condition=Q(period__isempty=False))]

    def __str__(self) -> str:
        return self.name

    @property
    def fingerprint_in_fours(self) -> str:
        """'b6a4 c261 …', to be compared by eye with what the issuer publishes."""
        return " ".join(self.fingerprint[at : at + 4] for at in range(0, len(self.fingerprint), 4))


class Sameness(models.TextChoices):
    FILE = "file", _("Đúng tệp PDF đã in ở đây, chỉ thêm chữ ký")
    TEXT = "text", _("Cùng nội dung với bản đã in ở đây")
    NUMBER = "number", _("Có số, ký hiệu của văn bản")
    EYE = "eye", _("Người ghi nhận đối chiếu bằng mắt")


class SignedFile(models.Model):
    """A PDF that came back signed with a key, and what was found when it was taken. Never edited.

    `signatures` as `rendering.signed_pdf.Seen` tells them; `same_as`: how it is known to be this paper; `doubts`: what the recorder
    said to have compared (keys of `DOUBTS`).
    """

    security = through("file", "files_storedfile")

    code = code_field("KS")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="signed")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="signed_files")
    made = models.ForeignKey(PaperPrint, models.PROTECT, null=True, blank=True, related_name="+")
    signatures = models.JSONField()
    same_as = models.TextField(choices=Sameness.choices)
    doubts = models.JSONField(default=list)
    checked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
