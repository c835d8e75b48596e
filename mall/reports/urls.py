"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.reports import views

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("<slug:slug>/", views.sheet, name="sheet"),
    path("<slug:slug>/unduh.csv", views.download, name="download"),
]
