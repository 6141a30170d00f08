from django.urls import path

from ansinh.statistics import views

app_name = "statistics"
urlpatterns = [
    path("so-lieu/", views.figures, name="figures"),
    path("so-lieu/nguoi/", views.people, name="people"),
]
