from django.urls import path

from ansinh.web.accounts import views

app_name = "access"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-xuat/", views.logout, name="logout"),
    path("doi-mat-khau/", views.change_password, name="change_password"),
    path("chuc-vu/", views.choose_post, name="choose_post"),
    path("quan-tri/co-quan/", views.offices, name="offices"),
    path("quan-tri/co-quan/<str:code>/", views.office, name="office"),
    path("quan-tri/nguoi-dung/", views.users, name="users"),
    path("quan-tri/nguoi-dung/<str:username>/", views.user_act, name="user_act"),
]
