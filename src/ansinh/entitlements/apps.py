from django.apps import AppConfig

from ansinh.database import roles

_OFFICE = (roles.COMMUNE, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)


class EntitlementsConfig(AppConfig):
    name = "ansinh.entitlements"
    label = "entitlements"
    # Functions that look across communes, and who may call them.
    doors = {"entitlements_papers": (*_OFFICE, roles.AUDITOR), "entitlements_decided": _OFFICE}
