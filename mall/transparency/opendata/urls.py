"""Addresses of open data. That of a period and its files stays for good."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.releases.periods import CODE
from mall.transparency.opendata import machines, views

app_name = "data"
ONE = r"^data/(?P<slug>[a-z0-9-]+)/"
PERIOD = rf"{ONE}(?P<period>{CODE})/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", views.catalogue, name="catalogue"),
    path("data/catalog.jsonld", machines.dcat, name="dcat"),
    re_path(rf"{ONE}$", views.dataset, name="dataset"),
    re_path(rf"{PERIOD}$", views.period, name="period"),
    re_path(rf"{PERIOD}(?P=slug)\.csv$", machines.csv, name="csv"),
    re_path(rf"{PERIOD}(?P=slug)\.json$", machines.json, name="json"),
    re_path(rf"{PERIOD}(?P=slug)\.xlsx$", machines.xlsx, name="xlsx"),
    re_path(rf"{PERIOD}(?P=slug)\.parquet$", machines.as_parquet, name="parquet"),
    re_path(rf"{PERIOD}(?P=slug)\.pdf$", machines.pdf, name="pdf"),
    path("api/3/action/package_list", machines.package_list, name="package_list"),
    path("api/3/action/package_show", machines.package_show, name="package_show"),
    path("api/3/action/package_search", machines.package_search, name="package_search"),
]
