"""Property tests give the same on every machine and every run; ANSINH_EXPLORE=2000 looks at so many new ones instead."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed", max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
if os.environ.get("ANSINH_EXPLORE"):
    settings.register_profile(
        "explore", max_examples=int(os.environ["ANSINH_EXPLORE"]), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile("explore" if os.environ.get("ANSINH_EXPLORE") else "fixed")
