"""The vault: who may put what in, who may take it out, and what is left behind."""

import os
import socketserver
import struct
import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.base import ContentFile, File

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.ids import new_id
from documents import blobs, sweeping
from documents.vault import queries, services
from documents.vault.models import Scan, StoredFile
from tests import uploads
from tests.cases import at, case_of
from tests.engine import TestCast, make_applicant
from tests.factories import make_person, make_user
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def put(owner: UUID, by: Actor | None = None, content: bytes | None = None, kind: str = "ktp") -> StoredFile:
    """A paper in somebody's vault."""
    return services.store(
        owner_id=owner, by=by or SYSTEM, name="a.pdf", content=content or uploads.pdf(), document_type=kind
    )


def test_citizen_stores_a_paper_and_reads_it_back() -> None:
    who = make_applicant()
    stored = put(who.person_id, who.actor)
    assert (stored.mime, stored.pages, stored.scan, stored.lane) == ("application/pdf", 1, "unscanned", "real")
    content = queries.content_of(stored)
    assert content.startswith(b"%PDF-")
    assert (stored.size, stored.sha256) == (len(content), blobs.digest(content))
    assert queries.file_for(who.actor, stored.pk) == (stored, None)


def test_file_on_disk_is_encrypted_private_and_its_name_tells_nothing() -> None:
    who = make_applicant()
    stored = services.store(
        owner_id=who.person_id, by=who.actor, name="KTP Siti.pdf", content=uploads.pdf(), document_type="ktp"
    )
    path = blobs.path_of(stored.sha256)
    assert path.is_relative_to(settings.VAULT_ROOT)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"%PDF" not in path.read_bytes()
    assert "Siti" not in str(path)
    assert "Siti" not in str(StoredFile.objects.filter(pk=stored.pk).values().get())


def test_same_paper_twice_is_one_file_and_the_child_runs_once(monkeypatch: pytest.MonkeyPatch) -> None:
    who = make_applicant()
    first = put(who.person_id, who.actor)
    monkeypatch.setattr("documents.vault.checks.washed", lambda *_args: pytest.fail("washed again"))
    assert put(who.person_id, who.actor) == first


def test_two_people_with_the_same_paper_have_a_file_each() -> None:
    one, two = make_person(), make_person()
    assert put(one.pk) != put(two.pk)
    assert StoredFile.objects.values("sha256").distinct().count() == 1


def test_stranger_cannot_store_into_a_foreign_vault_but_a_clerk_can() -> None:
    owner = make_person()
    with pytest.raises(Refused):
        put(owner.pk, make_applicant().actor)
    clerk = Actor.of(make_user(roles=[("clerk", "DPMPTSP")]))
    assert put(owner.pk, clerk).stored_by_id == clerk.user_id


def test_unknown_owner_is_missing() -> None:
    with pytest.raises(Missing):
        put(new_id())


def test_bad_file_leaves_neither_row_nor_file() -> None:
    before = set(blobs.everything())
    with pytest.raises(Invalid):
        put(make_person().pk, content=uploads.SCRIPT)
    assert not StoredFile.objects.exists()
    assert set(blobs.everything()) == before


def test_upload_is_refused_by_its_size_before_it_is_read() -> None:
    class Endless(File):
        size = 11 * 1024 * 1024

        def read(self, *_args: int) -> bytes:
            pytest.fail("it was read")

    with pytest.raises(Invalid) as told:
        services.read_upload(Endless(None))
    assert told.value.fields["file"] == ["Berkas ini lebih besar dari 10 MB."]
    assert services.read_upload(ContentFile(b"%PDF-")) == b"%PDF-"


def test_citizen_is_offered_her_papers_of_a_type_while_they_are_good() -> None:
    who = make_applicant()
    old, new = put(who.person_id, who.actor), put(who.person_id, who.actor, uploads.pdf(2))
    other = put(who.person_id, who.actor, kind="npwp")
    put(make_person().pk)
    assert queries.reusable(who.person_id, "ktp") == [new, old]
    assert queries.reusable(who.person_id) == [other, new, old]
    StoredFile.objects.filter(pk=old.pk).update(valid_until=clock.today() - timedelta(days=1))
    StoredFile.objects.filter(pk=new.pk).update(valid_until=clock.today())
    assert queries.reusable(who.person_id, "ktp") == [new]


# --- Who may read -----------------------------------------------------------------------------------------------------


def test_verifier_reads_a_paper_of_her_case_and_a_stranger_does_not() -> None:
    cast = TestCast()
    script = at("drafted", cast=cast)
    paper = put(script.who.person_id, script.who.actor)
    services.hand_in(case_id=script.case_id, by=script.who.actor, requirement="ktp-el", file_id=paper.pk)
    verifier = cast.player("verifier", "DPMPTSP")
    with pytest.raises(Missing):
        queries.file_for(verifier, paper.pk)  # a draft is nobody else's business
    script.play(script.submit)
    stored, case = queries.file_for(verifier, paper.pk)
    assert (stored, case) == (paper, case_of(script))
    for stranger in (make_applicant().actor, cast.player("officer", "DINSOS"), Actor.of(make_user())):
        with pytest.raises(Missing):
            queries.file_for(stranger, paper.pk)


def test_nobody_reads_a_foreign_paper_by_attaching_it_to_her_own_case() -> None:
    from workflows.cases import services as cases

    victim, thief = make_person(), at("drafted")
    paper = put(victim.pk)
    cases.attach(case_id=thief.case_id, by=thief.who.actor, requirement="ktp-el", file_id=paper.pk)
    with pytest.raises(Missing):
        queries.file_for(thief.who.actor, paper.pk)


def test_nobody_hands_in_a_foreign_paper() -> None:
    victim, thief = make_person(), at("drafted")
    with pytest.raises(Missing):
        services.hand_in(case_id=thief.case_id, by=thief.who.actor, requirement="ktp-el", file_id=put(victim.pk).pk)


def test_citizen_hands_in_a_kind_of_file_that_is_not_asked_for() -> None:
    script = at("drafted")
    paper = put(script.who.person_id, script.who.actor)
    with pytest.raises(Invalid) as told:
        services.hand_in(
            case_id=script.case_id,
            by=script.who.actor,
            requirement="pas-foto-4x6-latar-merah",
            file_id=paper.pk,
        )
    assert told.value.fields["file"] == ["Persyaratan ini meminta berkas JPG, PNG."]


def test_unknown_file_is_missing() -> None:
    with pytest.raises(Missing):
        queries.file_for(make_applicant().actor, new_id())


# --- The scanner ------------------------------------------------------------------------------------------------------


class Clamd(socketserver.StreamRequestHandler):
    """Speaks clamd's side of INSTREAM and knows one virus."""

    def handle(self) -> None:
        """Read one stream and answer."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        found = uploads.EICAR in content
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "clamd.ctl")
        with socketserver.UnixStreamServer(where, Clamd) as server:
            threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
            monkeypatch.setattr(settings, "CLAMD_SOCKET", where)
            yield where
            server.shutdown()


def test_scanner_finds_nothing_and_the_file_says_so(clamd: str) -> None:
    assert put(make_person().pk, content=uploads.pdf(40)).scan == Scan.CLEAN


def test_scanner_finds_a_virus_and_the_file_is_refused(clamd: str) -> None:
    with pytest.raises(Invalid) as told:
        put(make_person().pk, content=uploads.pdf() + uploads.EICAR)
    assert "virus" in told.value.fields["file"][0]
    assert not StoredFile.objects.exists()


def test_silent_scanner_keeps_the_file_closed_to_staff_until_it_answers(
    monkeypatch: pytest.MonkeyPatch, clamd: str
) -> None:
    cast = TestCast()
    script = at("drafted", cast=cast)
    monkeypatch.setattr(settings, "CLAMD_SOCKET", "/nowhere/clamd.ctl")
    paper = put(script.who.person_id, script.who.actor)
    assert paper.scan == Scan.WAITING
    services.hand_in(case_id=script.case_id, by=script.who.actor, requirement="ktp-el", file_id=paper.pk)
    script.play(script.submit)
    verifier = cast.player("verifier", "DPMPTSP")
    with pytest.raises(Conflict):
        queries.file_for(verifier, paper.pk)
    assert services.scan_waiting() == 0
    monkeypatch.setattr(settings, "CLAMD_SOCKET", clamd)
    assert services.scan_waiting() == 1
    assert queries.file_for(verifier, paper.pk)[0].scan == Scan.CLEAN


# --- Nothing lost, nothing left behind --------------------------------------------------------------------------------


def test_changed_or_missing_file_is_found_out() -> None:
    stored = put(make_person().pk)
    path = blobs.path_of(stored.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(blobs.LostFile):
        queries.content_of(stored)
    path.unlink()
    with pytest.raises(blobs.LostFile):
        queries.content_of(stored)


def test_file_without_a_row_is_swept_after_two_days_and_not_before() -> None:
    kept = blobs.path_of(put(make_person().pk).sha256)
    orphan, young = blobs.path_of(blobs.write(b"orphan")), blobs.path_of(blobs.write(b"young"))
    draft = orphan.with_name(".half")
    draft.write_bytes(b"x")
    long_ago = (clock.now() - timedelta(hours=49)).timestamp()
    for path in (kept, orphan, draft):
        os.utime(path, (long_ago, long_ago))
    sweeping.sweep_orphans()
    assert kept.exists()
    assert young.exists()
    assert not orphan.exists()
    assert not draft.exists()


def test_bytes_stored_again_are_young_again() -> None:
    path = blobs.path_of(blobs.write(b"again"))
    os.utime(path, (0, 0))
    blobs.write(b"again")
    sweeping.sweep_orphans()
    assert path.exists()


def test_path_of_something_that_is_no_hash_is_refused() -> None:
    for text in ("", "../../etc/passwd", "A" * 64, "0" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            blobs.path_of(text)
