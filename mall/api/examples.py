"""Examples of the OpenAPI document; `tests/api/test_api_document.py` sends every one of them."""

from typing import Any, Final

ID: Final = "01930d2e-7c1b-7b44-9a51-0f7a3c1d2e4f"
"""Stands for any id; a test puts a real one in its place."""
TREES: Final = "DPMPTSP-POHON"
NIB: Final = "DPMPTSP-NIB"
DESK: Final = "DUKCAPIL-IKD"

NEW_CASE: Final = {"service": TREES}
ANSWERS: Final = {"jumlah_pohon": 3, "jenis_pohon": "Trembesi", "diameter_cm": 45.5, "alasan": None}
KEPT_PAPER: Final = {"requirement": "alasan-penebangan", "file_id": ID}
TRACKING: Final = {"code": "K7QMP3XA", "digits": "0001"}
TEXT: Final = "Persyaratan lengkap dan sesuai ketentuan."
LAW: Final = "UU 30/2014 tentang Administrasi Pemerintahan"
OBJECTION: Final = {"reason": "Denah sudah saya serahkan pada kunjungan kedua."}
OBJECTION_ANSWER: Final = {
    "outcome": "uphold",
    "answer": "Denah memang sudah diserahkan.",
    "legal_basis": "UU 30/2014 pasal 77",
}
OK: Final = {"verdict": "ok"}
PAPERS: Final = (
    "_answers",
    "ktp-el-atau-nib",
    "foto-pohon-dan-lokasi",
    "alasan-penebangan",
    "surat-pernyataan-penggantian-bibit-pohon",
)
ALL_OK: Final = dict.fromkeys(PAPERS, OK)
BLURRED: Final = {"verdict": "deficient", "note": "Foto tidak menunjukkan lokasi pohon."}

TRANSITIONS: Final[dict[str, dict[str, Any]]] = {
    "withdraw": {"reason": "Pohon sudah tumbang sendiri."},
    "take": {},
    "accept": {"marks": ALL_OK},
    "return": {"marks": {**ALL_OK, "foto-pohon-dan-lokasi": BLURRED}},
    "give_recommendation": {"recommendation": ID, "verdict": "favourable", "reason": TEXT, "legal_basis": LAW},
    "schedule_inspection": {"inspection": ID, "day": "2099-11-27"},
    "report_inspection": {"inspection": ID, "held_on": "2026-11-20", "result": "fit", "findings": TEXT},
    "approve": {"reason": TEXT, "legal_basis": LAW},
    "refuse": {"reason": "Pohon dilindungi.", "legal_basis": LAW, "cites": ["_answers"]},
    "record_product": {"number": "9120001234567", "issued_on": "2026-11-20"},
    "recall_recommendation": {"recommendation": ID, "reason": "Peta yang dinilai keliru."},
    "ask_recommendation_again": {"recommendation": ID, "reason": "Dasar hukum yang disebut sudah dicabut."},
    "draw_inspector": {"inspection": ID},
    "appoint_inspector": {"inspection": ID, "user_id": ID, "code": "absent", "reason": "Petugas terundi sakit."},
    "ask_repair": {"what": [{"text": "Bibit pengganti belum ditanam."}]},
    "answer_repair": {"answer": "Bibit sudah ditanam kemarin."},
    "declare_force_majeure": {"note": "Kantor dinas terendam banjir sejak pagi."},
    "end_force_majeure": {},
    "second_pause": {"pause": ID},
    "decline_pause": {"pause": ID},
    "claim": {"line": "deciding"},
    "release": {"line": "checking"},
    "hand_over": {"line": "checking", "to": ID, "reason": "Cuti mulai besok."},
    "serve": {"approved": True, "reason": TEXT, "number": "IKD-2026-000123"},
}
"""One for each transition, without its name."""

PROBLEM: Final = {
    "type": "/api/v1/problems/conflict",
    "title": "Keadaan sudah berubah",
    "status": 409,
    "detail": "Permohonan ini sudah berstatus “Disetujui”, sehingga tindakan itu tidak dapat dilakukan lagi.",
    "instance": f"/api/v1/cases/{ID}/transitions",
    "trace_id": "9f3c2b7a5d1e4f60a1b2c3d4e5f60718",
    "possible": ["withdraw"],
}
