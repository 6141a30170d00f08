from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "ansinh.watch"
    label = "watch"
