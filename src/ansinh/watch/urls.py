from django.urls import path

from ansinh.watch import views

app_name = "watch"
urlpatterns = [
    path("can-ra-soat/", views.items, name="items"),
    path("can-ra-soat/ra-soat-ngay/", views.look_over_now, name="look_over"),
    path("can-ra-soat/thu-nhac/", views.letters, name="letters"),
    path("can-ra-soat/da-nhac/", views.remind, name="remind"),
    path("can-ra-soat/soan-thoi-huong/", views.stop_dead, name="stop_dead"),
    path("can-ra-soat/<str:code>/lam/", views.prepare, name="prepare"),
    path("can-ra-soat/<str:code>/bo-qua/", views.dismiss, name="dismiss"),
    path("can-ra-soat/<str:code>/xem-lai/", views.reopen, name="reopen"),
    path("nguoi/<str:code>/sua-sai/", views.corrections, name="corrections"),
    path("nguoi/<str:code>/sua-sai/tu-tran/", views.wrong_death, name="wrong_death"),
    path("nguoi/<str:code>/sua-sai/trung/", views.wrong_merge, name="wrong_merge"),
    path("quyet-dinh/<str:code>/sua-sai/", views.wrong_decision, name="wrong_decision"),
    path("quyet-dinh/dong/<int:item>/sua-sai/", views.wrong_line, name="wrong_line"),
    path("nhap-danh-sach/<str:code>/sua-sai/", views.wrong_import, name="wrong_import"),
    path("sua-sai/<str:code>/", views.correction, name="correction"),
]
