"""Every room that has doors is mounted here; each room's own urls carry the full path."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from ansinh.project.health import health

# Rooms below `pages` have their doors in the shell.
_DOORS = [*settings.ROOMS, "web.accounts", "web.journal", "web.places"]
urlpatterns = [path("", include(f"ansinh.{room}.urls")) for room in _DOORS if find_spec(f"ansinh.{room}.urls")]
urlpatterns.append(path("suc-khoe/", health, name="health"))
handler400 = "ansinh.pages.views.bad_request"
handler403 = "ansinh.pages.views.forbidden"
handler404 = "ansinh.pages.views.not_found"
handler500 = "ansinh.pages.views.server_error"
