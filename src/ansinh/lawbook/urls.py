from django.urls import path

from ansinh.lawbook import views
from ansinh.lawbook.resolutions.urls import urlpatterns as resolutions
from ansinh.lawbook.speaking.urls import urlpatterns as speaking

app_name = "lawbook"
urlpatterns = [
    path("chinh-sach/", views.home, name="home"),
    *resolutions,
    path("chinh-sach/thu-tuc/", views.procedures, name="procedures"),
    path("chinh-sach/can-xac-nhan/", views.open_questions, name="open_questions"),
    path("chinh-sach/can-xac-nhan/<str:key>/", views.question, name="question"),
    *speaking,
    path("chinh-sach/<str:regime>/", views.rules, name="rules"),
]
