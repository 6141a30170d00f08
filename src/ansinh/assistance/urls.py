from django.urls import path

from ansinh.assistance import views

app_name = "assistance"
urlpatterns = [
    path("phieu-bien-dong/", views.change_sheets, name="change_sheets"),
    path("phieu-bien-dong/<int:key>/", views.change_sheet_file, name="change_sheet_file"),
]
