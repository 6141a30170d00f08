"""Pairs of rows that may be one human being, with what was judged of them: nobody is asked twice."""

from django.db import models
from django.db.models import F, Q

from ansinh.access.models import Post
from ansinh.database.columns import code_field
from ansinh.database.security import by_unit
from ansinh.localities.models import Unit
from ansinh.people.models.identity import Person
from ansinh.people.workflow import DUPLICATE


class DuplicatePair(models.Model):
    """Two rows of the register that may be one human being. `unit` is empty where they live in two communes: the province judges.

    `per_mille` is how likely they are one; `agreements` names what spoke for and against, each with its weight
    (`queries.resemblance`). `facts` marks what identified the two when they were judged: corrected, they may be asked about again.
    """

    security = by_unit()

    # A pair nobody judged is a guess of the programme: it goes with its people.
    stands_when = ~Q(state="open")

    code = code_field("TR")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="duplicate_pairs")
    first = models.ForeignKey(Person, models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(Person, models.CASCADE, related_name="pairs_as_second")
    per_mille = models.IntegerField()
    agreements = models.JSONField(default=dict)
    facts = models.TextField(blank=True)
    state = models.TextField(choices=DUPLICATE.choices, default=DUPLICATE.start)
    found_at = models.DateTimeField()
    note = models.TextField(blank=True)
    judged_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_asked_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_has_one_order"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(note=""), name="a_judgement_has_a_reason"),
        ]
        indexes = [models.Index(fields=["state", "-per_mille", "id"], name="duplicate_waiting")]

    def __str__(self) -> str:
        return self.code

    @property
    def percent(self) -> int:
        """How likely they are one, never rounded up to certainty."""
        return self.per_mille // 10
