"""The administrator's pages: bodies, posts, users and their sessions."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from ansinh.access import operations
from ansinh.access.guards import for_roles
from ansinh.access.models import Office, Post, Role, User
from ansinh.access.queries import second_step_of
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.forms import BodyForm, PostForm, UserForm
from ansinh.web.accounts.views.sessions import shown_sessions


@for_roles(Role.ADMINISTRATOR)
def offices(request):
    """Bodies over time, with their successors and posts."""
    form = BodyForm(request.POST or None)
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
        user = get_object_or_404(User, username=request.POST.get("user", ""))
        operations.vacate_post(post=post, user=user, **who)


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


@for_roles(Role.ADMINISTRATOR)
@sensitive_post_parameters("password")
def user(request, username):
    """One user: posts, sessions, second step; reset a password or a device, end sessions, deactivate."""
    found = get_object_or_404(User, username=username)
    if request.method == "POST":
        try:
            _act_on_user(request, found)
        except AnsinhError as error:
            messages.error(request, str(error))
        return redirect("access:user", username=found.username)
    context = {
        "account": found,
        "posts": Post.objects.on(today()).filter(user=found).select_related("office").order_by("id"),
        "sessions": shown_sessions(found, here=request.session.session_key, real_now=timezone.now()),
        "device": second_step_of(found),
    }
    return TemplateResponse(request, "web/accounts/user.html", context)


def _act_on_user(request, found: User) -> None:
    who, actor = {"user": found, "now": now()}, request.post.actor
    match request.POST.get("act"):
        case "reset":
            operations.reset_password(password=request.POST.get("password", ""), by=request.post, **who)
            messages.success(request, _("Đã đặt lại mật khẩu; mọi phiên đăng nhập đã kết thúc."))
        case "end":
            code = request.POST.get("session", "")
            operations.end_session(code=code, by=actor, real_now=timezone.now(), **who)
            messages.success(request, _("Đã kết thúc phiên đăng nhập."))
        case "end_all":
            count = operations.end_sessions(by=actor, **who)
            messages.success(request, _("Đã kết thúc %(n)d phiên đăng nhập.") % {"n": count})
        case "reset_device":
            operations.reset_second_step(reason=request.POST.get("reason", ""), by=request.post, **who)
            messages.success(request, _("Đã đặt lại bước xác thực thứ hai; lần đăng nhập tới phải đăng ký thiết bị mới."))
        case "deactivate":
            operations.deactivate_user(by=request.post, **who)
            messages.success(request, _("Tài khoản đã ngừng sử dụng."))
