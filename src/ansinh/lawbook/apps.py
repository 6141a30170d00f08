from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "ansinh.lawbook"
    label = "lawbook"
