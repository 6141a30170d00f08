"""Shapes of input for papers: whose signature one awaits, the day its number is taken for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.pages.forms import DayField, OfficeForm


class AidPrintForm(OfficeForm):
    """Who signs, and of a decision whose resources pay it."""

    signer = forms.ModelChoiceField(
        label=_("Người ký"), queryset=Post.objects.none(), required=False, empty_label=_("Chưa rõ, để trống tên"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Nguồn thực hiện"), required=False, max_length=300,
        help_text=_("Ví dụ: ngân sách xã; gạo dự trữ quốc gia. Bỏ trống để ghi tay."),
    )  # fmt: skip

    def __init__(self, *args, signers: list[Post], asks_signer: bool, asks_source: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_source:
            del self.fields["source"]
        if not asks_signer:
            del self.fields["signer"]
            return
        field = self.fields["signer"]
        field.queryset = (
            Post.objects.filter(pk__in=[post.pk for post in signers]).select_related("user").order_by("is_deputy", "id")
        )
        field.label_from_instance = lambda post: f"{post.user.full_name}, {post.title}"
        if signers and not self.initial.get("signer"):
            self.initial["signer"] = signers[0].pk


class AidNumberForm(OfficeForm):
    """The day a number is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))
