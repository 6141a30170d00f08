from django.apps import AppConfig
from django.utils.translation import gettext

from ansinh.kernel.words import translate_with


class PagesConfig(AppConfig):
    name = "ansinh.pages"
    label = "pages"

    def ready(self) -> None:
        translate_with(gettext)
