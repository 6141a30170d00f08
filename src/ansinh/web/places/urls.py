from django.urls import path

from ansinh.web.places import views

app_name = "localities"
urlpatterns = [
    path("dia-ban/", views.tree, name="tree"),
    path("dia-ban/<str:key>/", views.unit, name="unit"),
    path("dia-ban/<str:key>/thon/", views.add_village, name="add_village"),
    path("dia-ban/<str:key>/thon/<int:number>/", views.change_village, name="change_village"),
]
