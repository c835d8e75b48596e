"""A citizen at her browser: what the portal's tests do again and again."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from agencies.ids import new_id
from agencies.models import Organisation, Person, User
from agencies.services import add_member
from documents.vault.services import store
from mall.portal.form.draft import Draft
from tests.answers import posted, valid_answers
from tests.factories import make_organisation, make_person, make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.definition.model import ApplicantKind, Definition
from workflows.definition.queries import version_for_new_case


def pdf(text: str = "contoh") -> SimpleUploadedFile:
    """A small real PDF; another text makes other bytes."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        made.docinfo["/Title"] = text
        made.save(out)
    return SimpleUploadedFile("berkas.pdf", out.getvalue(), "application/pdf")


def picture() -> SimpleUploadedFile:
    """A small real photograph."""
    out = BytesIO()
    Image.new("RGB", (40, 60), "navy").save(out, "JPEG")
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


@dataclass
class Citizen:
    """A person with an account, logged in."""

    user: User = field(default_factory=make_user)
    person: Person = field(init=False)
    client: Client = field(default_factory=Client)
    body: Organisation | None = None

    def __post_init__(self) -> None:
        self.person = make_person(user=self.user, phone="081234567890", address="Jalan Contoh 1")
        self.client.force_login(self.user)

    def organisation(self) -> Organisation:
        """The business she speaks for."""
        if self.body is None:
            self.body = make_organisation()
            add_member(organisation_id=self.body.pk, person_id=self.person.pk)
        return self.body

    def get(self, name: str, *args: object) -> HttpResponse:
        """A page."""
        return self.client.get(reverse(name, args=args))  # type: ignore[return-value]

    def post(self, name: str, *args: object, **data: object) -> HttpResponse:
        """A form that is sent."""
        return self.client.post(reverse(name, args=args), data)  # type: ignore[return-value]

    def begin(self, code: str) -> UUID:
        """A draft, begun through the pages."""
        definition = version_for_new_case(code).definition
        data: dict[str, object] = {"key": str(new_id())}
        if definition.applicant is ApplicantKind.BUSINESS:
            data["organisation"] = str(self.organisation().pk)
        elif definition.applicant is ApplicantKind.BOTH:
            data["organisation"] = "self"
        answer = self.post("portal:start", code, **data)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        return UUID(answer["Location"].strip("/").split("/")[1])

    def fill(self, case_id: UUID) -> dict[str, str]:
        """Every page of the form, one after the other, as it leads on."""
        definition = definition_of(case_id)
        answers = valid_answers(definition)
        for number in range(1, 20):
            draft = draft_of(case_id)
            asked = next((fields for page, fields in draft.pages if page.number == number), None)
            if asked is None:
                if all(page.number < number for page, _fields in draft.pages):
                    break
                continue
            names = {one.name for one in asked}
            answer = self.post("portal:page", case_id, number, **posted(definition, answers, names))
            assert answer.status_code == 302, errors_in(answer)
        return answers

    def upload(self, case_id: UUID) -> None:
        """A paper for every requirement; the same few files, because each new one is washed for a second."""
        draft = draft_of(case_id)
        by, stored = Actor.of(self.user), dict[str, UUID]()
        for paper in draft.papers:
            kind = paper.requirement.formats[0]
            if kind not in stored:
                made = pdf() if kind == "pdf" else picture()
                named = {"name": made.name, "content": made.read(), "document_type": "contoh"}
                stored[kind] = store(owner_id=draft.case.applicant_id, by=by, **named).pk
            services.attach(case_id=case_id, by=by, requirement=paper.requirement.code, file_id=stored[kind])

    def send(self, case_id: UUID, key: str = "") -> HttpResponse:
        """The last button."""
        return self.post("portal:check", case_id, key=key or str(new_id()))

    def apply(self, code: str) -> Case:
        """The whole way, through the pages."""
        case_id = self.begin(code)
        self.fill(case_id)
        self.upload(case_id)
        answer = self.send(case_id)
        assert answer.status_code == 302, errors_in(answer)
        return Case.objects.get(pk=case_id)


def draft_of(case_id: UUID) -> Draft:
    """The draft as it stands in the database."""
    return Draft(Case.objects.select_related("service_version", "service").get(pk=case_id))


def definition_of(case_id: UUID) -> Definition:
    """The definition that a case is pinned to."""
    return Case.objects.select_related("service_version").get(pk=case_id).definition


def errors_in(answer: HttpResponse) -> list[str]:
    """The sentences beside the fields and in the summary."""
    shown = answer.content.decode()
    found = re.findall(r'class="govuk-error-message"[^>]*>(.*?)</p>', shown, re.DOTALL)
    found += re.findall(r'error-summary__list">(.*?)</ul>', shown, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in found]
