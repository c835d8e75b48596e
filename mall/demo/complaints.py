"""Complaints of the demo: a month that can be published, and some that wait on each desk. All of it is DATA CONTOH."""

from datetime import datetime, timedelta

from agencies import clock
from agencies.ids import new_id
from agencies.models import User
from mall.demo.people import DOMAIN
from mall.doors import NOBODY
from mall.releases.periods import last_closed
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import filing, handling, replying, verifying
from mall.voice.complaints.services.filing import Told
from workflows.actors import Actor

SAID = (
    "DATA CONTOH. Antrean di loket tiga lebih dari dua jam, padahal nomor saya sudah dipanggil.",
    "DATA CONTOH. Berkas saya dikembalikan dua kali dengan alasan yang berbeda.",
    "DATA CONTOH. Petugas tidak menjelaskan biaya yang tertulis di tagihan.",
    "DATA CONTOH. Mohon disediakan kursi dan air minum di ruang tunggu.",
)
MONTH = 14
"""So many of the month before, so that its figures may be shown."""


def load_complaints() -> int:
    """File and handle them; how many."""
    centre, field = (Actor.of(User.objects.get(email=f"{name}@{DOMAIN}")) for name in ("pengaduan", "pengaduan.dinkes"))
    begin = last_closed().begin + timedelta(hours=9)
    for turn in range(MONTH):
        _answered(turn, begin + timedelta(days=turn % 5, minutes=turn), centre, field)
    return MONTH + _waiting(centre, field)


def _filed(turn: int, **said: str) -> Complaint:
    told = {"kind": "service", "manner": "anonymous", "text": SAID[turn % len(SAID)], "agency": "DINKES"} | said
    return filing.file_complaint(by=NOBODY, key=new_id(), told=Told(**told))  # type: ignore[arg-type]


def _answered(turn: int, at: datetime, centre: Actor, field: Actor) -> None:
    """One that went all the way."""
    agency = "DINKES" if turn % 2 else "DUKCAPIL"
    with clock.pretend(at):
        complaint = _filed(turn, agency=agency)
    with clock.pretend(at + timedelta(days=1)):
        _forward(complaint, centre, agency)
    by = field if agency == "DINKES" else centre
    with clock.pretend(at + timedelta(days=6 + turn % 7)):
        handling.follow_up(complaint_id=complaint.pk, by=by, text="Kami periksa jadwal petugas loket.")
        handling.answer(complaint_id=complaint.pk, by=by, text="Jadwal diperbaiki. Terima kasih atas laporan Anda.")
        replying.accept(complaint_id=complaint.pk)


def _forward(complaint: Complaint, centre: Actor, agency: str) -> None:
    verifying.forward(complaint_id=complaint.pk, by=centre, agency=agency, text="Diteruskan kepada instansinya.")


def _waiting(centre: Actor, field: Actor) -> int:
    """What a newcomer finds on the desks of the centre, of the agency and of the inspectorate."""
    now = clock.now()
    with clock.pretend(now - timedelta(days=8)):
        _filed(1)
        sent, answered = _filed(0), _filed(2, manner="named", name="Warga Contoh", contact="0812 contoh")
        grave = _filed(1, kind="oversight", manner="confidential", contact="contoh@contoh.id")
    with clock.pretend(now - timedelta(days=7)):
        for one in (sent, answered, grave):
            _forward(one, centre, "DINKES")
    with clock.pretend(now - timedelta(days=2)):
        handling.follow_up(complaint_id=answered.pk, by=field, text="Kami tanyakan kepada petugasnya.")
        handling.answer(complaint_id=answered.pk, by=field, text="Rincian biaya kini ditempel di loket.")
    with clock.pretend(now - timedelta(hours=3)):
        _filed(3, kind="aspiration", agency="DPMPTSP")
    return 5
