"""PDFs signed with a key: what holds is kept with what was found, what does not is refused in words."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, at, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations
from ansinh.documents.models import Sameness, SignedFile
from ansinh.documents.operations import Expected, NeedsComparing
from ansinh.documents.tests.factories import clerk, office, printed
from ansinh.documents.tests.keys import added, below, giant, page, person, root, shut, signed
from ansinh.files import operations as files
from ansinh.files.models import StoredFile
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput
from ansinh.rendering import signed_pdf

pytestmark = pytest.mark.django_db
NUMBER = "12/TB-UBND"
TEXT = ("Số: 12/TB-UBND", "Kính gửi: bà Nguyễn Thị Tư", "Không đủ điều kiện.")


def kept(data: bytes, name: str = "ky-so.pdf") -> StoredFile:
    with as_maintenance():
        return files.store_scan(name=name, data=data, purpose="decision", unit=office().unit, by=clerk(), now=NOW)


def taken(data: bytes, *, paper=None, symbol: str = NUMBER, signer: str = "Phạm Văn Ký", compared=False) -> SignedFile | None:
    expected = Expected(paper, symbol, NOW.date(), signer)
    with as_maintenance():
        return operations.take_signed_file(file=kept(data), expected=expected, compared=compared, by=clerk(), now=NOW)


def trusted() -> None:
    with as_maintenance():
        operations.take_root(
            data=root().pem,
            name="",
            source="Trang công bố",
            since=NOW.date(),
            by=post(Role.ADMINISTRATOR, office="BTXH"),
            now=NOW,
        )


def only(found: SignedFile | None) -> dict:
    assert found is not None
    (one,) = found.signatures
    return one


def test_an_ordinary_scan_is_no_signed_file(as_maintenance):
    assert taken(page(*TEXT)) is None
    data = page(*TEXT)
    assert taken(data + b"% says /ByteRange\n" + data[data.rindex(b"startxref") :]) is None
    with as_maintenance():
        assert not SignedFile.objects.exists()


def test_a_whole_signature_of_an_unknown_issuer_holds_and_pretends_no_trust(as_maintenance):
    one = only(taken(signed(page(*TEXT))))
    assert (one["name"], one["issuer"]) == ("Phạm Văn Ký", "Nơi cấp thử nghiệm")
    assert (one["intact"], one["covers"], one["changes"], one["trust"]) == (True, "file", "none", "unknown")
    assert one["signed_at"].startswith("2026-11-20") and one["told_by"] == "signer"
    with as_maintenance():
        assert SignedFile.objects.get().same_as == Sameness.NUMBER
        assert Entry.objects.get(act="check_signed_file").noun == "signed_file"


def test_the_chain_leads_to_a_root_that_was_taken_in_and_to_no_other():
    trusted()
    one = only(taken(signed(page(*TEXT))))
    assert (one["trust"], one["root"]) == ("root", "Gốc thử nghiệm")
    other = person("Người ngoài")
    assert other.issuer == below()
    with as_maintenance():
        operations.end_root(
            root=operations.trusting.TrustRoot.objects.get(), on=NOW.date(), by=post(Role.ADMINISTRATOR, office="BTXH"), now=NOW
        )
    assert only(taken(signed(page(*TEXT, "khác"))))["trust"] == "unknown"


def test_a_time_stamp_of_a_known_issuer_tells_when_and_of_an_unknown_one_does_not():
    assert only(taken(signed(page(*TEXT), stamped=True)))["told_by"] == "signer"
    trusted()
    assert only(taken(signed(page(*TEXT, "hai"), stamped=True)))["told_by"] == "stamp"


def test_the_signer_and_then_the_body_sign_and_both_hold():
    body = person("Ủy ban nhân dân xã Quỳnh Phụ")
    found = taken(signed(signed(page(*TEXT)), body, field="CoQuan"))
    assert found is not None
    assert [(one["name"], one["covers"], one["changes"]) for one in found.signatures] == [
        ("Phạm Văn Ký", "revision", "signed"),
        ("Ủy ban nhân dân xã Quỳnh Phụ", "file", "none"),
    ]


def tampered(data: bytes) -> bytes:
    """One letter of the page within the signed bytes is another."""
    place = data.index(b"/MediaBox")
    return data[:place] + b"/MediaBoy" + data[place + 9 :]


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda data: tampered(data), "đã bị sửa hoặc hỏng"),
        (lambda data: added(data, "9.540.000"), "Tệp đã bị sửa sau khi “Phạm Văn Ký” ký số"),
        (lambda data: data[:-40], "Không đọc được chữ ký số"),
        (lambda data: shut(data), "có mật khẩu"),
        (lambda data: data.replace(b"/Contents <", b"/Contents <zz", 1), "Không đọc được chữ ký số"),
    ],
)
def test_what_was_changed_or_is_broken_is_refused_in_words(spoilt, said, as_maintenance):
    data = spoilt(signed(page(*TEXT)))
    with pytest.raises(InvalidInput, match=said) as told:
        taken(data)
    assert told.value.field == "scan"
    with as_maintenance():
        assert not SignedFile.objects.exists()


@pytest.mark.parametrize(
    ("days", "said"),
    [((at(2025, 1, 1), at(2026, 11, 1)), "đã hết hạn ngày 01/11/2026"), ((at(2026, 12, 1), at(2027, 1, 1)), "chưa có hiệu lực")],
)
def test_a_certificate_that_did_not_hold_at_the_signing_is_refused(days, said):
    key = person("Phạm Văn Ký", start=days[0], end=days[1])
    with pytest.raises(InvalidInput, match=said):
        taken(signed(page(*TEXT), key))


def test_a_certificate_that_ran_out_since_still_signed_what_it_signed():
    trusted()
    key = person("Phạm Văn Ký", start=at(2025, 1, 1), end=at(2026, 11, 19))
    assert only(taken(signed(page(*TEXT), key, at=at(2026, 11, 10))))["trust"] == "root"


def test_our_own_pdf_with_signatures_alone_is_known_for_what_it_is():
    made, ours = printed(), page(*TEXT)
    with as_maintenance():
        operations.keep_beside(made=made, data=ours, by=clerk(), now=NOW)
    found = taken(signed(ours), paper=made.paper)
    assert found is not None and (found.same_as, found.made, found.doubts) == (Sameness.FILE, made, [])


def test_our_own_pdf_written_over_before_it_was_signed_is_not_ours():
    made, ours = printed(), page(*TEXT)
    with as_maintenance():
        operations.keep_beside(made=made, data=ours, by=clerk(), now=NOW)
    with pytest.raises(NeedsComparing) as told:
        taken(signed(added(ours, "9.540.000")), paper=made.paper)
    assert told.value.doubts == ("text",)


def test_the_paper_saved_elsewhere_is_known_by_what_it_says():
    from ansinh.files.queries import read
    from ansinh.rendering.same_text import fragments

    made = printed()
    lines = fragments(read(made.word))
    found = taken(signed(page(*lines, NUMBER)), paper=made.paper)
    assert found is not None and (found.same_as, found.made) == (Sameness.TEXT, made)
    with pytest.raises(NeedsComparing) as told:
        taken(signed(page(*lines)), paper=made.paper)
    assert told.value.doubts == ("number",)


def test_another_paper_is_told_and_only_whoever_compared_it_lets_it_pass(as_maintenance):
    made, wrong = printed(), signed(page("Quyết định khác về việc khác"))
    with pytest.raises(NeedsComparing, match="Không tự đối chiếu được.*Phạm Văn Ký") as told:
        taken(wrong, paper=made.paper)
    assert told.value.field == "compared"
    found = taken(wrong, paper=made.paper, compared=True)
    assert found is not None and (found.same_as, found.doubts) == (Sameness.EYE, ["text"])
    with as_maintenance():
        assert Entry.objects.get(act="compare_signed_file").detail["doubts"] == ["text"]


def test_another_name_and_a_later_day_are_told():
    with pytest.raises(NeedsComparing) as told:
        taken(signed(page(*TEXT), at=at(2026, 11, 21)), signer="Lê Văn Phó")
    assert told.value.doubts == ("name", "day")


def test_a_file_that_eats_time_or_memory_is_refused_and_harms_nobody(monkeypatch):
    hostile = page(*TEXT) + b"\n/ByteRange\n"
    monkeypatch.setattr(signed_pdf, "SECONDS", 0.01)
    with pytest.raises(InvalidInput, match="quá nhiều thời gian"):
        taken(hostile)


def test_a_page_that_unpacks_to_a_giant_is_bounded(monkeypatch):
    monkeypatch.setattr(signed_pdf, "MEMORY", 512 * 1024 * 1024)
    data = giant(page(*TEXT), megabytes=600)
    assert len(data) < 3_000_000
    with pytest.raises(NeedsComparing) as told:  # the signature is told, the text is not
        taken(signed(data))
    assert told.value.doubts == ("text",)


def test_what_was_found_is_never_edited(as_maintenance):
    found = taken(signed(page(*TEXT)))
    with as_maintenance():
        for act in (
            lambda: SignedFile.objects.filter(pk=found.pk).update(same_as=Sameness.EYE),
            lambda: SignedFile.objects.filter(pk=found.pk).delete(),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()


# --- pages -----------------------------------------------------------------------------------------------------------


def entered(role: str, place: str | None = None) -> Client:
    client = Client()
    client.force_login((post(role, office=place) if place else post(role)).user)
    return client


def test_the_page_says_who_when_whether_whole_and_what_is_not_known():
    found = taken(signed(page(*TEXT)))
    text = entered(Role.CLERK).get(reverse("documents:signed", args=[found.code])).content.decode()
    for said in ("Phạm Văn Ký", "20/11/2026 09:00", "bao toàn bộ tệp", "chưa xác định được nơi cấp", "bị thu hồi hay không"):
        assert said in text
    elsewhere = entered(Role.CLERK, f"UBND-{THAI_BINH}")
    assert elsewhere.get(reverse("documents:signed", args=[found.code])).status_code == 404


def test_any_pdf_can_be_looked_at_and_nothing_is_kept(as_maintenance):
    clerk_, door = entered(Role.CLERK), reverse("documents:look")
    for data, said, status in (
        (signed(page(*TEXT)), "chưa xác định được nơi cấp", 200), (page(*TEXT), "không có chữ ký số", 200),
        (added(signed(page(*TEXT)), "x"), "đã bị sửa sau khi", 200), (b"", "Tệp rỗng", 422), (b"PK", "Hãy chọn tệp PDF", 422),
    ):  # fmt: skip
        response = clerk_.post(door, {"file": SimpleUploadedFile("den.pdf", data)})
        assert (response.status_code, said in response.content.decode()) == (status, True)
    with as_maintenance():
        assert not StoredFile.objects.exists()


def test_the_administrator_takes_in_an_issuer_and_ends_it():
    door, shown = reverse("documents:take_root"), reverse("documents:roots")
    admin = entered(Role.ADMINISTRATOR, "BTXH")
    given = {"name": "", "source": "https://ca.gov.example", "since": "20/11/2026"}
    wrong = admin.post(door, {**given, "file": SimpleUploadedFile("a.cer", person().pem)})
    assert wrong.status_code == 422 and "không phải là chứng thư số" in wrong.content.decode()
    assert admin.post(door, {**given, "file": SimpleUploadedFile("a.cer", b"\x30\x80rac")}).status_code == 422
    done = admin.post(door, {**given, "file": SimpleUploadedFile("a.cer", root().pem)}, follow=True)
    assert "Đã tin cậy: Gốc thử nghiệm" in done.content.decode()
    again = admin.post(door, {**given, "file": SimpleUploadedFile("a.cer", root().pem)})
    assert "đang được tin cậy" in again.content.decode()
    with as_maintenance():
        code = operations.trusting.TrustRoot.objects.get().code
    assert entered(Role.CLERK).post(reverse("documents:end_root", args=[code])).status_code == 403
    assert "Đã thôi tin cậy" in admin.post(reverse("documents:end_root", args=[code]), follow=True).content.decode()
    assert "Nạp chứng thư gốc" not in entered(Role.CLERK).get(shown).content.decode()


def stripped(data: bytes) -> bytes:
    """The signed PDF saved anew without the value of its signature: the field stays, empty."""
    made = PdfWriter(clone_from=BytesIO(data))
    for field in made.root_object["/AcroForm"]["/Fields"]:
        field.get_object().pop("/V", None)
    target = BytesIO()
    made.write(target)
    return target.getvalue()


def test_a_file_whose_signature_was_taken_out_passes_as_no_plain_scan(as_maintenance):
    data = stripped(signed(page(*TEXT)))
    with pytest.raises(NeedsComparing, match="dấu vết chữ ký số đã bị gỡ") as told:
        taken(data)
    assert told.value.field == "compared"
    assert taken(data, compared=True) is None
    with as_maintenance():
        assert Entry.objects.get(act="compare_signed_file").detail["doubts"] == ["stripped"]


def test_our_own_print_is_not_taken_for_the_signed_paper(as_maintenance):
    made, ours = printed(), page(*TEXT)
    with as_maintenance():
        operations.keep_beside(made=made, data=ours, by=clerk(), now=NOW)
    whole = signed(ours)
    with pytest.raises(InvalidInput, match="chưa có chữ ký nào") as told:
        taken(whole[: len(ours)], paper=made.paper)
    assert told.value.field == "scan"
    assert taken(whole, paper=made.paper) is not None
