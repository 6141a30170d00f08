"""One folder per benefit: its facts, numbers, rules, month rules and worked cases."""
