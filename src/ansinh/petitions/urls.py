from django.urls import path

from ansinh.petitions import views

app_name = "petitions"
urlpatterns = [
    path("don-thu/", views.register, name="register"),
    path("don-thu/moi/", views.new, name="new"),
    path("don-thu/<str:code>/", views.petition, name="petition"),
    path("don-thu/<str:code>/van-ban/", views.papers, name="papers"),
    path("don-thu/<str:code>/van-ban/so/", views.number, name="number"),
    path("don-thu/<str:code>/van-ban/<str:kind>/", views.print_paper, name="print_paper"),
    path("don-thu/<str:code>/ban-da-ky/", views.scan, name="scan"),
    path("don-thu/<str:code>/<str:act>/", views.act, name="act"),
]
