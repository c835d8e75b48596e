"""M02: what a service asks, takes and promises can be read by anybody."""

import pytest
from django.test import Client
from django.urls import reverse

from workflows.definition.queries import version_for_new_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["DPMPTSP-REKLAME-TETAP", "DUKCAPIL-AKTA-LAHIR", "PA-CERAI", "POLRESTA-SIM-C"])
def test_m02_public_page_shows_the_six_delivery_components_without_log_in(client: Client, code: str) -> None:
    page = client.get(reverse("portal:service", args=[code]))
    text = page.content.decode()
    one = version_for_new_case(code).definition
    assert page.status_code == 200
    assert one.requirements[0].name.id in text
    assert all(step.id in text for step in one.standard.procedure)
    assert one.product.name.id in text
    assert one.standard.complaints.id in text
    for heading in ("Persyaratan", "Prosedur", "Jangka waktu", "Biaya", "Produk layanan", "Pengaduan"):
        assert f">{heading}" in text
    for law in one.standard.legal_basis:
        assert law in text
