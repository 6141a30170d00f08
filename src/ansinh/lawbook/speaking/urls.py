from django.urls import path

from ansinh.lawbook.speaking import views

urlpatterns = [
    path("chinh-sach/thay-doi/", views.changes, name="changes"),
    path("chinh-sach/thay-doi/van-ban/", views.changes_paper, name="changes_paper"),
    path("chinh-sach/bang-muc/", views.amounts, name="amounts"),
    path("chinh-sach/che-do/<str:kind>/", views.benefit, name="benefit"),
    path("chinh-sach/che-do/<str:kind>/van-ban/", views.benefit_paper, name="benefit_paper"),
]
