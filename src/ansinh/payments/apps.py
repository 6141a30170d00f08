from django.apps import AppConfig

from ansinh.database import roles

WORKING = (roles.COMMUNE, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)


class PaymentsConfig(AppConfig):
    name = "ansinh.payments"
    label = "payments"
    # Functions that look across communes, and who may call them.
    doors = dict.fromkeys(
        ("payments_past", "payments_first_months", "payments_papers", "payments_plain", "payments_plain_lines", "payments_terms"),
        WORKING,
    ) | {"payments_settled": (*WORKING, roles.AUDITOR)}
