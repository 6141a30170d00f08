"""Background work on papers."""

from __future__ import annotations

from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.documents import operations
from ansinh.documents.models import PaperPrint
from ansinh.files.queries import read
from ansinh.jobs.running import RunningJob, in_steps
from ansinh.rendering.office import LONG_SECONDS, pdf_of


@in_steps
def make_pdf(job: RunningJob) -> dict:
    """Make the PDF of a long print and keep it beside it. LibreOffice works outside any transaction; whoever came first has made it."""
    with as_post(job.post, on=job.now().date()):
        made = PaperPrint.objects.select_related("word", "paper").get(pk=job.arguments["print"])
    if made.pdf_id is None:
        job.progress(0, 0, "LibreOffice đang chuyển tệp Word sang PDF; văn bản dài mất vài phút.")
        data = pdf_of(read(made.word), seconds=LONG_SECONDS)
        with job.step(made.pk):
            operations.keep_beside(made=made, data=data, by=job.post, now=job.now())
    return {"url": reverse("documents:pdf", args=[made.paper.code, made.number])}
