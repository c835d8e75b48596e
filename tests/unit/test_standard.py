"""The fourteen components of the service standard (UU 25/2009), over all services; M01, M05, S08, U-09."""

import copy
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import Any

import pytest

from agencies.directory import AGENCIES_FILE, read_agencies
from agencies.errors import Invalid
from tests.catalogue import SERVICES
from tests.definitions import AGENCIES
from tests.security.service import body as a_body
from workflows.actors import Actor, ActorKind
from workflows.definition import laws
from workflows.definition.components import INHERITED, source_of
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE, files_of
from workflows.definition.kinds import Delivery
from workflows.definition.model import Authority, Definition, FeeKind, ProductKind, Text
from workflows.definition.models import ServiceType
from workflows.definition.parse import parse_definition
from workflows.definition.services import publish_version
from workflows.definition.tasks import check_laws, without_law
from workflows.definition.validate import faults_of

FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in files_of(CATALOGUE)}
DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
EMPTIED: dict[str, Any] = {
    "requirements": [],
    "standard.procedure": [],
    "term": None,
    "fee": None,
    "product.name": "",
    "standard.complaints": " ",
    "standard.legal_basis": [],
    "standard.facilities": "",
    "standard.competence": "",
    "standard.supervision": "",
    "standard.staff": 0,
    "standard.guarantee": "",
    "standard.safety": "",
    "standard.evaluation": "",
}
"""The fourteen components, and what each looks like when it is empty."""


def emptied(path: str) -> dict[str, Any]:
    """The body of a service without one component."""
    made = copy.deepcopy(a_body())
    table, _dot, key = path.rpartition(".")
    holder = made[table] if table else made
    if EMPTIED[path] is None:
        del holder[key]
    else:
        holder[key] = EMPTIED[path]
    return made


def test_there_are_fourteen_components() -> None:
    assert len(EMPTIED) == 14


@pytest.mark.django_db
@pytest.mark.parametrize("path", EMPTIED)
def test_m01_service_with_an_empty_component_cannot_be_published(path: str) -> None:
    made = emptied(path)
    with pytest.raises(Invalid) as refused:
        publish_version(made["code"], made, by=DESIGNER)
    told = [f"{fault} {' '.join(said)}" for fault, said in refused.value.fields.items()]
    assert any(re.search(rf"\b{re.escape(path)}\b", one) for one in told), told
    assert not ServiceType.objects.filter(code=made["code"]).exists()


@pytest.mark.parametrize("part", INHERITED)
def test_m01_empty_component_of_the_agency_is_not_inherited_unseen(part: str) -> None:
    text = (CATALOGUE / "DISPERTAN-SKKH.toml").read_text("utf-8").replace("complaints.", "provenance_")
    stated = {entry.code: entry.component_defaults for entry in read_agencies()}
    stated["DISPERTAN"] = stated["DISPERTAN"] | {part: 0 if part == "staff" else {"id": "", "en": ""}}
    text = re.sub(r"^provenance_.*\n", "", text, flags=re.MULTILINE)
    try:
        found = faults_of(parse_definition(text, file="x", components=stated), agencies=AGENCIES)
    except DefinitionFaults as faults:
        found = faults.faults
    assert [fault.path for fault in found] == [f"standard.{part}"]


def test_every_service_writes_its_six_delivery_components_and_its_agency_the_eight_internal_ones() -> None:
    for code, file in FILES.items():
        assert source_of("procedure", file) == source_of("complaints", file) == "own", code
        assert {source_of(part, file) for part in INHERITED if part != "complaints"} <= {"own", "agency"}, code
    stated = tomllib.loads(AGENCIES_FILE.read_text("utf-8"))["agency"]
    for code, entry in stated.items():
        assert {"legal_basis", "facilities", "competence", "staff", "guarantee", "safety"} <= entry.keys(), code
    for part in ("facilities", "competence", "guarantee", "safety"):
        assert len({entry[part]["id"] for entry in stated.values()}) == 43, part


def test_complaints_are_told_for_each_service_with_channel_and_clock() -> None:
    told = {code: one.standard.complaints for code, one in SERVICES.items()}
    assert len({text.id for text in told.values()}) == 203
    assert len({text.id.partition("?")[0] for text in told.values()}) == 203
    for code, text in told.items():
        assert re.search(r"\d+ hari kerja", text.id), code
        assert re.search(r"\d+ working days", text.en), code
        assert "pungli" not in text.id.lower()
        assert "saber" not in text.id.lower()
    for code, one in SERVICES.items():
        if one.authority is Authority.MALL:
            assert "meja pengaduan mal" in told[code].id
        else:
            assert "meja pengaduan mal" not in told[code].id


def test_procedures_fit_the_route() -> None:
    for code, one in SERVICES.items():
        steps = [step.id for step in one.standard.procedure]
        told = " ".join(steps)
        assert len(set(steps)) == len(steps) >= 4, code
        assert "pemeriksaan atau kunjungan lapangan" not in told, code
        if one.fee.kind in (FeeKind.FIXED, FeeKind.FORMULA):
            assert steps.index("Pejabat mal memutuskan permohonan Anda.") < next(
                at for at, step in enumerate(steps) if "tagihan" in step
            ), code
        if one.fee.kind is FeeKind.FREE:
            assert "membayar" not in told, code
        if one.product.delivery is Delivery.PICKUP and one.term.working_days:
            assert "Anda mengambil" in steps[-1], code
        if one.authority is Authority.AGENCY:
            assert "Pejabat mal" not in told, code


def test_obsolete_permits_are_not_seeded() -> None:
    names = " | ".join(one.name.id for one in SERVICES.values())
    assert not re.search(r"\b(Izin Gangguan|HO|IMB|SIUP|TDP|Izin Mendirikan Bangunan)\b", names)


def test_m05_product_of_a_national_system_gets_no_number_of_ours_and_nib_has_13_digits() -> None:
    national = [one for one in SERVICES.values() if one.product.system in ("OSS", "SIMBG")]
    assert len(national) >= 8
    assert all(one.product.kind is ProductKind.RECORDED and one.product.numbering is None for one in national)
    pattern = re.compile(SERVICES["DPMPTSP-NIB"].product.number_pattern)
    assert pattern.fullmatch("9120001234567")
    assert not any(pattern.fullmatch(wrong) for wrong in ("912000123456", "91200012345678", "912000123456X"))
    body = copy.deepcopy(dict(SERVICES["DPMPTSP-NIB"].body))
    body["product"] = body["product"] | {"numbering": {"template": "503/{seq}/{year}", "unit": "429.111"}}
    found = faults_of(parse(body), agencies=AGENCIES)
    assert "product.numbering" in [fault.path for fault in found]


def parse(body: dict[str, Any]) -> Definition:
    """A body as a definition."""
    from workflows.definition.canonical import definition_from_body

    return definition_from_body(body)


def test_s08_shipped_services_rest_on_a_law_in_force() -> None:
    assert [code for code, one in SERVICES.items() if laws.rests_on_nothing(one)] == []


@pytest.mark.parametrize(
    ("citation", "ended"),
    [
        ("PP 5/2021", True),
        ("PP 5/2021 Perizinan Berusaha", True),
        ("PP 5/2021 jo PP 28/2025", False),
        ("PP 5/20211", False),
        ("PP 28/2025", False),
        ("Permendagri 27/2009 Izin Gangguan", True),
        ("PP 24/2018", True),
    ],
)
def test_s08_revoked_laws_are_known_by_their_number(citation: str, ended: bool) -> None:
    assert bool(laws.ended_by(citation)) is ended


def test_s08_service_that_rests_only_on_revoked_laws_cannot_be_published() -> None:
    body = copy.deepcopy(dict(SERVICES["DPMPTSP-SPPL"].body))
    body["standard"] = body["standard"] | {"legal_basis": ["PP 5/2021", "Permendagri 27/2009"]}
    assert [fault.path for fault in faults_of(parse(body), agencies=AGENCIES)] == ["standard.legal_basis"]
    body["standard"]["legal_basis"].append("PP 22/2021")
    assert faults_of(parse(body), agencies=AGENCIES) == []


@pytest.mark.django_db
def test_s08_nightly_check_tells_of_a_service_whose_laws_were_revoked_since(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert without_law() == []
    lost = dict.fromkeys(SERVICES["DPMPTSP-SPPL"].standard.legal_basis, "dicabut")
    monkeypatch.setattr(laws, "revoked", lambda: lost)
    assert "DPMPTSP-SPPL" in without_law()
    check_laws()
    assert "service.without_law" in caplog.text


SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“(])")
MEAN, LONGEST, SHARE = 14, 22, 0.95


def texts(one: Definition) -> Iterator[Text]:
    """What people read of a definition in sentences."""
    yield one.summary
    yield from one.standard.procedure
    yield from (one.standard.complaints, one.standard.facilities, one.standard.guarantee, one.standard.safety)
    yield from (one.standard.competence, one.standard.supervision, one.standard.evaluation, one.fee.note)
    yield from (field.hint for field in one.fields)
    yield from (item.because for item in one.requirements)


def lengths(found: Iterator[Text]) -> list[int]:
    """The words of each sentence."""
    return [len(part.split()) for text in found for part in SENTENCE.split(text.id.strip()) if part]


@pytest.mark.parametrize("code", SERVICES)
def test_u09_texts_of_a_service_are_short_sentences(code: str) -> None:
    counted = lengths(texts(SERVICES[code]))
    assert mean(counted) <= MEAN
    assert sum(words <= LONGEST for words in counted) / len(counted) >= SHARE, sorted(counted)[-3:]


def test_deemed_and_renewal_rules_stand_where_they_are_meant() -> None:
    deemed = {code for code, one in SERVICES.items() if one.term.deemed == "granted"}
    assert deemed == {"DPMPTSP-TDPIK", "DPMPTSP-TDU-PKL"}
    assert all(SERVICES[code].term.working_days == 5 and SERVICES[code].term.deemed_law for code in deemed)
    renewed = {code: one.renewal for code, one in SERVICES.items() if one.renewal}
    assert Counter(one.by for one in renewed.values() if one.by) == {
        "IMIGRASI-PASPOR-GANTI": 3,
        "POLRESTA-SKCK-PANJANG": 1,
        "SAMSAT-STNK5": 1,
    }
    assert len(renewed) > 90
