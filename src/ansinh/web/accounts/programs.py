"""Which browser on which machine, in words a person knows again. A hint for the eye: whoever wants can send another name."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that fits: most browsers also say they are the others.
_BROWSERS = (
    ("coc_coc_browser", "Cốc Cốc"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def program_words(agent: str) -> str:
    """'Chrome trên Windows'; what is not known is said to be."""
    browser, machine = _first(agent, _BROWSERS), _first(agent, _MACHINES)
    if browser and machine:
        return _("%(browser)s trên %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("chương trình không rõ")


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((words for sign, words in known if sign in agent), "")
