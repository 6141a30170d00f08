"""Facts in official words, for templates."""

from django import template

from ansinh.people import facts_catalogue

register = template.Library()


@register.filter
def fact_label(fact) -> str:
    return facts_catalogue.fact_label(fact.kind)


@register.filter
def fact_value(fact) -> str:
    return facts_catalogue.value_label(fact.kind, fact.value)
