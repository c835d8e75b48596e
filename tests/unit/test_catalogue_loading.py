"""Loading, publishing and retiring on real PostgreSQL."""

import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.utils import InternalError

from agencies.errors import Conflict, Invalid, Missing, Refused
from tests.catalogue import a_folder
from workflows.actors import Actor, ActorKind
from workflows.definition import queries
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE
from workflows.definition.models import CatalogueStamp, PublishedForever, ServiceType, ServiceVersion, VersionState
from workflows.definition.services import LoadReport, load_catalogue, publish_version, retire_service
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
CODE = "DPMPTSP-SIP-DOKTER"


def a_body(**changes: object) -> dict[str, object]:
    return {**ServiceVersion.objects.get(service=CODE, state="published").body, **changes}


def empty_the_catalogue() -> None:
    CatalogueStamp.objects.all().delete()
    with transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
            cursor.execute("DELETE FROM workflows_serviceversion; DELETE FROM workflows_servicetype")
            cursor.execute("SET session_replication_role = DEFAULT")


def test_loader__loads_all_203_within_5_seconds_and_again_within_1(django_assert_num_queries, capsys) -> None:
    empty_the_catalogue()
    started = time.process_time()
    first = load_catalogue()
    loading = time.process_time() - started
    assert first == LoadReport(created=203)
    assert ServiceType.objects.filter(active=True, current__isnull=False).count() == 203

    started = time.process_time()
    with django_assert_num_queries(1):  # the stamp
        again = load_catalogue()
    repeating = time.process_time() - started
    assert again == LoadReport(unchanged=203)
    with capsys.disabled():
        print(f"\n203 services loaded in {loading:.2f} s of CPU, a no-op in {repeating:.3f} s")  # noqa: T201
    assert loading < 5
    assert repeating < 1


def test_loader__without_its_stamp__changes_nothing() -> None:
    before = set(ServiceVersion.objects.values_list("pk", flat=True))
    CatalogueStamp.objects.all().delete()
    assert load_catalogue() == LoadReport(unchanged=203)
    assert set(ServiceVersion.objects.values_list("pk", flat=True)) == before


def test_loader__a_changed_file__makes_version_2_and_retires_1(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, CODE)
    path = folder / f"{CODE}.toml"
    path.write_text(path.read_text("utf-8").replace("working_days = 5", "working_days = 6"), "utf-8")
    assert load_catalogue(folder) == LoadReport(new_versions=1)
    service = ServiceType.objects.get(code=CODE)
    assert service.current is not None
    assert service.current.number == 2
    assert service.current.definition.term.working_days == 6
    assert list(service.versions.values_list("number", "state")) == [(1, "retired"), (2, "published")]


def test_loader__the_old_file_again__brings_version_1_back(tmp_path: Path) -> None:
    test_loader__a_changed_file__makes_version_2_and_retires_1(tmp_path)
    CatalogueStamp.objects.all().delete()
    assert load_catalogue().new_versions == 1
    service = ServiceType.objects.get(code=CODE)
    assert service.current is not None
    assert service.current.number == 1
    assert service.versions.filter(state="published").count() == 1


def test_loader__does_not_undo_what_a_person_published() -> None:
    version = publish_version(CODE, a_body(keywords=["dokter"]), by=DESIGNER)
    CatalogueStamp.objects.all().delete()
    assert load_catalogue() == LoadReport(unchanged=203)
    assert ServiceType.objects.get(code=CODE).current == version


def test_loader__a_new_folder__adds_and_closes_nothing(tmp_path: Path) -> None:
    folder = tmp_path
    text = (CATALOGUE / f"{CODE}.toml").read_text("utf-8").replace(CODE, "DPMPTSP-IZIN-BARU")
    (folder / "DPMPTSP-IZIN-BARU.toml").write_text(text, "utf-8")
    assert load_catalogue(folder) == LoadReport(created=1)
    assert ServiceType.objects.filter(active=True).count() == 204
    assert queries.version_for_new_case("DPMPTSP-IZIN-BARU").number == 1


def test_loader__one_fault_in_one_file__loads_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, CODE, "POLRESTA-SIM-A")
    path = folder / f"{CODE}.toml"
    path.write_text(path.read_text("utf-8").replace('agency = "DINKES"', 'agency = "DINKESS"'), "utf-8")
    with pytest.raises(DefinitionFaults) as found:
        load_catalogue(folder)
    assert "There is no agency 'DINKESS'; did you mean 'DINKES'?" in str(found.value)
    assert not CatalogueStamp.objects.filter(name__contains=folder.name).exists()


def test_loader__a_file_that_left__retires_its_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for path in CATALOGUE.glob("*.toml"):
        if path.stem != CODE:
            (tmp_path / path.name).symlink_to(path)
    monkeypatch.setattr("workflows.definition.loading.CATALOGUE", tmp_path)
    assert load_catalogue() == LoadReport(unchanged=202, retired=1)
    with pytest.raises(Conflict, match="tidak dibuka lagi"):
        queries.version_for_new_case(CODE)


def test_designer__publishes__and_a_running_case_would_keep_the_old_body() -> None:
    old = queries.version_for_new_case(CODE)
    new = publish_version(CODE, a_body(summary="Izin praktik dokter."), by=DESIGNER, note="Ringkasan")
    old.refresh_from_db()
    assert (old.state, new.state, new.number) == ("retired", "published", 2)
    assert old.definition.summary.id != new.definition.summary.id
    assert queries.version_for_new_case(CODE) == new
    event = Event.objects.get(subject_id=new.pk)
    assert event.kind == "service.published"


def test_designer__publishes_a_body_with_faults__is_told_each_path() -> None:
    with pytest.raises(Invalid) as found:
        publish_version(CODE, a_body(agency="TIDAKADA"), by=DESIGNER)
    assert "agency" in found.value.fields
    with pytest.raises(Invalid):
        publish_version(CODE, a_body(code="DPMPTSP-LAIN"), by=DESIGNER)


def test_designer__publishes_the_current_body_again__is_a_conflict() -> None:
    with pytest.raises(Conflict):
        publish_version(CODE, a_body(), by=DESIGNER)


def test_citizen__may_neither_publish_nor_retire() -> None:
    citizen = Actor(kind=ActorKind.USER)
    with pytest.raises(Refused):
        publish_version(CODE, a_body(summary="x"), by=citizen)
    with pytest.raises(Refused):
        retire_service(CODE, by=citizen)


def test_retired_service__takes_no_new_cases_and_can_return() -> None:
    retire_service(CODE, by=DESIGNER)
    with pytest.raises(Conflict):
        queries.version_for_new_case(CODE)
    assert CODE not in {service.code for service in queries.published()}
    publish_version(CODE, ServiceVersion.objects.get(service=CODE).body, by=DESIGNER)
    assert queries.version_for_new_case(CODE).number == 1


def test_unknown_service__is_missing() -> None:
    with pytest.raises(Missing):
        queries.version_for_new_case("DPMPTSP-TIDAK-ADA")
    with pytest.raises(Missing):
        retire_service("DPMPTSP-TIDAK-ADA", by=DESIGNER)


def test_published_body__python_refuses_a_change() -> None:
    version = queries.version_for_new_case(CODE)
    version.body["summary"] = "diubah"
    with pytest.raises(PublishedForever):
        version.save()
    with pytest.raises(PublishedForever):
        version.delete()


@pytest.mark.parametrize(
    "change",
    [
        {"body": {"code": "x"}},
        {"digest": "0" * 64},
        {"number": 99},
        {"service": "POLRESTA-SIM-A"},
        {"state": VersionState.DRAFT},
    ],
)
def test_published_body__postgresql_refuses_a_change(change: dict[str, object]) -> None:
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
        ServiceVersion.objects.filter(service=CODE).update(**change)


def test_published_version__postgresql_refuses_to_delete_it() -> None:
    rows = ServiceVersion.objects.filter(service=CODE)
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
        rows._raw_delete(rows.db)  # past Django's own collector, as a careless script would


def test_draft__may_change_and_go() -> None:
    draft = ServiceVersion(service_id=CODE, number=2, body=a_body(summary="Rancangan."))
    draft.save()
    draft.body["summary"] = "Rancangan kedua."
    draft.save()
    assert draft.definition.summary.id == "Rancangan kedua."
    draft.delete()
    assert ServiceVersion.objects.filter(service=CODE).count() == 1


def test_two_drafts_of_one_service__are_refused() -> None:
    ServiceVersion(service_id=CODE, number=2, body=a_body(summary="A")).save()
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceVersion(service_id=CODE, number=3, body=a_body(summary="B")).save()


def test_commands__check_and_load(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("check_catalogue")
    out = capsys.readouterr().out
    assert "A0 19  A1 51  A2 24  A3 6  M0 5  M1 33  M1i 36  M2 5  M2i 24" in out
    assert "agency 100  mall 103" in out
    call_command("load_catalogue")
    assert "unchanged 203" in capsys.readouterr().out

    (tmp_path / "X.toml").write_text("code = 3\n", "utf-8")
    with pytest.raises(CommandError):
        call_command("check_catalogue", str(tmp_path))
    assert "X.toml:1: code: must be a text, not a whole number." in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("load_catalogue", str(tmp_path))
