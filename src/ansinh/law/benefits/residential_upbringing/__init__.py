"""Trợ cấp nuôi dưỡng trong cơ sở trợ giúp xã hội."""
