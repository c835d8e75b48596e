"""Files of the regency: uploaded, looked at, published or thrown away; and what the public sees of them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from agencies.errors import Conflict, Invalid, Refused
from mall.demo import regency
from mall.design import formats
from mall.regency import queries, services
from mall.regency.models import Batch, BatchState, BudgetLine, Kind
from mall.releases import queries as releases
from tests.factories import make_user
from tests.regency import BUDGET, about, poverty
from workflows.actors import Actor
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
PLAN = {"version": "murni"}


def steward() -> Actor:
    """She who brings in files."""
    return Actor.of(make_user(roles=[("steward", "DISKOMINFO")]))


def uploaded(content: str = BUDGET, kind: str = Kind.BUDGET, by: Actor | None = None, **said: object) -> Batch:
    """A file that waits for a look."""
    return services.upload(kind=kind, content=content.encode(), about=about(**said), by=by or steward())


def published(content: str = BUDGET, kind: str = Kind.BUDGET, **said: object) -> Batch:
    """A file that is valid."""
    by = steward()
    return services.publish(batch_id=uploaded(content, kind, by, **said).pk, by=by)


def form(**said: object) -> dict[str, object]:
    """The form of an upload, filled in."""
    days = {"cut_off_day": 30, "cut_off_month": 9, "cut_off_year": 2026, "next_due_day": 31, "next_due_month": 1}
    told = {
        "period": "2026",
        "owner": "BPKAD",
        "source": "Perda 1/2026",
        "licence": "CC BY 4.0",
        "kip_class": "berkala",
    }
    return {**told, **days, "next_due_year": 2027, "version": "murni", **said}


def test_steward_uploads_looks_and_publishes() -> None:
    client = Client()
    client.force_login(make_user(roles=[("steward", "DISKOMINFO")]))
    file = SimpleUploadedFile("apbd.csv", BUDGET.encode())
    assert "belum ada" in client.get(reverse("regency:kinds")).content.decode()
    looked = client.post(reverse("regency:kind", args=["apbd"]), form(file=file), follow=True)
    assert "Belanja pegawai" in looked.content.decode()
    batch = Batch.objects.get()
    assert not releases.latest("apbd-murni")
    client.post(reverse("regency:publish", args=[batch.pk]))
    assert BudgetLine.objects.filter(batch=batch).count() == 4
    page = Client().get(reverse("regency:budget")).content.decode()
    assert "Pendapatan" in page
    assert formats.rupiah(1100) in page
    kinds = ["batch.uploaded", "batch.published"]
    assert list(Event.objects.filter(subject_id=batch.pk).order_by("seq").values_list("kind", flat=True)) == kinds


def test_faulty_file_is_named_line_by_line_and_what_was_typed_is_kept() -> None:
    client = Client()
    client.force_login(make_user(roles=[("steward", "DISKOMINFO")]))
    file = SimpleUploadedFile(
        "apbd.csv", BUDGET.replace("1100,1000", "-5,1000").replace("Badan Keuangan", "", 1).encode()
    )
    answer = client.post(reverse("regency:kind", args=["apbd"]), form(file=file))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Baris 3: anggaran tidak boleh negatif.<br>Baris 4: nama_skpd kosong." in page
    assert "Perda 1/2026" in page
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"period": "2026-13"}, "period"),
        ({"cut_off": date(2025, 12, 31)}, "cut_off"),
        ({"next_due": date(2026, 9, 30)}, "next_due"),
        ({"version": "lain"}, "version"),
    ],
)
def test_what_is_said_of_a_file_must_be_right(said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        uploaded(**PLAN | said)
    assert list(refused.value.fields) == [field]


def test_m28_plan_that_does_not_come_out_even_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        uploaded(BUDGET.replace("6.2.01,Penyertaan modal,50", "6.2.01,Penyertaan modal,49"), **PLAN)
    assert "SiLPA anggaran harus 0" in refused.value.fields["file"][0]
    assert uploaded(BUDGET.replace("modal,50,50", "modal,49,49"), version="realisasi").lines == 4


def test_m28_every_figure_of_the_budget_has_its_version_and_its_last_day() -> None:
    published(**PLAN)
    published(version="realisasi")
    page = Client().get(reverse("regency:budget")).content.decode()
    assert "APBD murni, 2026" in page
    assert "Realisasi tahunan, 2026" in page
    assert page.count("Sumber: ") == 2


def test_later_file_replaces_the_earlier_and_both_are_kept() -> None:
    first = published(**PLAN)
    second = published(BUDGET.replace("1000,900", "1000,950"), **PLAN)
    first.refresh_from_db()
    assert (first.state, second.state) == (BatchState.REPLACED, BatchState.PUBLISHED)
    assert BudgetLine.objects.filter(batch=first).count() == 4
    newest = releases.latest("apbd-murni")
    assert newest
    assert newest.revision == 2


def test_anybody_reads_which_file_a_figure_came_from_and_no_name() -> None:
    user = make_user(roles=[("steward", "DISKOMINFO")], name="Zxpengunggah")
    by = Actor.of(user)
    first = services.publish(batch_id=uploaded(by=by, **PLAN).pk, by=by)
    second = services.publish(batch_id=uploaded(BUDGET.replace("1000,900", "1000,950"), by=by, **PLAN).pk, by=by)
    same = services.publish(batch_id=uploaded(BUDGET.replace("1000,900", "1000,950"), by=by, **PLAN).pk, by=by)
    page = Client().get(reverse("regency:budget")).content.decode()
    address = reverse("regency:origin", args=["apbd-murni", "2026"])
    assert address in page
    assert second.digest in page
    told = Client().get(address).content.decode()
    parts = told.split("Berkas yang diterima")[1:]
    assert [one.split("Menjadi revisi")[1].split("</dd>")[0].split(">")[-1].strip() for one in parts] == [
        "tidak ada revisi baru", "2", "1",
    ]  # fmt: skip
    assert [batch.digest in part for batch, part in zip((same, second, first), parts, strict=True)] == [True] * 3
    for said in (page, told):
        assert "walidata" in said
        assert [word for word in ("Zxpengunggah", user.email, str(user.pk)) if word in said] == []


def test_steward_finds_the_releases_that_a_file_fed() -> None:
    by = Actor.of(user := make_user(roles=[("steward", "DISKOMINFO")]))
    client = Client()
    client.force_login(user)
    batch = services.publish(batch_id=uploaded(by=by, **PLAN).pk, by=by)
    same = services.publish(batch_id=uploaded(by=by, **PLAN).pk, by=by)
    waits = uploaded(by=by, **PLAN)
    pages = [client.get(reverse("regency:batch", args=[one.pk])).content.decode() for one in (batch, same, waits)]
    link = reverse("data:period", args=["apbd-murni", "2026"])
    assert [link in page for page in pages] == [True, False, False]
    assert ["tidak membuat revisi baru" in page for page in pages] == [False, True, False]


def test_digest_of_a_file_with_hidden_figures_is_told_to_stewards_only() -> None:
    batch = published(poverty(extreme=3), Kind.POVERTY)
    addresses = (reverse("regency:districts"), reverse("regency:origin", args=["kemiskinan", "2026"]))
    pages = [Client().get(address).content.decode() for address in addresses]
    assert all("Asal angka" in page and batch.digest not in page for page in pages)
    client = Client()
    client.force_login(make_user(roles=[("steward", "DISKOMINFO")]))
    assert batch.digest in client.get(reverse("regency:batch", args=[batch.pk])).content.decode()


@pytest.mark.parametrize(("slug", "period"), [("apbd-murni", "2025"), ("apbd-lain", "2026"), ("layanan", "2026")])
def test_figures_of_no_file_have_no_page_of_their_origin(slug: str, period: str) -> None:
    published(**PLAN)
    assert Client().get(reverse("regency:origin", args=[slug, period])).status_code == 404


def test_anybody_reads_when_the_next_figures_of_the_regency_are_due() -> None:
    published(next_due=date(2099, 1, 31), **PLAN)
    published(version="realisasi", next_due=date(2026, 10, 1))
    page = Client().get(reverse("information:classes")).content.decode()
    assert formats.day(date(2099, 1, 31)) in page
    assert f"{formats.day(date(2026, 10, 1))} (terlewat)" in page


def test_file_is_published_or_thrown_away_once() -> None:
    by = steward()
    one, other = uploaded(by=by, **PLAN), uploaded(by=by, **PLAN)
    services.publish(batch_id=one.pk, by=by)
    services.discard(batch_id=other.pk, by=by)
    for act in (services.publish, services.discard):
        for batch in (one, other):
            with pytest.raises(Conflict):
                act(batch_id=batch.pk, by=by)


def test_nobody_else_brings_in_files() -> None:
    manager = Actor.of(make_user(roles=[("manager", "DPMPTSP")]))
    batch = uploaded(**PLAN)
    with pytest.raises(Refused):
        uploaded(by=manager, **PLAN)
    for act in (services.publish, services.discard):
        with pytest.raises(Refused):
            act(batch_id=batch.pk, by=manager)


def test_database_keeps_what_was_published() -> None:
    batch = published(**PLAN)
    line = BudgetLine.objects.filter(batch=batch).first()
    assert line
    line.budget = 1
    for act in (line.save, line.delete, batch.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert batch.content is None


def test_poverty_hides_what_is_small_and_never_takes_missing_for_zero() -> None:
    with pytest.raises(Invalid) as refused:
        uploaded("\n".join(poverty().splitlines()[:-1]), Kind.POVERTY)
    assert "tulis 0 bila memang nol" in refused.value.fields["file"][0]
    published(poverty(extreme=3), Kind.POVERTY)
    release = releases.latest("kemiskinan")
    assert release
    places = [line for line in release.lines if line.dims["kecamatan"]]
    assert len(places) == 25
    assert all(line.cells["keluarga_miskin"].value == 40 for line in places)
    assert all(line.cells["keluarga_sangat_miskin"].value is None for line in places)


def test_grants_name_organisations_and_other_programmes_nobody() -> None:
    head = "program,skpd,dana,akun,kecamatan,penerima,tujuan,target,capaian,anggaran,realisasi\n"
    with pytest.raises(Invalid) as refused:
        uploaded(
            head + "beasiswa,DISPENDIK,APBD,,35.10.16,Siti,Kuliah,1,1,5,5\nhibah,DINSOS,APBD,,35.10.16,,,1,1,5,5\n",
            Kind.PROGRAMMES,
        )
    assert [one.split(":")[0] for one in refused.value.fields["file"]] == ["Baris 2", "Baris 3"]


def test_samples_of_the_demo_are_taken_and_say_that_they_are() -> None:
    make_user(roles=[("steward", "DISKOMINFO")], email=regency.STEWARD)
    assert regency.load_regency() == 8
    for name in ("budget", "programmes", "districts", "performance"):
        page = Client().get(reverse(f"regency:{name}")).content.decode()
        assert "DATA CONTOH" in page, name
    assert queries.latest().keys() == set(Kind.values)
