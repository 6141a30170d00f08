from django.urls import path

from ansinh.lawbook.resolutions import views

# Part of lawbook.urls: the names stand under `lawbook:`.
urlpatterns = [
    path("chinh-sach/nghi-quyet/", views.resolutions, name="resolutions"),
    path("chinh-sach/nghi-quyet/moi/", views.new_resolution, name="new_resolution"),
    path("chinh-sach/nghi-quyet/tu-tep/", views.from_file, name="resolution_file"),
    path("chinh-sach/nghi-quyet/mau.yaml", views.sample_file, name="resolution_sample"),
    path("chinh-sach/nghi-quyet/<str:code>/", views.resolution, name="resolution"),
    path("chinh-sach/nghi-quyet/<str:code>/sua/", views.edit_resolution, name="edit_resolution"),
    path("chinh-sach/nghi-quyet/<str:code>/them/<str:kind>/", views.add_line, name="add_resolution_line"),
    path("chinh-sach/nghi-quyet/<str:code>/bo/<int:line>/", views.remove_line, name="remove_resolution_line"),
    path("chinh-sach/nghi-quyet/<str:code>/tac-dong/", views.count_effect, name="count_resolution"),
    path("chinh-sach/nghi-quyet/<str:code>/buoc/<str:act>/", views.move, name="move_resolution"),
]
