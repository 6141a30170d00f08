from django.urls import path

from ansinh.imports import views

app_name = "imports"
urlpatterns = [
    path("nhap-danh-sach/", views.home, name="home"),
    path("nhap-danh-sach/cho-bo-sung/", views.waiting, name="waiting"),
    path("nhap-danh-sach/<str:code>/", views.detail, name="detail"),
    path("nhap-danh-sach/<str:code>/mo-tep/", views.open_list, name="open"),
    path("nhap-danh-sach/<str:code>/hoan-tac/", views.undo, name="undo"),
    path("nhap-danh-sach/<str:code>/tep-loi/", views.problem_file, name="problem_file"),
    path("nhap-danh-sach/<str:code>/thang/", views.month, name="month"),
    path("nhap-danh-sach/<str:code>/quyet-dinh/", views.paper, name="paper"),
    path("nhap-danh-sach/<str:code>/cho-bo-sung/", views.set_aside_all, name="set_aside_all"),
    path("nhap-danh-sach/<str:code>/nap/", views.commit, name="commit"),
    path("nhap-danh-sach/<str:code>/chon-nguoi/", views.choose, name="choose"),
    path("nhap-danh-sach/<str:code>/kiem-tra-lai/", views.recheck, name="recheck"),
    path("nhap-danh-sach/<str:code>/bo/", views.discard, name="discard"),
    path("nhap-danh-sach/<str:code>/dong/<int:number>/", views.row, name="row"),
]
