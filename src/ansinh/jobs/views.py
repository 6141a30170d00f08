"""Pages of background work: what I asked for, how far it is, stop it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now
from ansinh.jobs import operations
from ansinh.jobs.models import Job, JobState
from ansinh.kernel.errors import AlreadyDone

_EVERYONE = [role for role in Role if role != Role.SYSTEM]
_STOPPED = (JobState.FAILED, JobState.CANCELLED)
_ENDED = (JobState.DONE, *_STOPPED)
_STOP_POLLING = 286  # htmx stops asking when it gets this status


def _job(request, code: str) -> Job:
    return get_object_or_404(Job, code=code, asked_by=request.post)


@for_roles(*_EVERYONE)
def mine(request):
    """The newest work this post asked for."""
    jobs = list(Job.objects.filter(asked_by=request.post).order_by("-id")[:50])
    unended = any(job.state not in _ENDED for job in jobs)
    return TemplateResponse(request, "jobs/mine.html", {"jobs": jobs, "unended": unended})


@for_roles(*_EVERYONE)
def detail(request, code):
    """One piece of work; asked again by htmx it answers with the progress alone."""
    job = _job(request, code)
    context = {"job": job, "ended": job.state in _ENDED, "stopped": job.state in _STOPPED, "next_url": _next_url(job)}
    if not request.htmx:
        return TemplateResponse(request, "jobs/detail.html", context)
    response = TemplateResponse(request, "jobs/_progress.html", context)
    if context["ended"]:
        response.status_code = _STOP_POLLING
        response["HX-Refresh"] = "true"  # the rest of the page still offers to stop it
    return response


@require_POST
@for_roles(*_EVERYONE)
def cancel(request, code):
    """Ask the work to stop at its next step."""
    job = _job(request, code)
    try:
        operations.cancel(job=job, now=now())
        messages.info(request, _("Đã yêu cầu dừng công việc."))
    except AlreadyDone as error:
        messages.warning(request, str(error))
    return redirect("jobs:detail", code=job.code)


@require_POST
@for_roles(*_EVERYONE)
def resume(request, code):
    """Let work that stopped halfway go on from where it was."""
    job = _job(request, code)
    try:
        operations.resume(job=job)
    except AlreadyDone as error:
        messages.warning(request, str(error))
    return redirect("jobs:detail", code=job.code)


def _next_url(job: Job) -> str | None:
    """Where the result is: the work leaves `url` (a path of this site) in its result."""
    url = job.result.get("url") if job.state == JobState.DONE else None
    return url if isinstance(url, str) and url.startswith("/") and not url.startswith("//") else None
