"""Addresses of this face. A month's address stays for good; the bare one is the latest month."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.transparency import conduct, deemed, held, roots, turns, views
from mall.transparency.league import drafts
from mall.transparency.league import views as league

app_name = "transparency"
QUARTER = r"^liga/(?P<quarter>2\d{3}-Q[1-4])/"
MONTH = r"^(?P<year>2\d{3})/(?P<month>\d{2})/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="latest"),
    path("urutan/", turns.turns, name="turns"),
    path("undian/", turns.lots, name="lots"),
    path("jeda-dan-pengembalian/", conduct.conduct, name="conduct"),
    path("dianggap-dikabulkan/", deemed.register, name="deemed"),
    path("akar/", roots.roots, name="roots"),
    path("akar/akar-harian.csv", roots.roots_csv, name="roots_csv"),
    path("akar/periksa_akar.py", roots.roots_verifier, name="roots_verifier"),
    path("tertahan/", held.held, name="held"),
    path("liga/", league.latest, name="league"),
    path("liga/liga.py", league.script, name="league_script"),
    re_path(rf"{QUARTER}$", league.quarter, name="league_quarter"),
    re_path(rf"{QUARTER}liga\.csv$", league.result, name="league_csv"),
    path("liga/konsep/", drafts.drafts, name="league_drafts"),
    path("liga/konsep/<uuid:round_id>/", drafts.draft, name="league_draft"),
    path("liga/konsep/<uuid:round_id>/sanggah/", drafts.contest, name="league_contest"),
    path("liga/sanggahan/<uuid:contest_id>/jawab/", drafts.answer, name="league_answer"),
    path("data.csv", views.data_csv, name="latest_csv"),
    path("data.json", views.data_json, name="latest_json"),
    re_path(rf"{MONTH}$", views.page, name="month"),
    re_path(rf"{MONTH}data\.csv$", views.data_csv, name="month_csv"),
    re_path(rf"{MONTH}data\.json$", views.data_json, name="month_json"),
]
