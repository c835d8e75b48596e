from django.urls import path

from mall.design import views

app_name = "design"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("petugas/", views.guide_staff, name="guide_staff"),
    path("pertanyaan/", views.guide_question, name="guide_question"),
    path("cetak/", views.guide_paper, name="guide_paper"),
]
