"""What a refused applicant can do, by law, with the day until which she can do it.

UU 30/2014 art. 75-78: an objection within 21 working days of the notice, answered within 10; then an appeal
within 10 working days of that answer.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import clock
from agencies.errors import Unavailable
from agencies.workdays import Calendar
from mall.design import formats
from workflows.cases.models import Case
from workflows.definition.model import Authority

OBJECTION_DAYS = 21
ANSWER_DAYS = 10
APPEAL_DAYS = 10


@override("id")
def offered(case: Case) -> str:
    """The remedy text that the refusal form begins with; the officer may change it. One query.

    In Indonesian whatever the officer reads: it becomes part of a decision, and of the letter to the applicant.
    """
    to = _("Kepala DPMPTSP") if case.definition.authority is Authority.MALL else _("pimpinan instansi yang memutus")
    return _(
        "Anda dapat mengajukan keberatan tertulis kepada %(to)s paling lambat %(days)s hari kerja sejak menerima "
        "keputusan ini%(until)s. Keberatan dijawab dalam %(answer)s hari kerja. Jika keberatan ditolak, Anda dapat "
        "mengajukan banding kepada atasan pejabat itu dalam %(appeal)s hari kerja, lalu menggugat ke pengadilan."
    ) % {
        "to": to,
        "days": OBJECTION_DAYS,
        "until": _until(),
        "answer": ANSWER_DAYS,
        "appeal": APPEAL_DAYS,
    }


def _until() -> str:
    """The last day for one who hears of it today; nothing where the holidays of that year are not known yet."""
    today = clock.today()
    try:
        last = Calendar.load(today).add_working_days(today, OBJECTION_DAYS)
    except Unavailable:
        return ""
    return _(" (%(day)s, jika Anda menerimanya hari ini)") % {"day": formats.day(last)}
