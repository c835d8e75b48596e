"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.desk.views import advising, cases, checking, deciding, home, serving

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("antrean/<slug:slug>/", home.queue, name="queue"),
    path("permohonan/<uuid:case_id>/", cases.case, name="case"),
    path("permohonan/<uuid:case_id>/ambil/", cases.take, name="take"),
    path("permohonan/<uuid:case_id>/periksa/", checking.verify, name="verify"),
    path("permohonan/<uuid:case_id>/layani/", serving.serve, name="serve"),
    path("permohonan/<uuid:case_id>/setujui/", deciding.approve, name="approve"),
    path("permohonan/<uuid:case_id>/tolak/", deciding.refuse, name="refuse"),
    path("permohonan/<uuid:case_id>/produk/", deciding.record, name="record"),
    path("rekomendasi/<uuid:recommendation_id>/", advising.recommend, name="recommend"),
    path("lapangan/<uuid:inspection_id>/jadwal/", advising.schedule, name="schedule"),
    path("lapangan/<uuid:inspection_id>/laporan/", advising.report, name="report"),
    path("berkas/<uuid:attachment_id>/", cases.paper, name="paper"),
]
