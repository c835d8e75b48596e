"""The demo's people: staff of every agency, and citizens with numbers that belong to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password

from agencies.choices import INSPECTORATE
from agencies.models import Capacity, Membership, Person, Role, User
from agencies.queries import active_agencies
from agencies.services import add_member, appoint_signatory, register_organisation, register_person
from mall.canary.cast import Applicant
from mall.demo import PASSWORD
from workflows.actors import Actor
from workflows.definition.model import ApplicantKind, Definition, Shape
from workflows.definition.models import ServiceType
from workflows.objections.addressees import REGENT
from workflows.permissions import MALL

DOMAIN = "demo.mall"
SINCE = date(2024, 1, 1)
MALL_STAFF = (
    ("loket", Role.CLERK, "Sri Wahyuni"),
    ("verifikator", Role.VERIFIER, "Agus Setiawan"),
    ("verifikator.2", Role.VERIFIER, "Dewi Lestari"),
    ("pejabat", Role.APPROVER, "Bambang Hariyadi"),
    ("pejabat.2", Role.APPROVER, "Endang Susilowati"),
    ("manajer", Role.MANAGER, "Retno Widyastuti"),
    ("admin", Role.ADMINISTRATOR, "Yusuf Hidayat"),
)
SIGNING = (
    ("pejabat", Capacity.DELEGATION, "Kepala Bidang Perizinan", "", "Pembina", "197503122001121002"),
    ("pejabat.2", Capacity.PLH, "Sekretaris Dinas", "Kepala Bidang Perizinan", "Pembina Tk. I", "197008171996032001"),
    ("kepala", Capacity.MANDATE, "Kepala DPMPTSP", "Bupati Banyuwangi", "Pembina Utama Muda", "196904251994031005"),
)
"""Who signs for the mall, by which power; numbers and decrees are samples."""
LEADERS = (
    ("wakil", Role.DEPUTY, MALL, "Hendro Prasetyo"),
    ("kepala", Role.HEAD, MALL, "Ratna Kusumawati"),
    ("wakil.dinkes", Role.DEPUTY, "DINKES", "Lilik Suryani"),
    ("kepala.dinkes", Role.HEAD, "DINKES", "Taufik Rahman"),
    ("inspektorat", Role.INSPECTORATE, INSPECTORATE, "Widodo Santoso"),
    ("inspektorat.2", Role.INSPECTORATE, INSPECTORATE, "Ratna Widjaja"),
    ("kepala.setda", Role.HEAD, REGENT, "Arief Budiman"),
    ("walidata", Role.STEWARD, "DISKOMINFO", "Indah Permatasari"),
    ("pengaduan", Role.COMPLAINTS, MALL, "Fitri Handayani"),
    ("pengaduan.dinkes", Role.COMPLAINTS, "DINKES", "Joko Purnomo"),
    ("ppid", Role.INFORMATION, MALL, "Wahyu Nugroho"),
    ("dinsos.data", Role.REGISTRAR, "DINSOS", "Eko Prasetyo"),
    ("dinsos.data.2", Role.REGISTRAR, "DINSOS", "Rina Maharani"),
    ("dinkes.data", Role.REGISTRAR, "DINKES", "Yuni Astuti"),
)
"""Who hears of what takes too long, answers objections, appeals and complaints, and keeps the regency's data."""
CITIZENS = (
    ("warga", "Siti Aminah", "3510166504880003", date(1988, 4, 25), "female", "081234567801"),
    ("warga.2", "Made Suardana", "3510091203790002", date(1979, 3, 12), "male", "081234567802"),
    ("warga.3", "Nurul Hasanah", "3510034709950001", date(1995, 9, 7), "female", "081234567803"),
    ("warga.4", "Slamet", "3510211708720004", date(1972, 8, 17), "male", "081234567804"),
    ("warga.5", "Yohana Kristanti", "3510175112900006", date(1990, 12, 11), "female", "081234567805"),
    ("", "Mbah Karsinah", "3510244505550001", date(1955, 5, 5), "female", ""),
)
VILLAGES = ("35.10.16.1001", "35.10.09.2001", "35.10.03.2001", "35.10.21.1001", "35.10.17.1002", "35.10.24.2001")


def staff_of(agencies: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Log-in, role, agency and name of all staff: enough at every agency to receive, check and decide apart."""
    wanted: list[tuple[str, str, str, str]] = [(name, role, MALL, label) for name, role, label in MALL_STAFF]
    wanted += LEADERS
    for agency in agencies:
        code = agency.lower()
        wanted += [
            (code, Role.OFFICER, agency, f"Petugas {agency}"),
            (f"{code}.2", Role.OFFICER, agency, f"Petugas kedua {agency}"),
            (f"{code}.pejabat", Role.APPROVER, agency, f"Pejabat {agency}"),
        ]
    return wanted


def load_staff() -> None:
    """A log-in for each role at the mall, three people for every agency, and those to whom a case escalates."""
    wanted = staff_of(agency.code for agency in active_agencies())
    at_counters = ServiceType.objects.filter(shape=Shape.A0).values_list("agency_id", flat=True).distinct()
    password = make_password(PASSWORD)
    users = [User(email=f"{name}@{DOMAIN}", name=label, password=password) for name, _role, _agency, label in wanted]
    User.objects.bulk_create(users)
    held = [(user, role, agency) for user, (_name, role, agency, _label) in zip(users, wanted, strict=True)]
    # Where a service is finished in one visit, the officer also opens the case for who stands before her.
    served = set(at_counters)
    held += [(user, Role.CLERK, agency) for user, role, agency in held if role == Role.OFFICER and agency in served]
    Membership.objects.bulk_create(
        Membership(user=user, role=role, agency_id=agency, since=SINCE) for user, role, agency in held
    )
    _appoint({user.email.partition("@")[0]: user for user in users})


def _appoint(users: dict[str, User]) -> None:
    """Give the mall's deciders their power to sign."""
    for name, capacity, title, principal, rank, nip in SIGNING:
        appoint_signatory(
            users[name],
            MALL,
            capacity=capacity,
            title=title,
            principal=principal,
            rank=rank,
            nip=nip,
            decree_no="Contoh 800/12/2024",
            decree_date=SINCE,
            since=SINCE,
        )


def load_citizens() -> None:
    """Citizens with an account, one without, and a business."""
    password = make_password(PASSWORD)
    for (login, name, nik, born, sex, phone), village in zip(CITIZENS, VILLAGES, strict=True):
        user = User.objects.create(email=f"{login}@{DOMAIN}", name=name, password=password) if login else None
        person = register_person(
            user=user,
            name=name,
            nik=nik,
            birth_date=born,
            sex=sex,
            phone=phone,
            email=user.email if user else "",
            address="RT 02 RW 01",
            village_code=village,
        )
        if login == "warga":
            business = register_organisation(name="CV Sumber Rejeki Osing", nib="9120001234567")
            add_member(person_id=person.pk, organisation_id=business.pk, title="Direktur")


@dataclass
class DemoCast:
    """The demo's own people play, with the rights they really have."""

    turn: int = 0
    papers: dict[UUID, UUID] = field(default_factory=dict)

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """The member of staff with this role at this agency."""
        if role == Role.OFFICER:
            name = agency.lower()
        else:
            name = {Role.VERIFIER: "verifikator", Role.APPROVER: "pejabat", Role.CLERK: "loket"}[Role(role)]
        suffix = ".2" if number > 1 else ""
        return Actor.of(User.objects.get(email=f"{name}{suffix}@{DOMAIN}"))

    def applicant(self, definition: Definition) -> Applicant:
        """The citizens in turn; for a business, the one who has one."""
        business = definition.applicant is ApplicantKind.BUSINESS
        logins = [login for login, *_rest in CITIZENS if login]
        login = "warga" if business else logins[self.turn % len(logins)]
        self.turn += 1
        user = User.objects.get(email=f"{login}@{DOMAIN}")
        actor = Actor.of(user)
        return Applicant(actor, Person.objects.get(user=user).pk, next(iter(actor.organisations)) if business else None)
