from django.urls import path

from ansinh.web.accounts.views import administration, log_in, mandates, posts, second_step, sessions

app_name = "access"
urlpatterns = [
    path("dang-nhap/", log_in.login, name="login"),
    path("dang-xuat/", log_in.logout, name="logout"),
    path("xac-thuc/", second_step.second_step, name="second_step"),
    path("xac-thuc/thiet-bi/", second_step.enrol, name="enrol"),
    path("xac-thuc/thay-doi/", second_step.change_second_step, name="change_second_step"),
    path("phien-dang-nhap/", sessions.sessions, name="sessions"),
    path("doi-mat-khau/", log_in.change_password, name="change_password"),
    path("chuc-vu/", posts.choose_post, name="choose_post"),
    path("vang-mat/", posts.absences, name="absences"),
    path("vang-mat/<str:code>/ket-thuc/", posts.end_absence, name="end_absence"),
    path("uy-quyen/", mandates.mandates, name="mandates"),
    path("uy-quyen/<str:code>/cham-dut/", mandates.end_mandate, name="end_mandate"),
    path("quan-tri/co-quan/", administration.offices, name="offices"),
    path("quan-tri/co-quan/<str:code>/", administration.office, name="office"),
    path("quan-tri/nguoi-dung/", administration.users, name="users"),
    path("quan-tri/nguoi-dung/<str:username>/", administration.user, name="user"),
]
