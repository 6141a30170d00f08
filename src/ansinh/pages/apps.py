from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "ansinh.pages"
    label = "pages"
