"""`manage.py sample_letters`: what a lawyer gets, and that nothing of it stays."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from agencies.models import Person
from documents import blobs
from tests.unit.test_documents_pdf import words_of
from workflows.cases.models import Case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SAMPLES = {
    "penolakan": "SURAT PENOLAKAN",
    "keberatan-ditolak": "JAWABAN ATAS KEBERATAN",
    "banding-dikabulkan": "JAWABAN ATAS BANDING",
    "dianggap-dikabulkan": "PERNYATAAN DIANGGAP DIKABULKAN",
    "berkas-lengkap": "TANDA TERIMA BERKAS LENGKAP",
    "kuitansi": "KUITANSI PEMBAYARAN",
}


def test_lawyer_gets_one_letter_of_each_kind_and_no_case_stays(tmp_path: Path) -> None:
    before = set(blobs.everything())
    call_command("sample_letters", str(tmp_path / "surat"), stdout=StringIO())
    for name, title in SAMPLES.items():
        told = words_of((tmp_path / "surat" / f"{name}.pdf").read_bytes(), tmp_path)
        assert title in told
        assert "UJI JALAN" in told
    assert (Case.objects.count(), Person.objects.count(), Event.objects.count()) == (0, 0, 0)
    assert set(blobs.everything()) == before
