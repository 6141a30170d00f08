"""The law of social assistance as dated, cited, testable rules.

Words owned: regime, parameter, rule, benefit, coefficient, procedure, glossary. Asks: kernel. Knows no Django, no clock,
no database: facts and dates come in, amounts with their reasons go out.
"""
