"""DATA CONTOH: requests for information that are made up, asked and answered through the services, so that a newcomer
sees the desk of the PPID, the registers and the figures alive."""

from datetime import datetime, timedelta

from agencies import clock
from agencies.ids import new_id
from agencies.models import User
from agencies.workdays import Calendar
from mall.demo.people import CITIZENS, DOMAIN
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import Told, exempting, file_request, handling, objecting
from mall.voice.information.services.exempting import Tested
from mall.voice.information.services.handling import Answer
from workflows.actors import Actor
from workflows.permissions import MALL

TOPICS = (
    ("Standar layanan yang berlaku tahun ini", "granted"),
    ("Jumlah izin reklame tiap kecamatan", "granted"),
    ("Anggaran pemeliharaan gedung mal", "not_held"),
    ("Daftar penerima izin praktik beserta riwayat kesehatannya", "partial"),
    ("Hasil survei kepuasan triwulan lalu", "granted"),
    ("Nama pengadu tiap laporan", "refused"),
    ("Jadwal loket keliling", "granted"),
)
"""What is asked, and how it is answered; again and again over the last weeks."""
ANSWERED_BEFORE = tuple(range(26, 75, 4))
"""Days ago on which a request came that has its answer."""
VOICE = Actor.system("voice")


def load_information() -> int:
    """Lay the requests down; how many."""
    by = Actor.of(User.objects.get(email=f"ppid@{DOMAIN}"))
    calendar = Calendar.load(clock.today())
    with clock.pretend(_morning(90, calendar)):
        test = exempting.decide_exemption(by=by, agency=MALL, told=_test())
    for number, days in enumerate(sorted(ANSWERED_BEFORE, reverse=True)):
        wanted, decision = TOPICS[number % len(TOPICS)]
        with clock.pretend(_morning(days, calendar)):
            request = handling.take(request_id=_ask(number, wanted).pk, by=by)
        parts = [("Riwayat kesehatan dan identitas orang", test.pk)] if decision in ("partial", "refused") else []
        held = decision != "not_held"
        told = Answer(decision, f"DATA CONTOH: jawaban atas permintaan {request.number}.", held, held, withheld=parts)
        with clock.pretend(_morning(days, calendar, after=3 + number % 5)):
            handling.answer(request_id=request.pk, by=by, told=told)
            handling.release_summary(request_id=request.pk, by=by, summary=f"{wanted} (DATA CONTOH)")
    _lay_open(by, calendar)
    return InformationRequest.objects.count()


def _lay_open(by: Actor, calendar: Calendar) -> None:
    """One that nobody took, one in hand, one with more time, and an objection that waits for the head."""
    for number, (days, step) in enumerate(((1, ""), (3, "take"), (6, "extend"), (12, "object"))):
        with clock.pretend(_morning(days, calendar)):
            request = _ask(number, TOPICS[number][0])
            if step:
                handling.take(request_id=request.pk, by=by)
            if step == "extend":
                handling.extend(request_id=request.pk, by=by, reason="not_documented")
            if step == "object":
                told = Answer("granted", "DATA CONTOH: daftar ada di laman mal.")
                handling.answer(request_id=request.pk, by=by, told=told)
                objecting.file_objection(request_id=request.pk, reason="d", text="DATA CONTOH: kurang lengkap.")


def _ask(number: int, wanted: str) -> InformationRequest:
    """Every third from an account, the others without."""
    login, name, nik, *_rest = CITIZENS[number % 5]
    by = Actor.of(User.objects.get(email=f"{login}@{DOMAIN}")) if number % 3 == 0 else VOICE
    told = Told(
        name=name,
        contact=f"{login}@{DOMAIN}",
        wanted=f"{wanted} (DATA CONTOH)",
        purpose="Penelitian (DATA CONTOH)",
        nik=nik,
        address="RT 02 RW 01",
        occupation="Mahasiswa",
    )
    return file_request(by=by, key=new_id(), told=told)


def _morning(days: int, calendar: Calendar, after: int = 0) -> datetime:
    """Half past eight of a working day so many days ago, or so many working days later; never in the future."""
    day = calendar.working_days_back(clock.today() - timedelta(days=days), 1)
    day = calendar.add_working_days(day, after)
    return min(datetime(day.year, day.month, day.day, 8, 30, tzinfo=clock.WIB), clock.now() - timedelta(minutes=5))


def _test() -> Tested:
    return Tested(
        subject="Riwayat kesehatan dan identitas perorangan (DATA CONTOH)",
        ground="h",
        law="UU 27/2022 pasal 4",
        if_opened="Rahasia pribadi orang yang dilayani terbuka.",
        if_closed="Orang tetap percaya pada layanan; jumlahnya tetap diumumkan sebagai angka.",
        expires_on=clock.today() + timedelta(days=700),
    )
