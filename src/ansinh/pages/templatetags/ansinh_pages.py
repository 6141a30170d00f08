"""Words and figures as officers write them, and the components of the look.

Filters: own_words, money, number, coef, day, month, mask, birth, signed, article. Tags: icon, mark, tag, notice, field, errors, facts,
steps, job, empty, why, figure, difference, axis, bars, circles, pager, heads, chips,
filters.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.kernel.money import coefficient_text, money_text, number_text
from ansinh.pages.nouns import noun_url
from ansinh.pages.own_words import own_words

register = template.Library()

TAG_ICONS = {"plain": "", "now": "run", "due": "clock", "late": "late", "done": "check", "unsure": "ask"}
NOTICE_ICONS = {"now": "info", "due": "clock", "late": "alert", "done": "check", "unsure": "ask"}
NOTHING = (None, "")


# Values ---------------------------------------------------------------------------------------------------------------
@register.filter
def money(value: int | None) -> str:
    """1234567 as '1.234.567 đ' (no-break space); nothing is blank."""
    return "" if value in NOTHING else money_text(int(value))


@register.filter
def number(value: int | None) -> str:
    """1234567 as '1.234.567'; a negative with U+2212; nothing is blank."""
    return "" if value in NOTHING else number_text(int(value))


@register.filter
def signed(value: int | None) -> str:
    """A difference with its sign: '+540.000', '−540.000', '0'."""
    if value in NOTHING:
        return ""
    return ("+" if int(value) > 0 else "") + number_text(int(value))


@register.filter
def coef(value: int | None) -> str:
    """Hundredths as officers write a coefficient: 150 is '1,5'."""
    return "" if value in NOTHING else coefficient_text(int(value))


@register.filter
def day(value: date | None) -> str:
    """'20/11/2026'; takes a date, a moment (in local time already) or nothing."""
    return f"{value:%d/%m/%Y}" if value else ""


@register.filter
def month(value: date | None) -> str:
    """'11/2026'."""
    return f"{value:%m/%Y}" if value else ""


@register.filter
def mask(value: str | None) -> str:
    """A personal or account number with its middle hidden: '034•••••••23'. Short ones keep two last figures."""
    text = (value or "").strip()
    if not text:
        return ""
    head = text[:3] if len(text) >= 9 else ""
    return head + "•" * (len(text) - len(head) - 2) + text[-2:]


@register.filter
def birth(value: date | None, precision: str = "day") -> str:
    """A birth date as far as it is known: precision 'day', 'month' or 'year'."""
    if not value:
        return ""
    return {"year": f"{value:%Y}", "month": f"{value:%m/%Y}"}.get(precision, f"{value:%d/%m/%Y}")


@register.filter
def article(code: str | None) -> str:
    """A rule's code as the gazette writes it: ND335.5.6 is 'Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP'."""
    return law.citation_of(code) if code else ""


register.filter(own_words)


@register.simple_tag
def noun(kind: str, code: str) -> str:
    """The address of a thing whose page a room above shows: {% noun 'person' line.person.code %}."""
    return noun_url(kind, code)


# Small parts ----------------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign of the sprite, for the eye only: words stand beside it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("ansinh/icons.svg"), name)


@register.simple_tag
def mark() -> SafeString:
    """The roof and the red dot of the product."""
    return mark_safe(  # noqa: S308 - a constant
        '<svg viewBox="0 0 28 28" aria-hidden="true">'
        '<path class="roof" d="M2.5 14.5C7 13.5 10.5 10.8 14 5.5c3.5 5.3 7 8 11.5 9"/>'
        '<circle class="dot" cx="14" cy="19.5" r="4.5"/></svg>'
    )


@register.simple_tag
def tag(kind: str, text: str) -> SafeString:
    """A state: plain, now, due, late, done or unsure, always with words. 'wait', 'bad' and the like do not exist."""
    name = TAG_ICONS[kind]
    return format_html('<span class="tag tag--{}">{}{}</span>', kind, icon(name) if name else "", text)


@register.simple_block_tag
def notice(content: str, kind: str = "now", role: str = "note") -> SafeString:
    """{% notice "due" %}<p>…</p>{% endnotice %}; role="alert" for the errors of a whole page, "status" for a result."""
    return format_html(
        '<div class="notice notice--{}" role="{}">{}<div>{}</div></div>', kind, role, icon(NOTICE_ICONS[kind]), content
    )


@register.simple_tag
def figure(label: str, value: str, unit: str = "", note: str = "", url: str = "", kind: str = "") -> SafeString:
    """One of at most three figures of a page (inside <dl class="figures">). kind: '', 'second' or 'late'."""
    classes = "figure" + {"": "", "second": " figure--second", "late": " late"}[kind]
    shown = format_html('<a href="{}">{}</a>', url, value) if url else value
    small = format_html(" <small>{}</small>", unit) if unit else ""
    below = format_html("<dd>{}</dd>", note) if note else ""
    return format_html('<div><dt>{}</dt><dd class="{}">{}{}</dd>{}</div>', label, classes, shown, small, below)


# Parts with a template -----------------------------------------------------------------------------------------------
@register.inclusion_tag("pages/_field.html")
def field(bound: Any, kind: str = "") -> dict[str, Any]:
    """Any bound field: label, hint, error, control. kind: '', 'short' or 'grow'."""
    return {"field": bound, "kind": kind}


@register.inclusion_tag("pages/_errors.html")
def errors(form: Any, title: str = "") -> dict[str, Any]:
    """Summary of a form's errors with links to the fields; nothing when there is none."""
    return {"form": form, "title": title}


@register.inclusion_tag("pages/_facts.html")
def facts(rows: Any, kind: str = "") -> dict[str, Any]:
    """rows: (label, value) or (label, value, note), or dictionaries of label, value, note, url."""
    return {"rows": [_fact(row) for row in rows], "kind": kind}


def _fact(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else dict(zip(("label", "value", "note", "url"), row, strict=False))


@register.inclusion_tag("pages/_steps.html")
def steps(items: Any, current: str, label: str = "") -> dict[str, Any]:
    """items: (key, words) or (key, words, note) in order; those before `current` are done."""
    keys = [item[0] for item in items]
    here = keys.index(current) if current in keys else len(keys)
    rows = [
        {"label": item[1], "note": item[2] if len(item) > 2 else "", "done": i < here, "current": i == here}
        for i, item in enumerate(items)
    ]
    return {"items": rows, "label": label or _("Các bước")}


@register.inclusion_tag("pages/_job.html")
def job(label: str, done: int, total: int, note: str = "", poll_url: str = "") -> dict[str, Any]:
    """Progress of long work. With poll_url htmx asks every two seconds; the answer 286 ends it."""
    percent = 100 * done // total if total else 0
    return {"label": label, "done": done, "total": total, "percent": percent, "note": note, "poll_url": poll_url}


@register.inclusion_tag("pages/_empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """What is missing, why that is well or not, the next step."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("pages/_why.html")
def why(explanation: dict[str, Any], is_open: bool = False) -> dict[str, Any]:
    """The panel "Vì sao?". The shape of `explanation` is told in `pages.explanations`."""
    return {"why": explanation, "is_open": is_open}


@register.inclusion_tag("pages/_difference.html")
def difference(table: Any) -> dict[str, Any]:
    """Opening total, reasons, closing total: a `pages.differences.Difference`."""
    return {"table": table}


@register.inclusion_tag("pages/_axis.html")
def axis(drawing: Any) -> dict[str, Any]:
    """One time axis: a `pages.axis.Drawing` made by `pages.axis.draw`."""
    return {"drawing": drawing}


@register.inclusion_tag("pages/_bars.html")
def bars(chart: Any) -> dict[str, Any]:
    """Bars with their table: a `pages.charts.BarDrawing` made by `pages.charts.bars`."""
    return {"chart": chart}


@register.inclusion_tag("pages/_circles.html")
def circles(drawing: Any) -> dict[str, Any]:
    """Places as circles: a `pages.charts.CircleDrawing`. For the eye only; a table with the same numbers stands beside."""
    return {"map": drawing}


@register.inclusion_tag("pages/_pager.html")
def pager(listing: Any, noun: str = "", target: str = "#rows") -> dict[str, Any]:
    """Before and after, by key; never page numbers."""
    return {"listing": listing, "noun": noun, "target": target}


@register.inclusion_tag("pages/_sort_head.html")
def heads(listing: Any, target: str = "#rows") -> dict[str, Any]:
    """The row of column heads, those that sort as links."""
    return {"listing": listing, "target": target}


@register.inclusion_tag("pages/_chips.html")
def chips(listing: Any) -> dict[str, Any]:
    """Each chip is a link that drops one filter."""
    return {"listing": listing}


@register.inclusion_tag("pages/_filters.html")
def filters(listing: Any, label: str = "", target: str = "#rows") -> dict[str, Any]:
    """The GET form of a list; its state lives in the address."""
    return {"listing": listing, "form": listing.form, "label": label or _("Lọc danh sách"), "target": target}
