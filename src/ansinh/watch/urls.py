from django.urls import path

from ansinh.watch import views

app_name = "watch"
urlpatterns = [
    path("can-ra-soat/", views.items, name="items"),
    path("can-ra-soat/ra-soat-ngay/", views.look_over_now, name="look_over"),
    path("can-ra-soat/<str:code>/lam/", views.prepare, name="prepare"),
    path("can-ra-soat/<str:code>/bo-qua/", views.dismiss, name="dismiss"),
    path("can-ra-soat/<str:code>/xem-lai/", views.reopen, name="reopen"),
]
