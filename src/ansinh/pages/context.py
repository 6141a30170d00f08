"""What the shell of every page shows: menu, search, post, preferences. Names no page of rooms above: settings do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from ansinh.pages.preferences import Preferences

THUMB_DOORS = 4


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy, so that fragments do not pay for a menu they do not show."""
    menu = SimpleLazyObject(lambda: build_menu(request))
    return {
        "menu": menu,
        "thumb": SimpleLazyObject(lambda: build_thumb(menu)),
        "search_url": _address(getattr(settings, "ANSINH_SEARCH_URL", "")),
        "home_url": _address(getattr(settings, "ANSINH_HOME_URL", "")) or "/",
        "logout_url": _address(getattr(settings, "ANSINH_LOGOUT_URL", "")),
        "own_doors": SimpleLazyObject(lambda: own_doors(request)),
        "post": getattr(request, "post", None),
        "look": Preferences.of(request),
        "language": get_language() or settings.LANGUAGE_CODE,
        "demo": getattr(settings, "ANSINH_DEMO", False),
        "second_step_is_off": not getattr(settings, "ANSINH_SECOND_STEP", True),
    }


def build_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The doors this post may open, by section, in the order of the settings. A door of a room not open is left out.

    An entry of `ANSINH_MENU`: section, label, url_name, roles (None: everybody logged in), and at will icon and short
    (for the thumb menu) and count: dotted path of a function of the request giving (how many, whether some are late).
    """
    post = getattr(request, "post", None)
    if post is None:
        return []
    entries = [(e, _address(e["url_name"])) for e in getattr(settings, "ANSINH_MENU", []) if _may(post, e)]
    open_doors = [(entry, url) for entry, url in entries if url]
    here = _nearest(request.path, [url for _, url in open_doors])
    sections: list[dict[str, Any]] = []
    for entry, url in open_doors:
        if not sections or sections[-1]["section"] != entry["section"]:
            sections.append({"section": entry["section"], "items": []})
        sections[-1]["items"].append(_item(request, entry, url, here))
    return sections


def own_doors(request: HttpRequest) -> list[dict[str, Any]]:
    """Doors to one's own account (`ANSINH_OWN_MENU`: label, url_name, and roles where not everybody may), for whoever has logged in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    post, doors = getattr(request, "post", None), getattr(settings, "ANSINH_OWN_MENU", [])
    mine = [entry for entry in doors if "roles" not in entry or (post is not None and _may(post, entry))]
    entries = [(entry["label"], _address(entry["url_name"])) for entry in mine]
    return [{"label": label, "url": url} for label, url in entries if url]


def build_thumb(menu: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The few doors at the foot of a phone: those with an icon, at most four; the fifth is the whole menu."""
    return [item for section in menu for item in section["items"] if item["icon"]][:THUMB_DOORS]


def _item(request: HttpRequest, entry: dict[str, Any], url: str, here: str) -> dict[str, Any]:
    count, hot = import_string(entry["count"])(request) if entry.get("count") else (None, False)
    current = "" if url != here else "page" if url == request.path else "true"
    return {
        "label": entry["label"],
        "short": entry.get("short") or entry["label"],
        "icon": entry.get("icon", ""),
        "url": url,
        "current": current,
        "count": count,
        "hot": hot,
    }


def _may(post: Any, entry: dict[str, Any]) -> bool:
    roles = entry.get("roles")
    return roles is None or post.role in roles


def _nearest(path: str, urls: list[str]) -> str:
    """The door whose address is the longest beginning of `path`."""
    return max((u for u in urls if path == u or (u != "/" and path.startswith(u))), key=len, default="")


def _address(url_name: str) -> str:
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""
