"""Who someone is: names, numbers, birth, relatives."""

from django.db import models
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from ansinh.database.columns import PeriodField, code_field, folded_field, no_overlap
from ansinh.database.security import Security, by_unit, through
from ansinh.localities.models import Unit, Village
from ansinh.people.models.recorded import Recorded


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")
    UNKNOWN = "unknown", _("Chưa rõ")


class BirthPrecision(models.TextChoices):
    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    YEAR = "year", "năm"


class Person(Recorded):
    """One human being. `born_on` is the first day the precision allows; `unit` is where they live now."""

    security = by_unit()

    code = code_field("NT")
    full_name = models.TextField()
    name_folded = folded_field("full_name")
    sort_key = models.TextField(blank=True)
    sex = models.TextField(choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True, blank=True)
    birth_precision = models.TextField(choices=BirthPrecision.choices, default=BirthPrecision.DAY)
    personal_number = models.TextField(null=True, blank=True)
    ethnicity = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    payment_book = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="persons", db_index=False)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True)
    address = models.TextField(blank=True)
    died_on = models.DateField(null=True, blank=True)
    death_source = models.TextField(blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personal_number"], name="personal_number_once"),
            models.CheckConstraint(
                condition=models.Q(personal_number__isnull=True) | models.Q(personal_number__regex=r"^\d{12}$"),
                name="personal_number_is_12_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(died_on__isnull=True)
                | models.Q(born_on__isnull=True)
                | models.Q(died_on__gte=models.F("born_on")),
                name="death_after_birth",
            ),
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | ~models.Q(same_as=models.F("id")), name="not_the_same_as_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], include=["born_on", "same_as"], name="person_name"),
            # The rows of a list are matched by name and year together.
            models.Index("name_folded", ExtractYear("born_on"), name="person_name_year"),
            models.Index(fields=["sort_key", "id"], include=["born_on", "same_as"], name="person_sort"),
            models.Index(fields=["died_on", "id"], condition=models.Q(died_on__isnull=False), name="person_died"),
            models.Index(fields=["telephone"], condition=~models.Q(telephone=""), name="person_telephone"),
            models.Index(fields=["unit", "sort_key", "id"], name="person_unit_sort"),
            # Who lives in a place and who of them died is asked of every month: answered from the index alone.
            models.Index(fields=["unit", "id"], include=["died_on"], name="person_of_unit"),
            models.Index(fields=["unit", "born_on"], name="person_unit_born"),
            models.Index(fields=["payment_book"], name="person_book"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def temporary_number(self) -> str:
        """The internal number of a person without a personal number: 'T-NT00000012'; empty for the others."""
        return "" if self.personal_number else f"T-{self.code}"


class BirthRuling(Recorded):
    """One recorded decision about a birth date known only by year or month; the newest serves every later question."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="birth_rulings")
    born_on = models.DateField()
    evidence = models.TextField()


class OtherName(Recorded):
    """Another name someone is known by."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="other_names")
    name = models.TextField()
    name_folded = folded_field("name")

    class Meta:
        indexes = [models.Index(fields=["name_folded"], name="other_name")]


class OtherNumber(Recorded):
    """An old 9-digit number, a corrected personal number, a number of another system."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="other_numbers")
    kind = models.TextField(
        choices=[("cmnd", _("CMND 9 số")), ("old_personal", _("Số định danh cũ")), ("other", _("Số khác"))],
    )
    number = models.TextField(db_index=True)


class Relative(Recorded):
    """Father, mother, spouse or child of a person: by name, and by row when known."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="relatives")
    kind = models.TextField(
        choices=[("father", _("Cha")), ("mother", _("Mẹ")), ("spouse", _("Vợ, chồng")), ("child", _("Con"))],
    )
    name = models.TextField()
    known = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="relative_of")
    period = PeriodField()

    class Meta:
        constraints = [no_overlap("one_relative_of_a_kind", "person", "kind", condition=~models.Q(kind="child"))]


class KnownName(models.Model):
    """The dictionary of distinct folded names, for search with typing errors. Reached only through functions."""

    security = Security(grants=())

    name_folded = models.TextField(unique=True)
    words = models.TextField()
    persons = models.IntegerField(default=1)
