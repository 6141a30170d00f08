from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "ansinh.database"
    label = "database"
