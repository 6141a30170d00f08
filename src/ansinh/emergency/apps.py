from django.apps import AppConfig

from ansinh.database import roles

_READING = (roles.COMMUNE, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE, roles.AUDITOR)


class EmergencyConfig(AppConfig):
    name = "ansinh.emergency"
    label = "emergency"
    # Functions that look across communes, and who may call them.
    doors = dict.fromkeys(("emergency_heads", "emergency_moved_since", "emergency_listed_elsewhere"), _READING)
