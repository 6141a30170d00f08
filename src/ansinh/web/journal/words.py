"""Acts and nouns of the journal in the words of the office. A house test asks that every act of the code has its words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import ansinh.law

ACTS = {
    "accept_dossier": _("ghi điều đã khai vào sổ"),
    "acknowledge_stop": _("xác nhận yêu cầu dừng chi"),
    "add_other_name": _("ghi tên gọi khác"),
    "add_other_number": _("ghi số giấy tờ cũ"),
    "adjust": _("điều chỉnh mức hưởng"),
    "approve": _("duyệt"),
    "ask_dossier": _("yêu cầu bổ sung hồ sơ"),
    "bring_back": _("lấy lại dòng chờ bổ sung"),
    "change_password": _("đổi mật khẩu"),
    "check": _("trình ký"),
    "choose_people": _("chọn người cho các dòng"),
    "close": _("chốt danh sách"),
    "commit_list": _("nạp danh sách"),
    "confirm": _("xác nhận điểm luật"),
    "complete_dossier": _("ghi hồ sơ đã bổ sung đủ"),
    "confirm_holidays": _("xác nhận lịch nghỉ lễ"),
    "confirm_resolution": _("xác nhận nghị quyết"),
    "count_resolution": _("tính tác động của nghị quyết"),
    "correct_identity": _("sửa thông tin cá nhân"),
    "correct_repayment": _("hủy ghi nhận biên lai nộp lại"),
    "correct_row": _("sửa dòng"),
    "create_user": _("tạo người dùng"),
    "deactivate_user": _("ngừng tài khoản"),
    "decide_dossier": _("ghi nhận quyết định của hồ sơ"),
    "declare_dossier": _("ghi tờ khai"),
    "deliver_dossier": _("trả kết quả hồ sơ"),
    "describe_paper": _("ghi văn bản của danh sách"),
    "discard": _("bỏ dự thảo"),
    "discard_list": _("bỏ danh sách"),
    "dismiss_watch_item": _("bỏ qua việc cần rà soát"),
    "download": _("tải tệp"),
    "draft": _("soạn dự thảo"),
    "draft_transition": _("lập danh sách chuyển mức"),
    "drop_row": _("bỏ dòng"),
    "end_session": _("kết thúc một phiên đăng nhập"),
    "end_sessions": _("kết thúc phiên đăng nhập"),
    "end_template": _("trở lại mẫu văn bản chung"),
    "end_village": _("thôi dùng tên thôn"),
    "export": _("xuất danh sách"),
    "export_change_sheet": _("xuất phiếu biến động"),
    "export_changes": _("xuất bảng tăng giảm"),
    "export_problems": _("xuất danh sách lỗi"),
    "fill_post": _("xếp người vào chức vụ"),
    "give_papers": _("ghi giấy tờ đã nộp"),
    "grant": _("cho hưởng"),
    "hand_over": _("chuyển tổ chức chi trả"),
    "hold": _("dừng chi"),
    "join": _("ghi vào hộ"),
    "keep_list": _("giữ danh sách chờ mở"),
    "leave": _("rời hộ"),
    "load_units": _("nạp đơn vị hành chính"),
    "log_in": _("đăng nhập"),
    "log_out": _("đăng xuất"),
    "look_at_examples": _("xem ví dụ tính"),
    "look_over": _("rà soát địa bàn"),
    "mark_as_same": _("nhập hai người làm một"),
    "match_across": _("đối chiếu với người ở xã khác"),
    "move": _("chuyển nơi ở"),
    "open_dossier": _("lập hồ sơ"),
    "open": _("mở"),
    "open_office": _("thêm cơ quan"),
    "open_post": _("mở chức vụ"),
    "open_village": _("thêm thôn"),
    "plan_recovery": _("ghi kế hoạch thu hồi"),
    "prepare_watch_item": _("chuẩn bị hồ sơ từ danh sách cần rà soát"),
    "print_paper": _("in văn bản"),
    "print_signing_sheet": _("in danh sách ký nhận"),
    "propose": _("lập danh sách"),
    "propose_resolution": _("trình nghị quyết"),
    "purge": _("xóa nội dung tệp"),
    "read_sensitive": _("xem dữ liệu nhạy cảm"),
    "recheck_list": _("kiểm tra lại danh sách"),
    "reconcile": _("đối chiếu"),
    "record": _("ghi nhận"),
    "record_repayment": _("ghi tiền nộp lại"),
    "record_budget": _("ghi kinh phí"),
    "choose_source": _("chọn nguồn kinh phí"),
    "recovery_code_used": _("dùng mã dự phòng"),
    "recovery_codes_renewed": _("cấp mã dự phòng mới"),
    "record_death": _("ghi từ trần"),
    "reassign_dossier": _("giao hồ sơ cho người khác"),
    "receive_dossier": _("tiếp nhận hồ sơ"),
    "record_relative": _("ghi người thân"),
    "refuse_dossier": _("ghi nhận văn bản từ chối"),
    "register": _("ghi người mới"),
    "register_many": _("ghi người mới theo danh sách"),
    "register_number": _("ghi số văn bản vào sổ"),
    "release": _("bỏ dừng chi"),
    "rename_village": _("đổi tên thôn"),
    "reopen": _("mở lại danh sách"),
    "reopen_dossier": _("mở lại hồ sơ"),
    "reopen_watch_item": _("xem lại việc đã bỏ qua"),
    "request_stop": _("yêu cầu dừng chi"),
    "reset_password": _("đặt lại mật khẩu"),
    "restore_facts": _("trả lại điều đã ghi trước danh sách"),
    "return": _("trả lại"),
    "return_dossier": _("trả lại hồ sơ"),
    "return_resolution": _("trả lại nghị quyết"),
    "revoke": _("thu hồi quyết định"),
    "rule_on_birth": _("quyết định ngày sinh"),
    "search_elsewhere": _("tìm người ở xã khác"),
    "seal_reads": _("niêm phong lượt xem"),
    "second_step_enrolled": _("đăng ký thiết bị xác thực"),
    "second_step_failed": _("nhập sai mã xác thực"),
    "second_step_given": _("qua bước xác thực thứ hai"),
    "second_step_replaced": _("đổi thiết bị xác thực"),
    "second_step_reset": _("đặt lại bước xác thực thứ hai"),
    "set_account": _("ghi tài khoản"),
    "set_aside": _("để chờ bổ sung"),
    "set_cut_off": _("đặt ngày chốt"),
    "set_guardian": _("ghi người giám hộ"),
    "set_month": _("ghi tháng của danh sách"),
    "set_numbering": _("đặt cách đánh số văn bản"),
    "set_payee": _("ghi người nhận thay"),
    "settle": _("quyết toán"),
    "show_number": _("xem số định danh"),
    "start_series": _("đặt số bắt đầu của sổ văn bản"),
    "stop": _("thôi hưởng"),
    "submit_dossier": _("trình ký hồ sơ"),
    "supplement": _("thêm dòng bổ sung vào quyết định"),
    "take_back": _("hoàn tác quyết định nạp từ danh sách"),
    "take_list": _("nhận danh sách"),
    "take_number": _("lấy số văn bản"),
    "take_template": _("dùng mẫu văn bản riêng"),
    "take_return": _("nhận kết quả chi trả"),
    "undo_list": _("hoàn tác việc nạp danh sách"),
    "undo_death": _("bỏ ghi từ trần"),
    "undo_same": _("bỏ nhập hai người"),
    "unregister_many": _("bỏ người ghi theo danh sách được hoàn tác"),
    "vacate_post": _("cho thôi giữ chức vụ"),
    "void_number": _("bỏ số văn bản"),
    "verify_dossier": _("nhận xác minh hồ sơ"),
    "withdraw_dossier": _("rút hồ sơ"),
    "withdraw_resolution": _("rút nghị quyết"),
    "write_resolution": _("nhập nghị quyết"),
}


def act_words(act: str) -> str:
    """What was done, in words; an act of an older program stays as it was written."""
    return str(ACTS.get(act, act))


@cache
def _terms() -> dict[str, str]:
    folder = Path(ansinh.law.__file__).parent / "glossary"
    rows = [row for path in sorted(folder.glob("*.yaml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return {row["name"]: row["term"] for row in rows}


def noun_words(noun: str) -> str:
    """The official term of what an act was about. The glossary's own names are the English ones."""
    if (get_language() or "").startswith("en"):
        return noun.replace("_", " ")
    return _terms().get(noun, {"journal": "nhật ký"}.get(noun, noun))
