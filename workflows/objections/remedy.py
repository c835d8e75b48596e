"""The remedy clause of a refusal: composed, so that no refusal can be without it (UU 30/2014, M27).

Short sentences on purpose: who was just refused reads this on a telephone. `tests/unit/test_remedies.py`
measures them.
"""

from datetime import date

from agencies.models import Agency
from workflows.definition.model import Definition
from workflows.definition.typed import MONTHS
from workflows.objections.addressees import superior


def day(when: date) -> str:
    """`2 Januari 2026`, whatever the language of the page."""
    return f"{when.day} {MONTHS[when.month - 1].title()} {when.year}"


def clause(definition: Definition, agency: Agency, until: date | None, addition: str = "") -> str:
    """What the applicant can do against the refusal, to whom, and until when; ends with what the office adds."""
    rule = definition.objection
    limit = f"Hari terakhirnya {day(until)}." if until else "Batas itu dihitung menurut kalender hari kerja resmi."
    parts = [
        f"Anda boleh mengajukan keberatan kepada Kepala {agency.name_id}.",
        f"Waktunya {rule.file_days} hari kerja sejak keputusan ini.",
        limit,
        "Ajukan lewat halaman permohonan Anda atau di loket mal. Keberatan tidak dipungut biaya.",
        f"Keberatan dijawab paling lama {rule.answer_days} hari kerja.",
        "Jika tidak dijawab, keberatan dianggap dikabulkan.",
        appeal(definition, agency),
        "Setelah itu Anda boleh menggugat ke Pengadilan Tata Usaha Negara.",
    ]
    whole = " ".join(parts)
    return f"{whole}\n\n{addition.strip()}" if addition.strip() else whole


def appeal(definition: Definition, agency: Agency) -> str:
    """The way onward when the objection is rejected."""
    rule = definition.objection
    return (
        f"Jika keberatan ditolak, Anda boleh mengajukan banding kepada {superior(definition, agency)}. "
        f"Waktunya {rule.appeal_days} hari kerja sejak jawaban. "
        f"Banding dijawab paling lama {rule.appeal_answer_days} hari kerja."
    )


AFTER_APPEAL = "Anda boleh menggugat ke Pengadilan Tata Usaha Negara paling lama 90 hari sejak jawaban ini."


def after_objection(definition: Definition, agency: Agency, until: date | None) -> str:
    """What the applicant can do when her objection was rejected."""
    rule = definition.objection
    limit = f" Hari terakhirnya {day(until)}." if until else ""
    return (
        f"Anda boleh mengajukan banding kepada {superior(definition, agency)}. "
        f"Waktunya {rule.appeal_days} hari kerja sejak jawaban ini.{limit} "
        f"Banding dijawab paling lama {rule.appeal_answer_days} hari kerja. "
        "Jika tidak dijawab, banding dianggap dikabulkan."
    )
