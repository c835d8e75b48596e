"""The forms of the design system: label, hint, error and control tied together, and fields that explain."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Template

from mall.design import samples
from mall.design.fields import DatePartsField, MoneyField, read_decimal

DAY = date(2026, 11, 22)


def render(template: str, **context: object) -> str:
    return Template("{% load design %}" + template).render(Context(context))


def test_field_puts_hint_and_error_between_label_and_control_and_ties_them() -> None:
    html = render("{% field f.nik %}", f=samples.SampleForm({"nik": ""}))
    places = [html.index(part) for part in ("<label", "govuk-hint", "govuk-error-message", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_nik_helptext id_nik_error"' in html
    assert "“NIK” belum diisi." in html
    assert " required" not in html


def test_every_reference_of_a_form_with_errors_leads_somewhere() -> None:
    html = str(samples.SampleForm({}))
    ids = re.findall(r'\bid="([^"]+)"', html)
    references = re.findall(r'\b(?:for|aria-describedby)="([^"]+)"|href="#([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {one for pair in references for both in pair for one in both.split()} <= set(ids)
    assert "belum dipilih" in html
    assert "belum diunggah" in html
    assert "belum dicentang" in html


def test_money_keeps_what_was_typed_and_shows_its_prefix() -> None:
    html = render("{% field f.capital %}", f=samples.SampleForm({"capital": "12 juta"}))
    assert "govuk-input__prefix" in html
    assert ">Rp<" in html
    assert 'value="12 juta"' in html
    assert "Tulis angka saja" in html


def test_heading_field_is_the_only_h1() -> None:
    html = render("{% field f.status heading=True %}{% field f.name heading=False %}", f=samples.SampleForm())
    assert html.count("<h1") == 1
    assert "<legend" in html


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        (["22", "11", "2026"], DAY),
        (["", "", ""], "belum diisi|required"),
        (["22", "", "2026"], "bulan"),
        (["31", "2", "2026"], "tidak ada di kalender"),
        (["1", "1", "26"], "empat angka"),
        (["satu", "1", "2026"], "dengan angka"),
        (["²", "1", "2026"], "dengan angka"),
        (["1", "1", "0000"], "tidak ada di kalender"),
    ],
)
def test_date_in_three_parts_is_read_or_explained(typed: list[str], outcome: date | str) -> None:
    field = DatePartsField(error_messages={"required": "“Tanggal” belum diisi."})
    if isinstance(outcome, date):
        assert field.clean(typed) == outcome
    else:
        with pytest.raises(ValidationError, match=outcome):
            field.clean(typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("25000", "25000"),
        ("25.000", "25000"),
        ("Rp 25.000", "25000"),
        ("Rp. 1.250.000,50", "1250000.50"),
        ("0,5", "0.5"),
    ],
)
def test_money_is_read_as_indonesians_type_it(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["25.00", "1,2,3", "12 juta", "1.2.3", "--1", "1e5", "٣"])
def test_ambiguous_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_decimal(typed)


def test_no_page_with_a_form_hides_its_origin() -> None:
    """A browser that is told `no-referrer` posts with the origin `null`, which is refused as a forgery."""
    pages = [page for page in Path(settings.BASE_DIR).glob("*/**/templates/**/*.html") if ".venv" not in page.parts]
    asking = [page for page in pages if 'method="post"' in page.read_text("utf-8")]
    assert len(asking) > 50
    assert [page.name for page in asking if "no-referrer" in page.read_text("utf-8")] == []
