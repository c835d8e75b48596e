"""Addresses of complaints: for reporters, for handlers, and the public figures."""

from django.urls import URLPattern, path

from mall.voice.complaints.views import exchanging, figures, listening, reporting

STEPS = {
    "complaint_forward": "teruskan",
    "complaint_reject": "tolak",
    "complaint_reroute": "alihkan",
    "complaint_reclassify": "golongan",
    "complaint_follow_up": "tindak-lanjut",
    "complaint_answer": "jawab",
    "complaint_write": "tulis",
    "complaint_hand_back": "kembalikan",
    "complaint_close": "tutup",
}

urlpatterns: list[URLPattern] = [
    path("transparansi/pengaduan/", figures.figures, name="complaint_figures"),
    path("pengaduan/", reporting.complain, name="complain"),
    path("pengaduan/baca/", reporting.find, name="complaint_find"),
    path("pengaduan/l/<str:link>/", reporting.follow, name="complaint_follow"),
    path("pengaduan/l/<str:link>/terima/", reporting.accept, name="complaint_accept"),
    path("pengaduan/meja/", listening.complaints, name="complaints"),
    path("pengaduan/meja/lapor/", exchanging.lapor, name="lapor"),
    path("pengaduan/meja/lapor/unduh/", exchanging.export, name="lapor_export"),
    path("pengaduan/meja/lapor/nomor/", exchanging.import_numbers, name="lapor_numbers"),
    path("pengaduan/meja/<uuid:complaint_id>/", listening.complaint, name="complaint"),
    path("pengaduan/meja/<uuid:complaint_id>/ambil/", listening.take_over, name="complaint_take_over"),
    path("pengaduan/meja/<uuid:complaint_id>/bukti/<uuid:file_id>/", listening.evidence, name="complaint_evidence"),
    *(
        path(f"pengaduan/meja/<uuid:complaint_id>/{word}/", listening.PAGES[name], name=name)
        for name, word in STEPS.items()
    ),
]
