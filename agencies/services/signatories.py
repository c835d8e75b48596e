"""Powers to sign: given by decree, and ended; never changed."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency, Capacity, Signatory, User

NIP_LENGTH = 18


@transaction.atomic
def appoint_signatory(
    user: User,
    agency_code: str,
    *,
    capacity: str,
    title: str,
    principal: str = "",
    rank: str = "",
    nip: str = "",
    decree_no: str = "",
    decree_date: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Signatory:
    """Record by which power this person signs for that agency.

    Raises:
        Invalid: a part that this capacity needs is missing, by field.
        Missing: no such agency.
        Conflict: she has another power there in those days; that one must end first.
    """
    said = {"title": title, "principal": principal, "rank": rank, "nip": nip, "decree_no": decree_no}
    clean = {name: " ".join(text.split()) for name, text in said.items()}
    first = since or clock.today()
    if faults := _faults(capacity, clean, decree_date, first, until):
        raise Invalid(faults)
    if not Agency.objects.filter(pk=agency_code).exists():
        raise Missing(_("Instansi ini tidak ditemukan."))
    row = Signatory(user=user, agency_id=agency_code, capacity=capacity, decree_date=decree_date, **clean)
    row.since, row.until = first, until
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise Conflict(_("Orang ini masih mempunyai wewenang tanda tangan lain di instansi itu.")) from fault
    return row


def _faults(
    capacity: str, said: dict[str, str], decree_date: date | None, since: date, until: date | None
) -> dict[str, list[str]]:
    """What this capacity needs and is not there, by field."""
    wanted = {
        "capacity": capacity not in Capacity.values and _("Pilih dasar kewenangan dari daftar."),
        "title": not said["title"] and _("Tulis jabatannya."),
        "principal": (
            capacity in (Capacity.MANDATE, Capacity.PLH, Capacity.PLT)
            and not said["principal"]
            and _("Tulis atas nama siapa, atau jabatan yang dilaksanakan.")
        ),
        "nip": said["nip"] and not _is_nip(said["nip"]) and _("NIP terdiri atas 18 angka."),
        "decree_no": capacity != Capacity.OWN and not said["decree_no"] and _("Tulis nomor keputusannya."),
        "decree_date": capacity != Capacity.OWN and decree_date is None and _("Tulis tanggal keputusannya."),
        "until": until is not None and until < since and _("Hari terakhir sebelum hari pertama."),
    }
    return {name: [str(sentence)] for name, sentence in wanted.items() if sentence}


def _is_nip(text: str) -> bool:
    return len(text) == NIP_LENGTH and text.isascii() and text.isdigit()


@transaction.atomic
def end_signatory(signatory_id: UUID) -> Signatory:
    """End a power to sign: yesterday was its last day, or today where it began today. What was signed stays.

    Raises:
        Missing: there is none, or it has ended already.
    """
    today = clock.today()
    held = Signatory.objects.select_for_update().filter(pk=signatory_id).first()
    if held is None or (held.until and held.until < today):
        raise Missing(_("Wewenang tanda tangan ini sudah berakhir."))
    held.until = max(held.since, today - timedelta(days=1))
    held.save(update_fields=["until"])
    return held
