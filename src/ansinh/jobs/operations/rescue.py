"""Put work back into the queue whose worker died."""

from __future__ import annotations

from procrastinate.manager import JobManager

STALLED_AFTER = 20  # seconds without a sign of life of the worker


async def rescue_stalled(manager: JobManager, *, seconds: float = STALLED_AFTER) -> int:
    """Retry every job whose worker gave no sign of life for `seconds`. Returns how many."""
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for job in stalled:
        await manager.retry_job(job)
    return len(stalled)
