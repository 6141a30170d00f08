from django.urls import path

from ansinh.statistics import views

app_name = "statistics"
urlpatterns = [path("so-lieu/", views.figures, name="figures")]
