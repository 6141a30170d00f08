from django.urls import path

from ansinh.entitlements import views

app_name = "entitlements"
urlpatterns = [
    path("quyet-dinh/", views.decisions, name="decisions"),
    path("quyet-dinh/<str:code>/", views.decision, name="decision"),
    path("quyet-dinh/<str:code>/van-ban/", views.paper, name="paper"),
    path("quyet-dinh/<str:code>/in/", views.print_out, name="print"),
    path("quyet-dinh/<str:code>/lay-so/", views.number, name="number"),
    path("quyet-dinh/<str:code>/ghi-nhan/", views.record, name="record"),
    path("quyet-dinh/<str:code>/bo/", views.discard, name="discard"),
    path("quyet-dinh/<str:code>/thu-hoi/", views.revoke, name="revoke"),
    path("nguoi/<str:code>/quyet-dinh/", views.decide, name="decide"),
    path("ho-so/<str:code>/trinh-ky/", views.propose, name="propose"),
    path("bao-hiem-y-te/", views.insurance, name="insurance"),
    path("so-huong/", views.ledger, name="ledger"),
    path("so-huong/chuyen-muc/", views.transitions, name="transitions"),
    path("so-huong/chuyen-muc/lap/", views.reckon_transitions, name="reckon_transitions"),
    path("so-huong/<str:code>/vi-sao/", views.why, name="why"),
    path("chinh-sach/nghi-quyet/<str:code>/vi-du/", views.resolution_examples, name="resolution_examples"),
]
