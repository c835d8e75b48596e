"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.portal import (
    beginning,
    catalogue,
    filling,
    following,
    inbox,
    obligations,
    papers,
    people,
    permits,
    receipts,
    sending,
    tracking,
)

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", catalogue.home, name="home"),
    path("layanan/", catalogue.services, name="services"),
    path("layanan/<str:code>/", catalogue.service, name="service"),
    path("layanan/<str:code>/ajukan/", beginning.start, name="start"),
    path("instansi/", catalogue.agencies, name="agencies"),
    path("instansi/<str:code>/", catalogue.agency, name="agency"),
    path("profil/", people.profile, name="profile"),
    path("profil/ubah/", people.profile_edit, name="profile_edit"),
    path("profil/badan/", people.organisation_new, name="organisation_new"),
    path("profil/akses/", people.looks, name="looks"),
    path("permohonan/", following.cases, name="cases"),
    path("permohonan/<uuid:case_id>/", following.case, name="case"),
    path("permohonan/<uuid:case_id>/isi/", filling.tasks, name="tasks"),
    path("permohonan/<uuid:case_id>/isi/<int:number>/", filling.page, name="page"),
    path("permohonan/<uuid:case_id>/berkas/<str:code>/", papers.paper, name="paper"),
    path("permohonan/<uuid:case_id>/berkas/<str:code>/lihat/", papers.paper_file, name="paper_file"),
    path("permohonan/<uuid:case_id>/periksa/", sending.check, name="check"),
    path("permohonan/<uuid:case_id>/terkirim/", sending.sent, name="sent"),
    path("permohonan/<uuid:case_id>/tarik/", sending.withdraw, name="withdraw"),
    path("permohonan/<uuid:case_id>/isian/", following.answers, name="answers"),
    path("permohonan/<uuid:case_id>/keputusan/", following.decision, name="decision"),
    path("permohonan/<uuid:case_id>/kuitansi/", receipts.receipt, name="receipt"),
    path("permohonan/<uuid:case_id>/dokumen/", following.document, name="document"),
    path("izin/", permits.permits, name="permits"),
    path("izin/<uuid:permit_id>/", permits.permit, name="permit"),
    path("izin/<uuid:permit_id>/ubah/", permits.amend, name="permit_amend"),
    path("izin/<uuid:permit_id>/<slug:effect>/", permits.follow, name="permit_follow"),
    path("kewajiban/<uuid:obligation_id>/", obligations.obligation, name="obligation"),
    path("lacak/", tracking.track, name="track"),
    path("lacak/hasil/", tracking.tracked, name="tracked"),
    path("kotak-masuk/", inbox.inbox, name="inbox"),
    path("kotak-masuk/<uuid:message_id>/", inbox.message, name="message"),
]
