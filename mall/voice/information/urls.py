"""Addresses of requests for information: for everybody, for the PPID, and for her superior."""

from django.urls import URLPattern, URLResolver, path, register_converter

from mall.voice.information.views import asking, desk, judging, lists, registers

app_name = "information"


class Register:
    """The registers that the PPID takes home."""

    regex = "permintaan|keberatan"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Register, "register")

urlpatterns: list[URLPattern | URLResolver] = [
    path("permintaan-informasi/", asking.ask, name="ask"),
    path("permintaan-informasi/saya/", asking.mine, name="mine"),
    path("permintaan-informasi/register/", registers.requests, name="register"),
    path("permintaan-informasi/register/keberatan/", registers.objections, name="objection_register"),
    path("permintaan-informasi/l/<str:link>/", asking.follow, name="follow"),
    path("permintaan-informasi/l/<str:link>/jawaban/", asking.letter, name="letter"),
    path("permintaan-informasi/l/<str:link>/keberatan/", asking.object_, name="object"),
    path("permintaan-informasi/l/<str:link>/cabut/", asking.withdraw, name="withdraw"),
    path("permintaan-informasi/l/<str:link>/tanggapan/", asking.respond, name="respond"),
    path("permintaan-informasi/l/<str:link>/berkas/<uuid:file_id>/", asking.file, name="file"),
    path("informasi-publik/", lists.classes, name="classes"),
    path("informasi-publik/dikecualikan/", lists.exempt, name="exemptions"),
    path("transparansi/permintaan-informasi/", lists.figures, name="figures"),
    path("ppid/", desk.requests, name="desk"),
    path("ppid/register/", registers.own, name="own_register"),
    path("ppid/register/<register:kind>.csv", registers.as_csv, name="register_csv"),
    path("ppid/register/<register:kind>.xlsx", registers.as_xlsx, name="register_xlsx"),
    path("ppid/uji-konsekuensi/", desk.exempt, name="exempt"),
    path("ppid/keberatan/", judging.objections, name="objections"),
    path("ppid/keberatan/<uuid:objection_id>/", judging.judge, name="judge"),
    path("ppid/<uuid:request_id>/", desk.request_, name="request"),
    path("ppid/<uuid:request_id>/ambil/", desk.take, name="take"),
    path("ppid/<uuid:request_id>/perpanjang/", desk.extend, name="extend"),
    path("ppid/<uuid:request_id>/jawab/", desk.answer, name="answer"),
    path("ppid/<uuid:request_id>/serahkan/", desk.hand_over, name="hand_over"),
    path("ppid/<uuid:request_id>/ringkasan/", desk.summarise, name="summarise"),
    path("ppid/<uuid:request_id>/sengketa/", desk.dispute, name="dispute"),
    path("ppid/<uuid:request_id>/berkas/<uuid:file_id>/", desk.file, name="own_file"),
]
