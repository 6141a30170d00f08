"""Background work on lists."""

from __future__ import annotations

from django.urls import reverse

from ansinh.imports.models import Batch
from ansinh.imports.operations import commit_batch
from ansinh.jobs.running import RunningJob


def commit_list(job: RunningJob) -> dict:
    """Commit a long list. Run again after a kill it finds the list committed, and says where it is."""
    batch = Batch.objects.get(id=job.arguments["batch"])
    total = batch.rows.filter(state="ready").count()
    if total:
        commit_batch(batch=batch, by=job.post, now=job.now(), progress=job.progress)
    job.progress(3, 3)
    return {"url": reverse("imports:detail", args=[batch.code]), "rows": total}
