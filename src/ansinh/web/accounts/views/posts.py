"""Which post one acts in: one's own, or that of a colleague who is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access import operations
from ansinh.access.guards import for_roles, logged_in
from ansinh.access.middleware import ABSENCE_KEY, POST_KEY, stand_ins
from ansinh.access.models import Absence, Post
from ansinh.access.queries import absences_of, posts_to_excuse
from ansinh.access.queries.absences import HEADS, STANDS_IN
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.forms import AbsenceForm

_STAFF = tuple(STANDS_IN)
SHOWN = 50


@logged_in
def choose_post(request):
    """Act in another of one's posts, or in place of a colleague who is away today."""
    posts = list(Post.objects.on(today()).filter(user=request.user).select_related("office", "user").order_by("id"))
    instead = stand_ins(posts, today())
    if request.method == "POST":
        asked = request.POST.get("post", "")
        own = next((post for post in posts if post.code == asked), None)
        acting = next((post for post in instead if post.absence.code == asked), None)
        if own is None and acting is None:
            raise Http404
        request.session[POST_KEY] = (own or acting).id
        request.session[ABSENCE_KEY] = acting.absence.code if acting else None
        return redirect("/")
    return TemplateResponse(request, "web/accounts/choose_post.html", {"posts": posts, "instead": instead})


@for_roles(*_STAFF)
def absences(request):
    """Who of the office is away and who stands in; write down an absence."""
    on = today()
    colleagues = Post.objects.on(on).filter(office=request.post.office, user__isnull=False, role__in=STANDS_IN)
    form = AbsenceForm(
        request.POST or None, posts=posts_to_excuse(request.post, on=on),
        colleagues=colleagues.select_related("user", "office").order_by("id"),
        initial={"first": on, "post": request.post.pk},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_absence(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã ghi vắng mặt."))
            return redirect("access:absences")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    rows = [(one, _state(one, on), _may_end(one, request.post, on)) for one in absences_of(request.post.office)[:SHOWN]]
    context = {"form": form, "rows": rows, "may_write": request.post.absence is None}
    return TemplateResponse(request, "web/accounts/absences.html", context, status=422 if form.errors else 200)


def _state(one: Absence, on) -> str:
    if one.is_over(on):
        return "over"
    return "now" if one.period.lower <= on else "coming"


def _may_end(one: Absence, post: Post, on) -> bool:
    return post.absence is None and not one.is_over(on) and (one.post_id == post.pk or post.role in HEADS)


@require_POST
@for_roles(*_STAFF)
def end_absence(request, code):
    """Back before the time."""
    absence = get_object_or_404(Absence, code=code, post__office=request.post.office)
    try:
        operations.end_absence(absence=absence, by=request.post, now=now())
        messages.success(request, _("Đã kết thúc vắng mặt."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("access:absences")
