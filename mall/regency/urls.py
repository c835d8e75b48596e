"""Addresses of this face: figures for everybody, and the desk of the stewards of data."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.regency.views import importing, origin, public
from mall.releases.periods import CODE

app_name = "regency"

urlpatterns: list[URLPattern | URLResolver] = [
    path("daerah/", public.topics, name="topics"),
    path("daerah/apbd/", public.budget, name="budget"),
    path("daerah/program/", public.programmes, name="programmes"),
    path("daerah/kecamatan/", public.districts, name="districts"),
    path("daerah/kinerja/", public.performance, name="performance"),
    re_path(rf"^daerah/asal/(?P<slug>[a-z0-9-]+)/(?P<period>{CODE})/$", origin.origin, name="origin"),
    path("walidata/", importing.kinds, name="kinds"),
    path("walidata/<slug:kind>/", importing.kind, name="kind"),
    path("walidata/<slug:kind>/contoh.csv", importing.template, name="template"),
    path("walidata/berkas/<uuid:batch_id>/", importing.batch, name="batch"),
    path("walidata/berkas/<uuid:batch_id>/terbitkan/", importing.publish, name="publish"),
    path("walidata/berkas/<uuid:batch_id>/buang/", importing.discard, name="discard"),
]
