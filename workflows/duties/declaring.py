"""Who stands behind an account, and with whom she has an interest: said once, asked at every case."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.identifiers import parse_nib, parse_nik
from agencies.models import StaffIdentity, User
from agencies.queries import memberships_of
from agencies.sealing import blind_index
from agencies.services import record_identity
from workflows import permissions
from workflows.actors import Actor
from workflows.duties.models import Relation
from workflows.trail import services as trail


@transaction.atomic
def declare_relation(*, by: Actor, kind: str, nik: str = "", nib: str = "") -> Relation:
    """Declare an interest in a person (NIK) or a business (NIB); from now on her cases are not given to `by`.

    Raises `Refused` for who does not work here, `Invalid`, or `Conflict` when it is declared already.
    """
    permissions.require(permissions.may_declare(by))
    person, business = _other(kind, nik, nib)
    try:
        with transaction.atomic():
            relation = Relation.objects.create(
                user_id=by.signing(),
                kind=kind,
                nik=person,
                nik_index=blind_index(person, purpose="nik") if person else "",
                nib=business,
                declared_at=clock.now(),
            )
    except IntegrityError as fault:
        raise Conflict(_("Hubungan ini sudah Anda nyatakan.")) from fault
    _record("relation.declared", relation, by)
    return relation


def _other(kind: str, nik: str, nib: str) -> tuple[str, str]:
    """The NIK or the NIB, whichever the kind asks for."""
    if kind not in Relation.Kind.values:
        raise Invalid({"kind": [_("Pilih jenis hubungan.")]})
    try:
        if kind == Relation.Kind.BUSINESS:
            return "", parse_nib(nib)
        return parse_nik(nik).value, ""
    except ValueError as fault:
        raise Invalid({"nib" if kind == Relation.Kind.BUSINESS else "nik": [str(fault)]}) from fault


@transaction.atomic
def end_relation(*, by: Actor, relation_id: UUID) -> Relation:
    """It no longer holds: today is the last day on which it binds, so that nothing is ended for one case.

    Raises `Missing` for a declaration that is not hers, `Conflict` when it has ended already.
    """
    relation = Relation.objects.select_for_update().filter(pk=relation_id).first()
    if relation is None or not by.is_also(relation.user_id):
        raise Missing
    if relation.until:
        raise Conflict(_("Hubungan ini sudah berakhir."))
    relation.until = clock.today()
    relation.save(update_fields=["until"])
    _record("relation.ended", relation, by)
    return relation


def _record(kind: str, relation: Relation, by: Actor) -> None:
    facts = {"relation": str(relation.pk), "kind": relation.kind}
    trail.record(subject_kind="user", subject_id=relation.user_id, kind=kind, by=by, data=facts)


@transaction.atomic
def identify(*, by: Actor, user_id: UUID, nik: str, kk: str = "", name: str = "") -> StaffIdentity:
    """An administrator notes who is behind an account that works here; her duties in open cases bind her at once.

    Raises `Refused`, `Missing`, `Invalid` as `agencies.services.record_identity`.
    """
    permissions.require(permissions.may_administer(by))
    user = User.objects.filter(pk=user_id).first()
    administrator = User.objects.filter(pk=by.signing()).first()
    if user is None or administrator is None:
        raise Missing
    permissions.require(permissions.may_identify(by, frozenset(held.agency_code for held in memberships_of(user))))
    permissions.require(permissions.not_herself(by, user_id))
    identity = record_identity(user=user, nik=nik, kk=kk, name=name, by=administrator)
    facts = {"twice": _bind(identity.person_id)}
    trail.record(subject_kind="user", subject_id=user_id, kind="identity.recorded", by=by, data=facts)
    return identity


_OF_PERSON = """
WITH accounts AS (
    SELECT user_id FROM agencies_staffidentity WHERE person_id = %(person)s
    UNION SELECT user_id FROM agencies_person WHERE id = %(person)s AND user_id IS NOT NULL
), twice AS (
    SELECT case_id FROM workflows_duty WHERE user_id IN (SELECT user_id FROM accounts)
    GROUP BY case_id HAVING count(*) > 1
), bound AS (
    UPDATE workflows_duty SET human = %(person)s
    WHERE user_id IN (SELECT user_id FROM accounts) AND case_id NOT IN (SELECT case_id FROM twice)
)
SELECT count(*) FROM twice
"""


def _bind(person_id: UUID) -> int:
    """Let the duties of all her accounts bind one human; returns in how many cases two of them act already."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, {"person": person_id})
        return int(cursor.fetchone()[0])
