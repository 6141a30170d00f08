from django.urls import path

from ansinh.work import views

app_name = "work"
urlpatterns = [
    path("giao-viec/", views.tasks, name="tasks"),
    path("giao-viec/moi/", views.give, name="give"),
    path("giao-viec/<str:code>/", views.task, name="task"),
    path("giao-viec/<str:code>/<str:act>/", views.step, name="step"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("thong-bao/<int:number>/", views.notice, name="notice"),
    path("lich-truc/", views.week, name="week"),
    path("lich-truc/ghi/", views.add, name="add"),
    path("lich-truc/<str:code>/bo/", views.remove, name="remove"),
]
