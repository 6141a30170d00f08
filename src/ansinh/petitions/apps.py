from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "ansinh.petitions"
    label = "petitions"
