from django.urls import path

from ansinh.emergency import views

app_name = "emergency"
urlpatterns = [
    path("tro-giup/", views.occasions, name="occasions"),
    path("tro-giup/su-kien/", views.open_event, name="open_event"),
    path("tro-giup/qua/", views.open_gifts, name="open_gifts"),
    path("tro-giup/tham-hoi/", views.open_visit, name="open_visit"),
    path("tro-giup/cap-bach/", views.urgent, name="urgent"),
    path("tro-giup/dot/<str:code>/", views.occasion, name="occasion"),
    path("tro-giup/dot/<str:code>/lap/", views.open_list, name="open_list"),
    path("tro-giup/danh-sach/<str:code>/", views.aid_list, name="list"),
    path("tro-giup/danh-sach/<str:code>/them/", views.add_line, name="add_line"),
    path("tro-giup/danh-sach/<str:code>/dan/", views.paste, name="paste"),
    path("tro-giup/danh-sach/<str:code>/mau/", views.blank, name="blank"),
    path("tro-giup/danh-sach/<str:code>/tu-so/", views.fill, name="fill"),
    path("tro-giup/danh-sach/<str:code>/buoc/<str:act>/", views.step, name="step"),
    path("tro-giup/danh-sach/<str:code>/quyet-dinh/", views.decide, name="decide"),
    path("tro-giup/danh-sach/<str:code>/danh-dau/", views.mark, name="mark"),
    path("tro-giup/danh-sach/<str:code>/ky-nhan/", views.signing, name="signing"),
    path("tro-giup/danh-sach/<str:code>/chi-tra/", views.payer_file, name="payer_file"),
    path("tro-giup/danh-sach/<str:code>/nguon/", views.supplies, name="supplies"),
    path("tro-giup/nguon/<str:code>/dao/", views.correct_supply, name="correct_supply"),
    path("tro-giup/dong/<str:code>/", views.line, name="line"),
    path("tro-giup/van-ban/<str:code>/", views.papers, name="papers"),
    path("tro-giup/van-ban/<str:code>/<str:kind>/in/", views.print_paper, name="print_paper"),
    path("tro-giup/van-ban/<str:code>/<str:kind>/lay-so/", views.number_paper, name="number_paper"),
    path("bao-ve-khan-cap/", views.protections, name="protections"),
    path("bao-ve-khan-cap/tiep-nhan/", views.take_in, name="take_in"),
    path("bao-ve-khan-cap/<str:code>/", views.protection, name="protection"),
    path("bao-ve-khan-cap/<str:code>/quyet-dinh/", views.decide_protection, name="decide_protection"),
    path("bao-ve-khan-cap/<str:code>/ket-thuc/", views.end_protection, name="end_protection"),
    path("bao-ve-khan-cap/<str:code>/bang-tinh/", views.stay_sheet, name="stay_sheet"),
    path("quy-cuu-tro/", views.funds, name="funds"),
    path("quy-cuu-tro/<str:code>/", views.fund, name="fund"),
    path("quy-cuu-tro/but-toan/<str:code>/dao/", views.correct_fund_entry, name="correct_fund_entry"),
]
