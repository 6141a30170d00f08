"""Shapes of input for papers: whose signature one awaits, the day its number is taken for."""

from __future__ import annotations

from django import forms
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.pages.forms import DayField, OfficeForm


class SignerField(forms.ModelChoiceField):
    """One of those who may sign: heads, deputies, then who does so by a mandate."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Post.objects.none(), **kwargs)
        self.by_mandate: set[int] = set()

    def offer(self, signers: list[Post]) -> None:
        """These, in their order."""
        places = [When(pk=post.pk, then=Value(place)) for place, post in enumerate(signers)]
        found = Post.objects.filter(pk__in=[post.pk for post in signers]).select_related("user", "office")
        self.by_mandate = {post.pk for post in signers if post.rank}
        self.queryset = found.order_by(Case(*places, default=Value(0), output_field=IntegerField()))

    def label_from_instance(self, obj):
        return f"{obj.holder_name}, {obj.title}{' (TUQ.)' if obj.pk in self.by_mandate else ''}"


class AidPrintForm(OfficeForm):
    """Who signs, and of a decision whose resources pay it."""

    signer = SignerField(
        label=_("Người ký"), required=False, empty_label=_("Chưa rõ, để trống tên"),
        help_text=_("Phó ký thay được ghi KT.; người được ủy quyền bằng văn bản được ghi TUQ."),
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
        self.fields["signer"].offer(signers)
        if signers and not self.initial.get("signer"):
            self.initial["signer"] = signers[0].pk


class AidNumberForm(OfficeForm):
    """The day a number is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))
