from django.urls import path

from ansinh.files import views

app_name = "files"
urlpatterns = [path("tep/<uuid:token>/", views.download, name="download")]
