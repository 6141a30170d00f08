"""Gifts that visiting leaders bring on behalf of the State (from 2026-10-05)."""
