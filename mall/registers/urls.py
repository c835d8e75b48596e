"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from mall.registers.views import correcting, exporting, importing, own, viewing

app_name = "registers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/data-saya/", own.mine, name="mine"),
    path("akun/data-saya/<uuid:entry_id>/perbaikan/", own.correct, name="correct"),
    path("data-terpadu/", importing.home, name="home"),
    path("data-terpadu/<slug:register>/unggah/", importing.upload, name="upload"),
    path("data-terpadu/<slug:register>/contoh.csv", importing.template, name="template"),
    path("data-terpadu/berkas/<uuid:batch_id>/", importing.batch, name="batch"),
    path("data-terpadu/berkas/<uuid:batch_id>/berlakukan/", importing.put_in_force, name="put_in_force"),
    path("data-terpadu/berkas/<uuid:batch_id>/buang/", importing.discard, name="discard"),
    path("data-terpadu/perbaikan/", correcting.corrections, name="corrections"),
    path("data-terpadu/perbaikan/<uuid:correction_id>/", correcting.correction, name="correction"),
    path("data-terpadu/perbaikan/<uuid:correction_id>/perbaiki/", correcting.accept, name="accept"),
    path("data-terpadu/perbaikan/<uuid:correction_id>/tolak/", correcting.reject, name="reject"),
    path("data-terpadu/perbaikan/<uuid:correction_id>/bukti/", correcting.evidence, name="evidence"),
    path("data-terpadu/<slug:register>/daftar/", viewing.purpose, name="purpose"),
    path("data-terpadu/daftar/<uuid:viewing_id>/", viewing.people, name="people"),
    path("data-terpadu/daftar/<uuid:viewing_id>/nik/<uuid:entry_id>/", viewing.unmask, name="unmask"),
    path("data-terpadu/daftar/<uuid:viewing_id>/berkas/", exporting.ask, name="export_ask"),
    path("data-terpadu/berkas-keluar/", exporting.exports, name="exports"),
    path("data-terpadu/berkas-keluar/<uuid:export_id>/", exporting.export, name="export"),
    path("data-terpadu/berkas-keluar/<uuid:export_id>/setujui/", exporting.approve, name="export_approve"),
    path("data-terpadu/berkas-keluar/<uuid:export_id>/tolak/", exporting.refuse, name="export_refuse"),
    path("data-terpadu/berkas-keluar/<uuid:export_id>/unduh/", exporting.take, name="export_take"),
]
