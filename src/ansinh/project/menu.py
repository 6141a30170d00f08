"""The side menu: which door each role sees, in the order of the day's work."""

from django.utils.translation import gettext_lazy as _

ANSINH_MENU: list[dict] = []
