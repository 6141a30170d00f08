"""Trợ cấp xã hội hằng tháng: categories, coefficients, month rules and how several grants combine."""
