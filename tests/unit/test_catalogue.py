"""The 203 shipped services: whole, lawful, readable, and as the reference catalogue counts them."""

import re
from collections import Counter

from tests.catalogue import SERVICES
from workflows.definition.canonical import canonical, definition_from_body, digest
from workflows.definition.model import Authority, FeeKind, FieldType, ProductKind


def test_counts() -> None:
    assert len(SERVICES) == 203
    shapes = Counter(str(one.shape) for one in SERVICES.values())
    assert shapes == {"A0": 19, "A1": 51, "A2": 24, "A3": 6, "M0": 5, "M1": 33, "M1i": 36, "M2": 5, "M2i": 24}
    assert Counter(one.authority for one in SERVICES.values()) == {Authority.MALL: 103, Authority.AGENCY: 100}
    assert Counter(one.fee.kind for one in SERVICES.values()) == {
        FeeKind.FREE: 149,
        FeeKind.EXTERNAL: 42,
        FeeKind.FORMULA: 11,
        FeeKind.FIXED: 1,
    }


def test_services__come_back_from_their_bodies_unchanged() -> None:
    for service in SERVICES.values():
        again = definition_from_body(service.body)
        assert again == service
        assert again.body == service.body
        assert digest(again.body) == digest(service.body)
        assert len(digest(service.body)) == 64


def test_digests__are_stable_and_distinct() -> None:
    seals = {digest(one.body) for one in SERVICES.values()}
    assert len(seals) == 203
    body = SERVICES["DPMPTSP-NIB"].body
    assert canonical(body) == canonical(dict(reversed(list(body.items()))))


def test_services__speak_indonesian_to_people() -> None:
    for service in SERVICES.values():
        texts = [field.label.id for field in service.fields] + [item.name.id for item in service.requirements]
        texts += [option.label.id for field in service.fields for option in field.options]
        for text in texts:
            assert text == text.strip()
            assert "_" not in text
            assert text[0].isupper() or text[0].isdigit()
        assert service.summary.id.endswith(".")
        assert len(service.summary.id.split()) >= 4
        assert all(step.id.endswith(".") for step in service.standard.procedure)
        assert service.keywords


def test_services__leave_no_condition_in_brackets() -> None:
    """What the reference list says in brackets is a condition here, or a hint."""
    for service in SERVICES.values():
        condition = re.compile(
            r"\((bila|perpanjangan|hilang|rusak|badan|di atas|usia|kendaraan baru|saldo)", re.IGNORECASE
        )
        assert not [item.name.id for item in service.requirements if condition.search(item.name.id)]


def test_population_documents__are_free_and_marked() -> None:
    marked = {code for code, one in SERVICES.items() if one.population_document}
    assert marked == {code for code in SERVICES if code.startswith("DUKCAPIL-")}
    assert all(SERVICES[code].fee.kind is FeeKind.FREE for code in marked)


def test_national_systems__are_never_numbered_by_us() -> None:
    for code in ("NIB", "SERTSTANDAR", "KKPR-B", "KKPR-NB", "PBG", "PBG-EKSISTING", "SLF", "HOTEL"):
        product = SERVICES[f"DPMPTSP-{code}"].product
        assert product.kind is ProductKind.RECORDED
        assert product.numbering is None
        assert product.system
    agency = [one for one in SERVICES.values() if one.authority is Authority.AGENCY]
    assert {one.product.kind for one in agency} == {ProductKind.RECORDED}
    assert SERVICES["DPMPTSP-PENGADUAN"].product.kind is ProductKind.NONE
    assert re.fullmatch(SERVICES["DPMPTSP-NIB"].product.number_pattern, "9120001234567")
    assert not re.fullmatch(SERVICES["DPMPTSP-NIB"].product.number_pattern, "912000123456")


def test_numbers__of_the_mall_are_counted_in_one_series() -> None:
    printed = {one.product.numbering.template for one in SERVICES.values() if one.product.numbering}
    assert printed == {"503/{seq}/{unit}/{year}"}


def test_paid_services_of_the_mall__are_samples_until_a_perda_is_set() -> None:
    ours = [one for one in SERVICES.values() if one.fee.kind in (FeeKind.FIXED, FeeKind.FORMULA)]
    assert len(ours) == 12
    assert all(one.fee.sample and one.fee.law and one.authority is Authority.MALL for one in ours)


def test_options__respect_the_service() -> None:
    def values(code: str, name: str) -> list[str]:
        return [option.value for option in SERVICES[code].question(name).options]

    assert values("TASPEN-KLAIM", "jenis_klaim") == ["pensiun", "tht", "jkm"]
    assert values("BPJSTK-KLAIM", "jenis_klaim") == ["jht", "jkk", "jkm", "jp", "jkp"]
    assert values("PLN-UBAHDAYA", "jenis_perubahan") == ["tambah_daya", "turun_daya", "balik_nama"]
    assert values("IMIGRASI-PASPOR-HILANG", "sebab") == ["hilang", "rusak"]
    assert len(values("DPMPTSP-SALINAN", "jenis_izin")) == 103
    assert len(values("DISKOMINFO-PPID", "badan_publik")) == 20
    assert SERVICES["BPN-CEK"].question("desa_kelurahan").type is FieldType.VILLAGE
    assert SERVICES["DPMPTSP-ITR"].question("kecamatan").type is FieldType.KECAMATAN


def test_common_papers__share_one_document_type() -> None:
    types = Counter(item.document_type for one in SERVICES.values() for item in one.requirements)
    assert types["ktp"] > 70
    assert types["nib"] > 40
    assert types["kartu-keluarga"] > 20


def test_inspections__are_led_by_the_first_recommender_or_the_home_agency() -> None:
    for one in SERVICES.values():
        if one.inspection is None:
            continue
        if one.authority is Authority.AGENCY:
            assert one.inspection.lead == one.agency
        elif one.inspection.lead:
            assert one.inspection.lead == one.recommenders[0].agency
            assert one.recommenders[0].inspects
        else:
            assert all(item.inspects and item.when for item in one.recommenders)


def test_provenance__is_kept_and_not_shown() -> None:
    assert all(one.body["provenance"]["source"] for one in SERVICES.values())
    assert not hasattr(next(iter(SERVICES.values())), "provenance")
