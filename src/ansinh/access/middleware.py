"""Each request of somebody logged in runs in one transaction, under the role and places of the post they act in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.access.sessions import is_idle_too_long, note_alive
from ansinh.database.clock import today

POST_KEY = "post"


class ActAsPost:
    """Sets `request.post` (or None) and takes its database role. A view's refusal by exception rolls the transaction back."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        request.post = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        if is_idle_too_long(request):
            logout(request)
            return self.get_response(request)
        note_alive(request)
        day = today()
        request.post = chosen_post(request, day)
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


def chosen_post(request: HttpRequest, on: date) -> Post | None:
    """The post the session names, else the first the user holds on this day."""
    posts = list(Post.objects.on(on).filter(user=request.user).select_related("office__unit", "user").order_by("id"))
    wanted = request.session.get(POST_KEY)
    return next((post for post in posts if post.id == wanted), posts[0] if posts else None)
