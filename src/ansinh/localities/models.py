"""Administrative units with the days they held, which unit took over which, and villages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.database import roles
from ansinh.database.columns import PeriodField, folded_field
from ansinh.database.security import reference


class Level(models.IntegerChoices):
    PROVINCE = 1, _("Tỉnh, thành phố")
    DISTRICT = 2, _("Huyện, quận, thị xã")
    COMMUNE = 3, _("Xã, phường, đặc khu")


class Unit(models.Model):
    """One period of unchanged name, type and parent of a unit. A code is not an identity; `key` (code@from) is."""

    security = reference()

    key = models.TextField(unique=True)
    code = models.TextField()
    name = models.TextField()
    name_folded = folded_field("name")
    kind = models.TextField()
    level = models.IntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    province_code = models.TextField()
    period = PeriodField()
    area_km2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    basis = models.TextField(blank=True)
    source = models.TextField(blank=True)
    population_2019 = models.IntegerField(null=True, blank=True)
    mark = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["name_folded"])]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On `event_on` the area of `old`, whole or part, came to `new`. `is_default`: where what cannot be placed goes."""

    security = reference()

    event_on = models.DateField()
    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    extent = models.TextField(choices=[("whole", _("toàn bộ")), ("partial", _("một phần")), ("abolished", _("giải thể"))])
    is_default = models.BooleanField(default=True)
    basis = models.TextField(blank=True)
    mark = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_on", "old", "new"], name="succession_once")]


class Village(models.Model):
    """Thôn, tổ dân phố: a local row of a commune."""

    security = reference(roles.PROVINCE, roles.COMMUNE)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="villages")
    name = models.TextField()
    name_folded = folded_field("name")
    period = PeriodField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="village_once_a_unit")]

    def __str__(self) -> str:
        return self.name
