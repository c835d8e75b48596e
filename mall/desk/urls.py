"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.desk.views import (
    advising,
    calendar,
    cases,
    checking,
    deciding,
    home,
    hours,
    notices,
    obligations,
    office,
    permits,
    refunds,
    serving,
)

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("antrean/<slug:slug>/", home.queue, name="queue"),
    path("pemberitahuan/", notices.notices, name="notices"),
    path("pemberitahuan/<uuid:message_id>/", notices.notice, name="notice"),
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
    path("izin/", permits.permits, name="permits"),
    path("izin/<uuid:permit_id>/", permits.permit, name="permit"),
    path("izin/<uuid:permit_id>/<slug:act>/", permits.permit_act, name="permit_act"),
    path("kewajiban/", obligations.obligations, name="obligations"),
    path("kewajiban/<uuid:obligation_id>/", obligations.obligation, name="obligation"),
    path("kewajiban/<uuid:obligation_id>/bukti/<int:number>/", obligations.evidence, name="evidence"),
    path("pengembalian-dana/", refunds.refunds, name="refunds"),
    path("pengembalian-dana/<uuid:task_id>/", refunds.refund, name="refund"),
    path("administrasi/", office.office, name="office"),
    path("administrasi/kegagalan/", office.failed, name="failed"),
    path("administrasi/kegagalan/<uuid:row_id>/ulang/", office.retry, name="retry"),
    path("administrasi/libur/", calendar.holidays, name="holidays"),
    path("administrasi/libur/impor/", calendar.holiday_file, name="holiday_file"),
    path("administrasi/libur/<str:day>/<str:kind>/hapus/", calendar.holiday_gone, name="holiday_gone"),
    path("administrasi/jam/", hours.sites, name="sites"),
    path("administrasi/jam/<str:site>/", hours.hours, name="hours"),
    path("administrasi/jam/<str:site>/tanggal/", hours.hours_exception, name="hours_exception"),
    path("administrasi/jam/<str:site>/<str:day>/hapus/", hours.exception_gone, name="exception_gone"),
    path("administrasi/peran/", office.roles, name="roles"),
    path("administrasi/peran/<uuid:membership_id>/cabut/", office.role_gone, name="role_gone"),
]
