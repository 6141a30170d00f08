from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "ansinh.statistics"
    label = "statistics"
