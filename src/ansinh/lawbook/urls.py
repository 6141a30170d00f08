from django.urls import path

from ansinh.lawbook import speaking, views
from ansinh.lawbook.resolutions.urls import urlpatterns as resolutions

app_name = "lawbook"
urlpatterns = [
    path("chinh-sach/", views.home, name="home"),
    *resolutions,
    path("chinh-sach/can-xac-nhan/", views.open_questions, name="open_questions"),
    path("chinh-sach/can-xac-nhan/<str:key>/", views.question, name="question"),
    path("chinh-sach/thay-doi/", speaking.changes, name="changes"),
    path("chinh-sach/thay-doi/van-ban/", speaking.changes_paper, name="changes_paper"),
    path("chinh-sach/bang-muc/", speaking.amounts, name="amounts"),
    path("chinh-sach/che-do/<str:kind>/", speaking.benefit, name="benefit"),
    path("chinh-sach/che-do/<str:kind>/van-ban/", speaking.benefit_paper, name="benefit_paper"),
    path("chinh-sach/<str:regime>/", views.rules, name="rules"),
]
