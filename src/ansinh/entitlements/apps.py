from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "ansinh.entitlements"
    label = "entitlements"
