"""Each request of somebody logged in runs in one transaction, under the role and places of the post they act in."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url

from ansinh.access.acting import as_post
from ansinh.access.guards import BEFORE_SECOND_STEP, PUBLIC
from ansinh.access.models import Post
from ansinh.access.queries import awaits_second_step, stood_in_for
from ansinh.access.sessions import is_idle_too_long, note_alive
from ansinh.database.clock import today

POST_KEY, ABSENCE_KEY = "post", "absence"


class ActAsPost:
    """Sets `request.post` (or None) and takes its database role. A view's refusal by exception rolls the transaction back.

    Whoever still owes the second step of log-in acts in no post, and only doors that say so open.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        request.post, request.awaits_second_step = None, False
        if not request.user.is_authenticated:
            return self.get_response(request)
        if is_idle_too_long(request):
            logout(request)
            return self.get_response(request)
        note_alive(request)
        day = today()
        posts = posts_held(request, day)
        request.awaits_second_step = awaits_second_step(request, posts)
        if not request.awaits_second_step:
            request.post = chosen_post(request, posts)
        if request.post is None:
            return self.get_response(request)
        with as_post(request.post, on=day):
            response = self.get_response(request)
            # Templates are rendered inside the role; a stream would be read after it and see nothing.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            # Django has made the exception a page by now. The page is shown; what the view wrote before it broke is not kept.
            if getattr(request, "has_broken", False):
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.has_broken = True

    def process_view(self, request: HttpRequest, view, args, kwargs):
        if request.awaits_second_step and getattr(view, "guard", None) not in (PUBLIC, BEFORE_SECOND_STEP):
            return redirect_to_login(request.get_full_path(), resolve_url(settings.ANSINH_SECOND_STEP_URL))
        return None


def posts_held(request: HttpRequest, on: date) -> list[Post]:
    """The posts the user sits in on this day; first the one they stand in for, when they chose to."""
    posts = list(Post.objects.on(on).filter(user=request.user).select_related("office__unit", "user").order_by("id"))
    wanted = request.session.get(ABSENCE_KEY)
    if wanted is None:
        return posts
    acting = next((post for post in stand_ins(posts, on) if post.absence.code == wanted), None)
    if acting is None:
        del request.session[ABSENCE_KEY]  # the absence is over: back to one's own work
        return posts
    return [acting, *posts]


def stand_ins(posts: list[Post], on: date) -> list[Post]:
    """These posts in the place of each that is away today and whose work they do."""
    own = {post.pk: post for post in posts}
    return [own[absence.deputy_id].standing_in(absence) for absence in stood_in_for(*posts, on=on)]


def chosen_post(request: HttpRequest, posts: list[Post]) -> Post | None:
    """The post the user stands in for when they chose to, else the one the session names, else the first."""
    if posts and posts[0].absence is not None:
        return posts[0]
    wanted = request.session.get(POST_KEY)
    return next((post for post in posts if post.id == wanted), posts[0] if posts else None)
