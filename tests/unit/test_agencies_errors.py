"""Errors carry a sentence for people and a status for programs."""

import pytest

from agencies import errors


@pytest.mark.parametrize(
    ("kind", "status"),
    [(errors.Refused, 403), (errors.Missing, 404), (errors.Conflict, 409), (errors.Unavailable, 503)],
)
def test_each_error_has_a_usual_sentence(kind: type[errors.MallError], status: int) -> None:
    fault = kind()
    assert fault.status == status
    assert fault.sentence.endswith(".")
    assert kind("Sudah tutup.").sentence == "Sudah tutup."


def test_a_conflict_says_what_is_possible_now() -> None:
    assert errors.Conflict(possible=["withdraw"]).possible == ("withdraw",)
    assert errors.Conflict().possible == ()


def test_invalid_keeps_the_sentences_of_each_field() -> None:
    fault = errors.Invalid({"nik": ["Salah."], "": ("Kirim ulang.",)})
    assert fault.status == 422
    assert fault.fields == {"nik": ["Salah."], "": ["Kirim ulang."]}
