"""A signal in one sentence with its figures, for inspectors."""

from django.utils.translation import gettext as _

from mall.voice.signals.facts import LONG, NEXT, PASSED, PUT_BACK, TRIFLE_HOURS
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.models import Signal


def sentence(signal: Signal) -> str:
    """What was found, of how many, and what colleagues of the same services show."""
    figures = {
        "found": signal.found,
        "of": signal.of,
        "peers_found": signal.peers_found,
        "peers_of": signal.peers_of,
        "quick": signal.quick,
        "hours": TRIFLE_HOURS,
        "long": LONG,
        "passed": PASSED,
        "next": NEXT,
        "put_back": PUT_BACK,
    }
    return _template(signal) % figures


def _template(signal: Signal) -> str:
    if signal.kind == SignalKind.JUMPS:
        return _(
            "%(found)d dari %(of)d permohonan diambil mendahului antrean; "
            "rekan dengan layanan sama: %(peers_found)d dari %(peers_of)d."
        )
    if signal.kind == SignalKind.TRIFLES:
        return _(
            "%(found)d dari %(of)d permohonan dikembalikan, dijawab dalam %(hours)d jam, lalu jauh lebih cepat dari "
            "biasanya diterima petugas yang sama; rekan dengan layanan sama: %(peers_found)d dari %(peers_of)d."
        )
    if signal.kind == SignalKind.HOURS:
        return _(
            "%(found)d dari %(of)d keputusan diambil di luar jam layanan yang ditetapkan; "
            "rekan dengan layanan sama: %(peers_found)d dari %(peers_of)d."
        )
    if signal.kind == SignalKind.LYING:
        return _(
            "%(found)d dari %(of)d permohonan tertahan lebih dari %(long)d kali waktu yang lazim untuk layanannya, "
            "sementara sedikitnya %(passed)d dari %(next)d yang diambil kemudian selesai lebih dahulu; "
            "rekan dengan layanan sama: %(peers_found)d dari %(peers_of)d."
        )
    if signal.kind == SignalKind.SKIPS:
        return _(
            "%(found)d dari %(of)d nomor antrean didahulukan tanpa golongan prioritas, atau dipanggil lalu ditunda "
            "dalam %(put_back)d detik; rekan di antrean sama: %(peers_found)d dari %(peers_of)d."
        )
    return _broker(quick=bool(signal.quick))


def _broker(*, quick: bool) -> str:
    if quick:
        return _(
            "%(found)d dari %(of)d permohonan seorang perantara ditangani petugas ini, %(quick)d di antaranya secepat "
            "seperempat tercepatnya; dari permohonan lain pada layanan sama: %(peers_found)d dari %(peers_of)d."
        )
    return _(
        "%(found)d dari %(of)d permohonan seorang perantara ditangani petugas ini; "
        "dari permohonan lain pada layanan sama: %(peers_found)d dari %(peers_of)d."
    )
