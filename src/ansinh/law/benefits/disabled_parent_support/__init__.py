"""Hỗ trợ người khuyết tật mang thai hoặc nuôi con dưới 36 tháng tuổi, and the one share of a couple."""
