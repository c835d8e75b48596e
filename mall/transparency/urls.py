"""Addresses of this face. A month's address stays for good; the bare one is the latest month."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.transparency import conduct, deemed, held, roots, turns, views

app_name = "transparency"
MONTH = r"^(?P<year>2\d{3})/(?P<month>\d{2})/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="latest"),
    path("urutan/", turns.turns, name="turns"),
    path("undian/", turns.lots, name="lots"),
    path("jeda-dan-pengembalian/", conduct.conduct, name="conduct"),
    path("dianggap-dikabulkan/", deemed.register, name="deemed"),
    path("akar/", roots.roots, name="roots"),
    path("akar/akar-harian.csv", roots.roots_csv, name="roots_csv"),
    path("tertahan/", held.held, name="held"),
    path("data.csv", views.data_csv, name="latest_csv"),
    path("data.json", views.data_json, name="latest_json"),
    re_path(rf"{MONTH}$", views.page, name="month"),
    re_path(rf"{MONTH}data\.csv$", views.data_csv, name="month_csv"),
    re_path(rf"{MONTH}data\.json$", views.data_json, name="month_json"),
]
