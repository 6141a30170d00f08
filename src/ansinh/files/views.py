"""The door to files: who may see the row may take the file, and it is noted."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now
from ansinh.files import queries
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput

_EVERYONE_WITH_PAPERS = [role for role in Role if role not in (Role.ADMINISTRATOR, Role.SYSTEM)]


@for_roles(*_EVERYONE_WITH_PAPERS)
def download(request, token):
    """Hand out one file; row security decides whether it is there at all. What has a door of its own goes out by that alone."""
    stored = get_object_or_404(StoredFile.objects.exclude(purpose__in=queries.OWN_DOOR), token=token, purged_at__isnull=True)
    try:
        data = queries.read(stored)
    except InvalidInput as error:
        raise Http404(str(error)) from None
    journal.note_read(
        by=request.post.actor,
        act="download",
        noun="stored_file",
        key=str(token),
        detail={"purpose": stored.purpose},
        at=now(),
    )
    response = HttpResponse(data, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
