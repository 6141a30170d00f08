from django.apps import AppConfig

from ansinh.database import roles

WORKING = (roles.COMMUNE, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)


class PeopleConfig(AppConfig):
    name = "ansinh.people"
    label = "people"
    # Functions that look across communes, and who may call them.
    doors = {
        "people_match": (*WORKING, roles.AUDITOR),
        "people_move": WORKING,
        "people_named": (roles.COMMUNE,),
        "people_name_counts": WORKING,
        "people_names_with": (*WORKING, roles.AUDITOR),
        "people_names_like": (*WORKING, roles.AUDITOR),
        "people_register_size": WORKING,
    }
