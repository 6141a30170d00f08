from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "ansinh.emergency"
    label = "emergency"
