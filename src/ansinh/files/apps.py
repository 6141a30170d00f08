from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ansinh.files"
    label = "files"
