"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.counter.views import calls, cases, filling, home, objecting, people, permits, queueing, repairing, starting

app_name = "counter"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("cari/", home.search, name="search"),
    path("orang/baru/", people.register, name="register"),
    path("orang/<uuid:person_id>/", people.person, name="person"),
    path("orang/<uuid:person_id>/ktp/", people.card, name="card"),
    path("orang/<uuid:person_id>/kontak/", people.contact, name="contact"),
    path("orang/<uuid:person_id>/badan/", people.organisation, name="organisation"),
    path("orang/<uuid:person_id>/layanan/", starting.choose, name="choose"),
    path("orang/<uuid:person_id>/layanan/<str:code>/", starting.start, name="start"),
    path("orang/<uuid:person_id>/izin/<uuid:permit_id>/", permits.permit, name="permit"),
    path("permohonan/", cases.cases, name="cases"),
    path("permohonan/<uuid:case_id>/", cases.case, name="case"),
    path("permohonan/<uuid:case_id>/kuasa/", starting.mandate, name="mandate"),
    path("permohonan/<uuid:case_id>/isi/", filling.fill, name="fill"),
    path("permohonan/<uuid:case_id>/berkas/", filling.papers, name="papers"),
    path("permohonan/<uuid:case_id>/berkas/<str:code>/", filling.paper, name="paper"),
    path("permohonan/<uuid:case_id>/periksa/", cases.check, name="check"),
    path("permohonan/<uuid:case_id>/terkirim/", cases.sent, name="sent"),
    path("permohonan/<uuid:case_id>/tanda-terima/", cases.receipt, name="receipt"),
    path("permohonan/<uuid:case_id>/perbaikan/", repairing.repair, name="repair"),
    path("permohonan/<uuid:case_id>/cabut/", cases.withdraw, name="withdraw"),
    path("permohonan/<uuid:case_id>/keberatan/", objecting.objection, name="objection"),
    path("permohonan/<uuid:case_id>/keberatan/tanda-terima/", objecting.receipt, name="objection_receipt"),
    path("antrean/", queueing.queue, name="queue"),
    path("antrean/baru/", queueing.ticket_new, name="ticket_new"),
    path("antrean/<uuid:ticket_id>/", queueing.ticket, name="ticket"),
    path("antrean/<uuid:ticket_id>/cetak/", queueing.slip, name="slip"),
    path("telepon/", calls.calls, name="calls"),
    path("telepon/<uuid:task_id>/", calls.call, name="call"),
]
