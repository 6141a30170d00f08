from django.urls import path

from ansinh.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("ho-so/<str:code>/", views.dossier, name="dossier"),
    path("nguoi/trung/<str:code>/", views.duplicate, name="duplicate"),
    path("nguoi/<str:code>/", views.person, name="person"),
    path("nguoi/<str:code>/vi-sao/", views.explanation, name="explanation"),
]
