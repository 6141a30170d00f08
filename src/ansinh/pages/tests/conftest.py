"""The pages room alone: its tests know no door of the rooms above."""

from types import ModuleType

import pytest
from django.urls import include, path


@pytest.fixture(autouse=True)
def only_this_room(settings):
    """Addresses of this room only, with its error pages."""
    urls = ModuleType("only_pages")
    urls.urlpatterns = [path("", include("ansinh.pages.urls"))]
    for code, view in (("400", "bad_request"), ("403", "forbidden"), ("404", "not_found"), ("500", "server_error")):
        setattr(urls, f"handler{code}", f"ansinh.pages.views.{view}")
    settings.ROOT_URLCONF = urls
    settings.ANSINH_SEARCH_URL = settings.ANSINH_HOME_URL = settings.ANSINH_CHOOSE_URL = ""
    settings.ANSINH_MENU = []
