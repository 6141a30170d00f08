from django.urls import path

from ansinh.web.journal import views

app_name = "journal"
urlpatterns = [
    path("nhat-ky/", views.entries, name="entries"),
    path("nhat-ky/luot-xem/", views.reads, name="reads"),
    path("nhat-ky/<int:number>/", views.entry, name="entry"),
]
