from django.urls import path

from ansinh.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban/so-di/", views.register, name="register"),
    path("van-ban/so-di/ghi/", views.entry, name="entry"),
    path("van-ban/so-di/danh-so/", views.numbering, name="numbering"),
    path("van-ban/so-di/bat-dau/", views.start, name="start"),
    path("van-ban/so-di/<str:code>/bo-so/", views.void, name="void"),
    path("van-ban/mau/", views.templates, name="templates"),
    path("van-ban/mau/<str:paper_kind>/", views.template, name="template"),
    path("van-ban/mau/<str:paper_kind>/tep/", views.template_file, name="template_file"),
    path("van-ban/mau/<str:paper_kind>/mau-chung/", views.template_default, name="template_default"),
    path("van-ban/chu-ky-so/", views.look, name="look"),
    path("van-ban/chu-ky-so/goc-tin-cay/", views.roots, name="roots"),
    path("van-ban/chu-ky-so/goc-tin-cay/nap/", views.take_root, name="take_root"),
    path("van-ban/chu-ky-so/goc-tin-cay/<str:code>/thoi/", views.end_root, name="end_root"),
    path("van-ban/chu-ky-so/tep/<str:code>/", views.signed, name="signed"),
    path("van-ban/<str:code>/", views.paper, name="paper"),
    path("van-ban/<str:code>/lay-so/", views.number, name="number"),
    path("van-ban/<str:code>/da-ky/", views.sign, name="sign"),
    path("van-ban/<str:code>/ban-da-ky/", views.scan, name="scan"),
    path("van-ban/<str:code>/ban-in/<int:number>/word/", views.word, name="word"),
    path("van-ban/<str:code>/ban-in/<int:number>/pdf/", views.pdf, name="pdf"),
]
