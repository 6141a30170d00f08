from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "ansinh.assistance"
    label = "assistance"
