"""The side menu: which door each role sees, in the order of the day's work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_COMMUNE = ("commune_officer", "commune_head", "commune_chairman", "accountant", "clerk", "one_stop")
_PROVINCE = ("division_officer", "division_head", "department_leader", "inspector")
_STAFF = (*_COMMUNE, *_PROVINCE)
_WORKING = tuple(role for role in _STAFF if role != "inspector")
_WRITERS = ("commune_officer", "commune_head", "division_officer")

ANSINH_MENU: list[dict] = [
    {"section": "", "label": _("Việc của tôi"), "url_name": "web:home", "roles": None, "icon": "home"},
    {
        "section": _("Người dân"),
        "label": _("Đối tượng, hộ gia đình"),
        "short": _("Người"),
        "url_name": "people:list",
        "roles": _STAFF,
        "icon": "person",
    },
    {
        "section": _("Giải quyết"),
        "label": _("Cần rà soát"),
        "url_name": "watch:items",
        "roles": _STAFF,
        "count": "ansinh.watch.queries.menu_count",
    },
    {"section": _("Giải quyết"), "label": _("Hồ sơ"), "url_name": "dossiers:desk", "roles": _STAFF, "icon": "file"},
    {"section": _("Giải quyết"), "label": _("Quyết định"), "url_name": "entitlements:decisions", "roles": _STAFF},
    {"section": _("Giải quyết"), "label": _("Sổ hưởng"), "url_name": "entitlements:ledger", "roles": _STAFF},
    {
        "section": _("Giải quyết"),
        "label": _("Chi trả"),
        "url_name": "payments:overview",
        "roles": (*(role for role in _STAFF if role != "one_stop"), "payer"),
        "icon": "coin",
    },
    {
        "section": _("Giải quyết"),
        "label": _("Kinh phí, quyết toán"),
        "url_name": "payments:budget",
        "roles": ("accountant", "commune_head", "commune_chairman"),
    },
    {
        "section": _("Giải quyết"),
        "label": _("Trợ giúp khẩn cấp, quà tặng"),
        "url_name": "emergency:occasions",
        "roles": _STAFF,
    },
    {"section": _("Giải quyết"), "label": _("Văn bản"), "url_name": "documents:register", "roles": _STAFF},
    {
        "section": _("Giải quyết"),
        "label": _("Đơn thư"),
        "url_name": "petitions:register",
        "roles": tuple(role for role in _STAFF if role != "accountant"),
    },
    {"section": _("Danh sách"), "label": _("Nhập danh sách"), "url_name": "imports:home", "roles": _WRITERS},
    {"section": _("Danh sách"), "label": _("Phiếu biến động"), "url_name": "assistance:change_sheets", "roles": _WRITERS},
    {"section": _("Danh sách"), "label": _("Công việc đang chạy"), "url_name": "jobs:mine", "roles": _STAFF},
    {"section": _("Điều hành"), "label": _("Giao việc"), "url_name": "work:tasks", "roles": _WORKING},
    {"section": _("Điều hành"), "label": _("Lịch trực, công tác"), "url_name": "work:week", "roles": _WORKING},
    {
        "section": _("Điều hành"),
        "label": _("Số liệu, báo cáo"),
        "url_name": "statistics:figures",
        "roles": tuple(role for role in _STAFF if role not in ("clerk", "one_stop")),
        "icon": "chart",
    },
    {"section": _("Điều hành"), "label": _("Địa bàn"), "url_name": "localities:tree", "roles": _STAFF},
    {"section": _("Pháp luật"), "label": _("Chính sách"), "url_name": "lawbook:home", "roles": None},
    {"section": _("Pháp luật"), "label": _("Nghị quyết của tỉnh"), "url_name": "lawbook:resolutions", "roles": _STAFF},
    {"section": _("Pháp luật"), "label": _("Điểm cần xác nhận"), "url_name": "lawbook:open_questions", "roles": _STAFF},
    {"section": _("Pháp luật"), "label": _("Lịch nghỉ lễ"), "url_name": "dossiers:holidays", "roles": _STAFF},
    {"section": _("Quản trị"), "label": _("Cơ quan, chức vụ"), "url_name": "access:offices", "roles": ("administrator",)},
    {"section": _("Quản trị"), "label": _("Người dùng"), "url_name": "access:users", "roles": ("administrator",)},
    {"section": _("Quản trị"), "label": _("Nơi cấp chữ ký số"), "url_name": "documents:roots", "roles": ("administrator",)},
    {"section": _("Quản trị"), "label": _("Nhật ký"), "url_name": "journal:entries", "roles": ("inspector", "administrator")},
]

ANSINH_OWN_MENU: list[dict] = [
    {"label": _("Thông báo"), "url_name": "work:notices", "roles": _WORKING},
    {"label": _("Đổi chức vụ"), "url_name": "access:choose_post"},
    {
        "label": _("Vắng mặt, người thay"),
        "url_name": "access:absences",
        "roles": (*_WORKING, "facility_head", "facility_staff"),
    },
    {"label": _("Ủy quyền ký (TUQ.)"), "url_name": "access:mandates", "roles": _WORKING},
    {"label": _("Phiên đăng nhập"), "url_name": "access:sessions"},
    {"label": _("Đổi mật khẩu"), "url_name": "access:change_password"},
]
