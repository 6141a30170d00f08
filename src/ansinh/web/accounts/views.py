"""Doors of access: log-in, password, posts; and the administrator's pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ansinh.access import operations
from ansinh.access.guards import for_roles, logged_in, public
from ansinh.access.middleware import POST_KEY
from ansinh.access.models import Office, Post, Role, User
from ansinh.database.clock import now, today
from ansinh.journal import operations as journal
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.forms import LoginForm, OfficeForm, PasswordForm, PostForm, UserForm


@public
@never_cache
@sensitive_post_parameters("password")
def login(request):
    """Log in. Failures are counted; the fifth locks name and address for a quarter of an hour."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        log_in(request, user)
        journal.record(by=Actor(user.full_name), act="log_in", noun="user", key=user.username, at=now())
        return redirect(_next(request))
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "web/accounts/login.html", {"form": form, "next": request.GET.get("next", "")}, status=status
    )


def _next(request) -> str:
    url = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return url if safe else settings.LOGIN_REDIRECT_URL


@public
def locked_out(request, credentials=None, *args, **kwargs):
    """Too many failures: say when to try again."""
    return TemplateResponse(request, "web/accounts/locked.html", status=429).render()


@require_POST
@logged_in
def logout(request):
    journal.record(by=Actor(request.user.full_name), act="log_out", noun="user", key=request.user.username, at=now())
    log_out(request)
    return redirect("access:login")


@logged_in
@sensitive_post_parameters()
def change_password(request):
    """The user's own password; asked for at the first log-in."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_password(user=request.user, password=form.cleaned_data["password"], now=now())
        except AnsinhError as error:
            form.add_error("password", str(error))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Đã đổi mật khẩu."))
            return redirect("/")
    return TemplateResponse(request, "web/accounts/change_password.html", {"form": form}, status=422 if form.errors else 200)


@logged_in
def choose_post(request):
    """Act in another of one's posts."""
    posts = Post.objects.on(today()).filter(user=request.user).select_related("office")
    if request.method == "POST":
        post = get_object_or_404(posts, code=request.POST.get("post", ""))
        request.session[POST_KEY] = post.id
        return redirect("/")
    return TemplateResponse(request, "web/accounts/choose_post.html", {"posts": posts})


@for_roles(Role.ADMINISTRATOR)
def offices(request):
    """Bodies over time, with their successors and posts."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = request.post.office.unit
            operations.open_office(**form.cleaned_data, unit=unit, parent=None, since=today(), by=request.post, now=now())
            return redirect("access:offices")
        except AnsinhError as error:
            form.add_error("code", str(error))
    found = Office.objects.select_related("unit").prefetch_related("successions__new").order_by("kind", "name")
    return TemplateResponse(
        request, "web/accounts/offices.html", {"offices": found, "form": form}, status=422 if form.errors else 200
    )


@for_roles(Role.ADMINISTRATOR)
def office(request, code):
    """One body: its posts, who sits in them; open a post, fill or vacate one."""
    found = get_object_or_404(Office.objects.select_related("unit", "parent"), code=code)
    if request.method == "POST":
        try:
            _act_on_post(request, found)
            return redirect("access:office", code=code)
        except AnsinhError as error:
            messages.error(request, str(error))
    context = {
        "office": found,
        "posts": found.posts.select_related("user").order_by("id"),
        "form": PostForm(offices=Office.objects.filter(pk=found.pk), initial={"office": found}),
        "users": User.objects.filter(is_active=True).order_by("full_name"),
        "successions": found.successions.select_related("new"),
        "predecessions": found.predecessions.select_related("old"),
    }
    return TemplateResponse(request, "web/accounts/office.html", context)


def _act_on_post(request, found: Office) -> None:
    who = {"by": request.post, "now": now()}
    act = request.POST.get("act")
    if act == "open":
        form = PostForm(request.POST, offices=Office.objects.filter(pk=found.pk))
        if form.is_valid():
            operations.open_post(**form.cleaned_data, since=today(), **who)
        else:
            messages.error(request, _("Chưa mở được chức vụ: hãy điền đủ vai trò và chức danh."))
        return
    post = get_object_or_404(found.posts, code=request.POST.get("post", ""))
    if act == "fill":
        user = get_object_or_404(User, username=request.POST.get("user", ""))
        operations.fill_post(post=post, user=user, **who)
    elif act == "vacate":
        operations.vacate_post(post=post, **who)


@for_roles(Role.ADMINISTRATOR)
@sensitive_post_parameters("password")
def users(request):
    """Users and their posts; create one."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.create_user(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã tạo người dùng. Hãy xếp vào một chức vụ ở trang cơ quan."))
            return redirect("access:users")
        except AnsinhError as error:
            form.add_error(getattr(error, "field", None) or "username", str(error))
    found = User.objects.prefetch_related("posts__office").order_by("full_name")
    return TemplateResponse(
        request, "web/accounts/users.html", {"users": found, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@for_roles(Role.ADMINISTRATOR)
@sensitive_post_parameters("password")
def user_act(request, username):
    """Reset a password, end sessions, deactivate."""
    user = get_object_or_404(User, username=username)
    who = {"user": user, "by": request.post, "now": now()}
    try:
        match request.POST.get("act"):
            case "reset":
                operations.reset_password(password=request.POST.get("password", ""), **who)
                messages.success(request, _("Đã đặt lại mật khẩu; mọi phiên đăng nhập đã kết thúc."))
            case "end":
                messages.success(request, _("Đã kết thúc %(n)d phiên đăng nhập.") % {"n": operations.end_sessions(**who)})
            case "deactivate":
                operations.deactivate_user(**who)
                messages.success(request, _("Tài khoản đã ngừng sử dụng."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("access:users")
