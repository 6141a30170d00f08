"""Doors of the pages room; all are public: they show nobody's data."""

from django.urls import path

from ansinh.pages import views

app_name = "pages"

urlpatterns = [
    path("tuy-chon/", views.preferences, name="preferences"),
    path("thanh-phan/", views.components, name="components"),
    path("thanh-phan/tien-do/", views.sample_progress, name="sample_progress"),
]
