from django.urls import path

from ansinh.payments import views

app_name = "payments"
urlpatterns = [
    path("chi-tra/", views.overview, name="overview"),
    path("chi-tra/lap/", views.propose, name="propose"),
    path("chi-tra/ngay-chot/", views.cut_off, name="cut_off"),
    path("chi-tra/kinh-phi/", views.budget, name="budget"),
    path("chi-tra/phai-thu/", views.claims, name="claims"),
    path("chi-tra/phai-thu/ra-soat/", views.review_past, name="review_past"),
    path("chi-tra/phai-thu/<int:key>/", views.claim, name="claim"),
    path("chi-tra/phai-thu/<int:key>/ke-hoach/", views.plan, name="plan"),
    path("chi-tra/phai-thu/<int:key>/nop-lai/", views.repayment, name="repayment"),
    path("chi-tra/phai-thu/<int:key>/xoa-no/", views.write_off, name="write_off"),
    path("chi-tra/bien-lai/<int:key>/huy/", views.correct_repayment, name="correct_repayment"),
    path("chi-tra/dung-chi/<int:key>/", views.answer_stop, name="answer_stop"),
    path("chi-tra/ban-giao/<str:code>/", views.handover, name="handover"),
    path("chi-tra/ban-giao/<str:code>/bien-ban/", views.minutes, name="minutes"),
    path("chi-tra/ban-giao/<str:code>/ky-nhan/", views.signing_sheet, name="signing_sheet"),
    path("chi-tra/dong/<str:code>/", views.line, name="line"),
    path("chi-tra/<str:code>/", views.payment_list, name="list"),
    path("chi-tra/<str:code>/dong/", views.lines, name="lines"),
    path("chi-tra/<str:code>/chenh-lech/", views.changes, name="changes"),
    path("chi-tra/<str:code>/trinh-ky/", views.approval_sheet, name="approval_sheet"),
    path("chi-tra/<str:code>/buoc/<str:act>/", views.step, name="step"),
    path("chi-tra/<str:code>/nguon/", views.source, name="source"),
    path("chi-tra/<str:code>/duyet/", views.approve, name="approve"),
]
