"""Acts on background work."""

from ansinh.jobs.operations.rescue import requeue_lost, rescue_stalled
from ansinh.jobs.operations.run import run
from ansinh.jobs.operations.start import cancel, resume, start, start_beside

__all__ = ["cancel", "requeue_lost", "rescue_stalled", "resume", "run", "start", "start_beside"]
