from django.urls import path

from ansinh.jobs import views

app_name = "jobs"
urlpatterns = [
    path("cong-viec/", views.mine, name="mine"),
    path("cong-viec/<str:code>/", views.detail, name="detail"),
    path("cong-viec/<str:code>/huy/", views.cancel, name="cancel"),
    path("cong-viec/<str:code>/tiep-tuc/", views.resume, name="resume"),
]
