"""Shapes of input: log-in, codes, passwords, offices, posts, users."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, OfficeKind, Post, Role
from ansinh.pages.forms import DayField, OfficeForm


class LoginForm(AuthenticationForm):
    """Name and password. One sentence for both, so that nothing tells which was wrong."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Sau 5 lần sai, tài khoản tạm khóa 15 phút."),
        "inactive": _("Tài khoản đã ngừng sử dụng. Hãy liên hệ quản trị."),
    }
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for field in self.fields.values():
            field.error_messages["required"] = _("Cần điền ô này.")


class PasswordForm(OfficeForm):
    """A new password, twice, and the one that was: an unwatched screen is not enough to take an account over."""

    current = forms.CharField(
        label=_("Mật khẩu hiện tại"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 12 ký tự, không chỉ toàn số, không giống tên đăng nhập."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change_password:  # given by the administrator, and just typed
            del self.fields["current"]

    def clean_current(self):
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("Mật khẩu hiện tại không đúng."))
        return self.cleaned_data["current"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", _("Hai lần nhập không giống nhau."))
        return cleaned


class CodeForm(OfficeForm):
    """Six digits of the telephone, or a recovery code."""

    code = forms.CharField(
        label=_("Mã xác thực"), max_length=20, help_text=_("6 chữ số trên điện thoại, hoặc một mã dự phòng."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class UserForm(OfficeForm):
    """A new user."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{3,60}$", label=_("Tên đăng nhập"), help_text=_("Chữ thường không dấu, số, dấu chấm; từ 3 ký tự."),
        error_messages={"invalid": _("Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch ngang; từ 3 đến 60 ký tự.")},
    )  # fmt: skip
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    password = forms.CharField(label=_("Mật khẩu ban đầu"), strip=False, help_text=_("Người dùng phải đổi ở lần đăng nhập đầu."))


class BodyForm(OfficeForm):
    """A new body."""

    code = forms.RegexField(r"^[A-Z0-9-]{2,30}$", label=_("Mã"), help_text=_("Chữ hoa không dấu, số và gạch ngang."))
    name = forms.CharField(label=_("Tên"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=OfficeKind.choices)
    basis = forms.CharField(label=_("Căn cứ thành lập"), max_length=200)


class PostForm(OfficeForm):
    """A new post in an office."""

    office = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Office.objects.none(), empty_label=_("Chọn"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=[c for c in Role.choices if c[0] != Role.SYSTEM])
    title = forms.CharField(label=_("Chức danh"), max_length=120)
    is_deputy = forms.BooleanField(label=_("Cấp phó, ký thay"), required=False)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices


class AbsenceForm(OfficeForm):
    """Who is away, from when to when, and who does the work meanwhile."""

    post = forms.ModelChoiceField(label=_("Người vắng mặt"), queryset=Post.objects.none(), empty_label=None)
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    deputy = forms.ModelChoiceField(
        label=_("Người thay"), queryset=Post.objects.none(), required=False, empty_label=_("Không có người thay"),
        help_text=_("Người cùng cơ quan, có thẩm quyền làm việc này; cấp phó ký thay (KT.) cấp trưởng."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=200)

    def __init__(self, *args, posts, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset, self.fields["deputy"].queryset = posts, colleagues
        for name in ("post", "deputy"):
            self.fields[name].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"


class MandateForm(OfficeForm):
    """What stands on a written mandate to sign TUQ."""

    giver = forms.ModelChoiceField(label=_("Người giao (đứng đầu cơ quan)"), queryset=Post.objects.none(), empty_label=None)
    post = forms.ModelChoiceField(
        label=_("Người được ký thừa ủy quyền"), queryset=Post.objects.none(), empty_label=None,
        help_text=_("Người đứng đầu đơn vị thuộc cơ quan; không giao lại cho người khác."),
    )  # fmt: skip
    acts = forms.MultipleChoiceField(label=_("Được ký"), widget=forms.CheckboxSelectMultiple)
    content = forms.CharField(label=_("Nội dung ghi trong văn bản"), max_length=400, required=False)
    number = forms.CharField(label=_("Số, ký hiệu văn bản ủy quyền"), max_length=60)
    signed_on = DayField(label=_("Ngày ký văn bản ủy quyền"))
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args, givers, holders, acts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset, self.fields["post"].queryset = givers, holders
        self.fields["acts"].choices = acts
        for name in ("giver", "post"):
            self.fields[name].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"
