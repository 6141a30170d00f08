"""Hỗ trợ kinh phí chăm sóc, nuôi dưỡng: money for those who care, beside the cared-for person's own allowance."""
