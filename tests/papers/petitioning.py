"""Papers of petitions: complaint, denunciation, proposal; admitted, not admitted, transferred, answered."""

from __future__ import annotations

from tests.papers.printing import numbered, word_of

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.documents.kinds import PaperKind
from ansinh.petitions.exports import register_workbook
from ansinh.petitions.models import Petition
from ansinh.petitions.papers import (
    ADMISSION,
    COMPLAINT_DECISION,
    CONCLUSION,
    DENUNCIATION_ADMITTED,
    NOT_ADMITTED,
    RESULT,
    TRANSFER,
)
from ansinh.petitions.papers.content import Draft, petition_content
from ansinh.petitions.tests.factories import petition

_FOUND = Draft(
    outcome="partly", findings="Hồ sơ ghi thiếu một tháng; danh sách chi trả tháng 10/2026 không có tên người khiếu nại",
    text="Truy lĩnh trợ cấp xã hội tháng 10/2026 vào kỳ chi trả tháng 12/2026",
)  # fmt: skip
_ACCUSED = Draft(
    accused="ông Lê Văn Thử, trưởng thôn Đông", outcome="wrong", findings="Danh sách đã họp bình xét công khai",
    text="Không có; thông báo công khai kết luận tại thôn",
)  # fmt: skip


def examples() -> dict[str, bytes]:
    """Each as a file, by name."""
    complaint, refused = petition("admitted"), petition("not_admitted")
    denounced, moved = petition("admitted", kind="denunciation"), petition("transferred", kind="report")
    proposal = petition("admitted", kind="proposal")
    told = Draft(
        to="Công an xã Quỳnh Phụ", text="Danh sách đã niêm yết từ ngày 02/11/2026 tại nhà văn hóa thôn", outcome="explained"
    )
    return {
        "khieu-nai-thu-ly.docx": _word(complaint, ADMISSION),
        "khieu-nai-khong-thu-ly.docx": _word(refused, NOT_ADMITTED),
        "khieu-nai-quyet-dinh.docx": _word(complaint, COMPLAINT_DECISION, _FOUND, number=12),
        "to-cao-thu-ly.docx": _word(denounced, DENUNCIATION_ADMITTED, _ACCUSED),
        "to-cao-thong-bao.docx": _word(denounced, ADMISSION),
        "to-cao-ket-luan.docx": _word(denounced, CONCLUSION, _ACCUSED),
        "phan-anh-chuyen.docx": _word(moved, TRANSFER, told),
        "kien-nghi-tra-loi.docx": _word(proposal, RESULT, told),
        "so-don-thu.xlsx": register_workbook(
            Petition.objects.select_related("holder__user", "sender", "dossier", "decision", "posting").order_by("id"), on=DAY
        ),
    }


def _word(made: Petition, kind: PaperKind, draft: Draft | None = None, *, number: int = 0) -> bytes:
    around = ("office__unit", "office__parent", "holder__user", "sender")
    found = Petition.objects.select_related(*around).get(pk=made.pk)
    entry = numbered(number, kind.symbol, DAY) if number else None
    return word_of(petition_content(found, kind, draft or Draft(), signer=post(Role.COMMUNE_CHAIRMAN), entry=entry, on=DAY))
