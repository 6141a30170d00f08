"""Property tests give the same on every machine and every run; ANSINH_EXPLORE=1 looks for new examples instead."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("fixed", derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", max_examples=2_000)
settings.load_profile("explore" if os.environ.get("ANSINH_EXPLORE") else "fixed")
