"""Every address of the site, by face."""

from django.urls import URLPattern, URLResolver, include, path

from documents import downloads, verification
from mall import doors
from mall.runtime import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("akun/", include("allauth.urls")),
    path("loket/", include("mall.counter.urls")),
    path("meja/", include("mall.desk.urls")),
    path("laporan/", include("mall.reports.urls")),
    path("pembayaran/", include("mall.payments.urls")),
    path("transparansi/", include("mall.transparency.urls")),
    path("", include("mall.transparency.opendata.urls")),
    path("", include("mall.voice.urls")),
    path("", include("mall.voice.information.urls")),
    path("", include("mall.regency.urls")),
    path("", include("mall.registers.urls")),
    path("v/", doors.public(verification.ask), name="verify_ask"),
    path("v/<str:code>", doors.public(verification.show), name="verify"),
    path("berkas/<uuid:file_id>/", doors.signed_in(downloads.stored_file), name="stored_file"),
    path("izin/<uuid:case_id>/pdf/", doors.signed_in(downloads.permit_document), name="permit_document"),
    path("surat/<uuid:case_id>/<slug:kind>/pdf/", doors.signed_in(downloads.letter), name="letter"),
    path("api/v1/", include("mall.api.urls")),
    path("", include("mall.portal.urls")),
]
