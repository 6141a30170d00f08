from django.urls import path

from ansinh.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("ho-so/", views.desk, name="desk"),
    path("ho-so/tien-do/", views.load, name="load"),
    path("ho-so/lich/", views.month, name="month"),
    path("ho-so/moi/", views.start, name="start"),
    path("ho-so/moi/nguoi-moi/", views.newcomer, name="newcomer"),
    path("ho-so/moi/<str:code>/", views.open_one, name="open"),
    path("ho-so/<str:code>/to-khai/", views.declaration, name="declaration"),
    path("ho-so/<str:code>/viec/<str:act>/", views.act, name="act"),
    path("niem-yet/", views.postings, name="postings"),
    path("niem-yet/moi/", views.post_new, name="post_new"),
    path("niem-yet/<str:code>/", views.posting, name="posting"),
    path("niem-yet/<str:code>/go/", views.take_down, name="take_down"),
    path("niem-yet/<str:code>/in/", views.print_posting, name="print_posting"),
    path("niem-yet/<str:code>/y-kien/", views.opinion, name="opinion"),
    path("niem-yet/<str:code>/y-kien/<int:number>/", views.conclude, name="conclude"),
    path("ho-so/<str:code>/in/<str:kind>/", views.print_out, name="print"),
    path("ho-so/<str:code>/lay-so/", views.number, name="number"),
    path("lich-nghi/", views.holidays, name="holidays"),
    path("lich-nghi/<int:year>/", views.holiday_year, name="holiday_year"),
]
