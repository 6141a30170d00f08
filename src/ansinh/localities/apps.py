from django.apps import AppConfig


class LocalitiesConfig(AppConfig):
    name = "ansinh.localities"
    label = "localities"
