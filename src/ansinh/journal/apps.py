from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "ansinh.journal"
    label = "journal"
