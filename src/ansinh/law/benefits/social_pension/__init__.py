"""Trợ cấp hưu trí xã hội: who, how much, and what a lower pension takes off."""
