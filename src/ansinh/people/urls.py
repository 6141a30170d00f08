from django.urls import path

from ansinh.people import views

app_name = "people"
urlpatterns = [
    path("nguoi/", views.people, name="list"),
    path("nguoi/trung/", views.duplicates, name="duplicates"),
    path("nguoi/trung/tim/", views.look_for_duplicates, name="look_for_duplicates"),
    path("nguoi/chon/", views.choosing, name="choosing"),
    path("nguoi/moi/", views.register, name="register"),
    path("nguoi/<str:code>/thay-doi/", views.change, name="change"),
    path("nguoi/<str:code>/thay-doi/<str:kind>/", views.change_one, name="change_one"),
    path("nguoi/<str:code>/sua/", views.identity, name="identity"),
    path("ho/<str:code>/", views.household, name="household"),
]
