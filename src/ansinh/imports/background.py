"""Background work on lists."""

from __future__ import annotations

from django.urls import reverse

from ansinh.imports.models import Batch
from ansinh.imports.operations import commit_batch, undo_batch
from ansinh.jobs.running import RunningJob


def commit_list(job: RunningJob) -> dict:
    """Commit a long list. Run again after a kill it finds the list committed, and says where it is."""
    batch = Batch.objects.get(id=job.arguments["batch"])
    total = batch.rows.filter(state="ready").count()
    if total:
        commit_batch(batch=batch, by=job.post, now=job.now(), progress=job.progress)
    job.progress(3, 3)
    return {"url": reverse("imports:detail", args=[batch.code]), "rows": total}


def undo_list(job: RunningJob) -> dict:
    """Take a long list back. Run again after a kill it finds the list taken back, and says where it is."""
    batch = Batch.objects.get(id=job.arguments["batch"])
    job.progress(0, 1)
    if batch.state == "committed":
        undo_batch(batch=batch, reason=job.arguments["reason"], by=job.post, now=job.now())
    job.progress(1, 1)
    return {"url": reverse("imports:detail", args=[batch.code])}
