"""Addresses of this face: for reporters, for the inspectorate, and for handlers of complaints."""

from django.urls import URLPattern, URLResolver, path, re_path

from mall.voice.complaints import urls as complaints
from mall.voice.views import inspecting, rating, reporting, satisfaction, signalling

app_name = "voice"
HALF = r"^transparansi/kepuasan/(?P<half>2\d{3}-S[12])/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("lapor-pungutan/", reporting.report, name="report"),
    path("lapor-pungutan/baca/", reporting.find, name="find"),
    path("lapor-pungutan/l/<str:link>/", reporting.follow, name="follow"),
    path("kepuasan/<str:code>/", rating.rate, name="rate"),
    path("transparansi/kepuasan/", satisfaction.latest, name="satisfaction"),
    path("transparansi/kepuasan/<int:calendar>/laporan.pdf", satisfaction.report, name="satisfaction_report"),
    re_path(rf"{HALF}$", satisfaction.half, name="satisfaction_half"),
    re_path(rf"{HALF}(?P<agency>[A-Z0-9-]+)/$", satisfaction.agency, name="satisfaction_agency"),
    path("inspektorat/", inspecting.levies, name="levies"),
    path("inspektorat/<uuid:report_id>/", inspecting.levy, name="levy"),
    path("inspektorat/<uuid:report_id>/ambil/", inspecting.take, name="take"),
    path("inspektorat/<uuid:report_id>/tulis/", inspecting.write, name="write"),
    path("inspektorat/<uuid:report_id>/teruskan/", inspecting.forward, name="forward"),
    path("inspektorat/<uuid:report_id>/tutup/", inspecting.close, name="close"),
    path("inspektorat/<uuid:report_id>/mundur/", inspecting.step_aside, name="step_aside"),
    path("inspektorat/<uuid:report_id>/bukti/<uuid:file_id>/", inspecting.evidence, name="evidence"),
    path("inspektorat/sinyal/", signalling.signals, name="signals"),
    path("inspektorat/sinyal/<uuid:signal_id>/", signalling.signal, name="signal"),
    path("inspektorat/sinyal/<uuid:signal_id>/hasil/", signalling.signal_note, name="signal_note"),
    path("inspektorat/sinyal/<uuid:signal_id>/perkara/<uuid:case_id>/", signalling.signal_case, name="signal_case"),
    *complaints.urlpatterns,
]
