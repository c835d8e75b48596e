"""What the tests of cases share: the applicant of a script, a fresh draft, everything filled in."""

from agencies.models import User
from mall.canary.answers import sample_answers
from mall.canary.cast import checker
from tests.api.calling import Caller
from tests.cases import DOCTOR
from tests.engine import EngineScript
from tests.uploads import picture
from workflows.cases import services
from workflows.cases.models import Case
from workflows.cases.verification import to_check


def owner_of(script: EngineScript) -> Caller:
    """The applicant of a script."""
    return Caller(User.objects.get(pk=script.who.actor.user_id))


def send_back(script: EngineScript) -> None:
    """Whoever took the case finds one paper wanting."""
    marks = dict.fromkeys(to_check(script.case()), ("ok", ""))
    marks[next(reversed(marks))] = ("deficient", "Tidak terbaca.")
    services.return_to_applicant(case_id=script.case_id, by=checker(script.cast, script.definition), marks=marks)


def opened(citizen: Caller, code: str = DOCTOR) -> str:
    """A fresh draft."""
    return str(citizen.post("/cases", {"service": code}).json()["id"])


def fill(citizen: Caller, case_id: str) -> None:
    """Answer everything and hand every paper in."""
    definition = Case.objects.get(pk=case_id).definition
    answers = sample_answers(definition)
    assert citizen.send("PATCH", f"/cases/{case_id}/answers", answers, If_Match=citizen.tag(case_id)).status_code == 200
    for paper in citizen.get(f"/cases/{case_id}").json()["requirements"]:
        content, name = (None, "berkas.pdf") if "pdf" in paper["formats"] else (picture("JPEG"), "foto.jpg")
        answer = citizen.upload(
            f"/cases/{case_id}/attachments",
            content,
            name,
            requirement=paper["code"],
            If_Match=citizen.tag(case_id),
        )
        assert answer.status_code == 201, answer.content
