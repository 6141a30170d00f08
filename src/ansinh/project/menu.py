"""The side menu: which door each role sees, in the order of the day's work."""

ANSINH_MENU: list[dict] = []
