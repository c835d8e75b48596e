"""A life that was lived, as rows. Its numbers are taken before, in the order in which cases are written."""

import hashlib
from typing import Any, Final

from mall.history import survey
from mall.history.life import Desk, Life, Said, system
from mall.history.rows import NULL, code, escaped, plain
from mall.history.series import Counters
from workflows.definition.model import ProductKind
from workflows.permits import numbers
from workflows.permits.granting import last_day

REASON: Final = "Contoh: sesuai ketentuan."
REFUSAL: Final = "Contoh: lokasi tidak sesuai rencana tata ruang."
TELLING: Final = {
    "case.submitted": "reference",
    "case.served": "receipt",
    "case.accepted": "receipt",
    "case.settled": "receipt",
    "deemed.stated": "number",
    "permit.granted": "number",
}
"""The events that tell a number, and by which name."""
GROUNDS: Final = escaped(plain([{"kind": "requirement", "code": "_answers", "text": "Contoh"}]))
REFUSED: Final = f"{REFUSAL}\tUU 30/2014\t{GROUNDS}\tKeberatan dapat diajukan dalam 21 hari kerja."
APPROVED: Final = f"{REASON}\t\t[]\t"
"""Reason, law, grounds and remedy of a decision."""


NAMED: Final = {"receipt": "MPP", "complete": "TT", "deemed": "PDK", "payment": "KW"}
"""How the numbers of a series begin, but those of permits, whose template says it."""
Wanted = dict[str, tuple[str, int]]
"""Series and year of each number that a life is given, by what it is for."""
Numbers = dict[str, tuple[str, int, int]]
"""The same with what was given: the id of the series, the year, the number."""


def wanted(life: Life) -> Wanted:
    """What a finished life is to be given."""
    facts, year = life.facts, life.days.year
    submitted = year(facts["submitted"])
    found = {"receipt": ("receipt", submitted)}
    if facts.get("complete"):
        found["complete"] = ("complete", submitted)
    if "deemed" in facts:
        found["deemed"] = ("deemed", year(facts["deemed"][1]))
    if "paid" in facts:
        found["payment"] = ("payment-receipt", year(facts["paid"]))
    product = life.service.definition.product
    if "permit" in facts and product.kind is ProductKind.RENDERED and product.numbering:
        named = product.numbering
        found["permit"] = (named.template.replace("{unit}", named.unit), year(facts["permit"][1]))
    return found


def numbered(wanted: Wanted, counters: Counters) -> Numbers:
    """Take them."""
    found = {}
    for what, (series, year) in wanted.items():
        pk, place = counters.take(series, year)
        found[what] = pk, year, place
    return found


def tell(life: Life, desk: Desk, taken: Numbers) -> None:
    """Write a finished life."""
    ended = life.at
    given = _printed(life, taken)
    _permit(life, desk, given)
    for one in life.said:
        name = TELLING.get(one.kind)
        if name and one.data[name]:
            one.data[name] = given[one.data[name]]
    chain = life.write_chain(desk.sheets)
    _case(life, desk, given, chain, ended)
    life.at = ended
    life.write_ledger(desk.sheets)
    for write in (_mandate, _pauses, _advice, _decision, _jump, _deemed):
        write(life, desk, given)
    if "charge" in life.facts:
        _money(life, desk, given)
    survey.rate(life, desk.sheets)


def _printed(life: Life, taken: Numbers) -> dict[str, Any]:
    """Every number of this life, by its place holder; without the sign, the series it is of and its place there."""
    given: dict[str, Any] = {}
    for what, (series, year, place) in taken.items():
        given[what] = series, place
        if what in NAMED:
            given[f"@{what}"] = f"{NAMED[what]}-{year}-{place:06d}"
    if "permit" in life.facts:
        given["@permit"] = _permit_number(life, given)
    return given


def _permit_number(life: Life, given: dict[str, Any]) -> str:
    product, at = life.service.definition.product, life.facts["permit"][1]
    if "permit" in given and product.numbering:
        named, (_series, seq) = product.numbering, given["permit"]
        return numbers.write(named.template, seq=seq, unit=named.unit, lane="real", at=life.days.moment(at))
    return f"CONTOH-{life.id[-12:].upper()}" if product.kind is ProductKind.RECORDED else ""


def _permit(life: Life, desk: Desk, given: dict[str, Any]) -> None:
    """Its row, and its end where that came before the end of the history."""
    if "permit" not in life.facts:
        return
    pk, at = life.facts["permit"]
    product, starts = life.service.definition.product, life.days.day(at)
    ends, status = last_day(product.validity, starts), "active"
    if ends and ends < desk.today:
        status = "expired"
        then = ((ends - life.days.book.base).days + 1) * 86_400 + 600
        facts = {"permit": pk, "was": "active", "status": "expired"}
        life.said.append(Said("permit.expired", max(then, life.at), system("sweeper"), facts))
    series, seq = given.get("permit", (NULL, NULL))
    rendered = product.kind is ProductKind.RENDERED
    digest = hashlib.sha256(pk.encode()).hexdigest() if rendered else ""
    frozen = (
        escaped(plain({"number": given["@permit"], "service": life.service.definition.name.id})) if rendered else "{}"
    )
    desk.sheets.lines["workflows_permit"].append(
        f"{pk}\t{life.id}\t{product.kind.value}\t{series}\t{seq}\t{given['@permit']}\treal\t{code(life.dice)}"
        f"\t{status}\t{life.text(at)}\t{starts}\t{ends or NULL}\t{frozen}\t{digest}\t{life.text(life.at)}"
    )


def _case(life: Life, desk: Desk, given: dict[str, Any], chain: str, ended: int) -> None:
    facts, service, text = life.facts, life.service, life.text
    clerk, complete = facts["opener"][1], given.get("@complete")
    arrived, due, decided = text(facts["arrived"]), facts["due"], facts.get("decided")
    desk.sheets.lines["workflows_case"].append(
        f"{life.state}\t{life.id}\t{service.code}\t{service.version}\t{life.office.code}\t{life.manner.site}"
        f"\t{desk.applicant[0]}\t{clerk or NULL}\t{'counter' if clerk else 'online'}\treal\tnone"
        f"\t{desk.applicant[1]}\t{given['@receipt']}\t{desk.tracking}\t{facts.get('key') or life.new_id()}\t{{}}"
        f"\t{text(life.begun)}\t{text(life.said[-1].at)}\t{text(facts['submitted'])}\t{arrived}"
        f"\t{arrived if complete else NULL}\t{complete or NULL}\t{NULL if due is None else text(due)}"
        f"\t{text(life.passed) if life.passed else NULL}\t0\t\t{NULL if decided is None else text(decided)}"
        f"\t{text(ended)}\tfirst\t{facts.get('round', 1)}\t{facts.get('repeated', 0)}\t0\tf\t0"
        f"\t{len(life.said)}\t{chain}"
    )


def _mandate(life: Life, desk: Desk, _given: dict[str, Any]) -> None:
    clerk = life.facts["opener"][1]
    if clerk and life.manner.bearer:
        ground, name = life.manner.bearer
        row = (life.new_id(), life.id, ground, name, "", clerk, life.text(life.begun))
        desk.sheets.add("workflows_mandate", *row)


def _pauses(life: Life, desk: Desk, _given: dict[str, Any]) -> None:
    for reason, since, end in life.facts.get("pauses", ()):
        asked = life.office.checker if reason == "correcting" else None
        row = (life.new_id(), life.id, reason, "", "f", asked, life.text(since), life.text(since), life.text(end), 1)
        desk.sheets.add("workflows_pause", *row)


def _advice(life: Life, desk: Desk, _given: dict[str, Any]) -> None:
    bound = {one.agency: one for one in life.service.definition.recommenders}
    verdict = "unfavourable" if life.facts.get("refusing") else "favourable"
    for one in life.facts.get("advice", ()):
        asked = bound[one["agency"]]
        desk.sheets.add(
            "workflows_recommendation",
            *(life.new_id(), life.id, one["agency"], one["stage"], "t" if asked.binding else "f", "f", "given"),
            *(life.text(one["asked"]), life.text(life.days.due(one["asked"], asked.term_days or 5))),
            *(life.text(one["given"]), life.facts["officers"][one["agency"]], verdict, REASON, "Contoh: pedoman", 1, 0),
        )


def _decision(life: Life, desk: Desk, _given: dict[str, Any]) -> None:
    """One row for each level; a refusal is final at any."""
    outcome = life.facts.get("outcome")
    if not outcome:
        return
    levels, refused = life.service.definition.decision_levels, outcome == "refused"
    for level in range(levels if refused else 1, levels + 1):
        power, signature = life.office.powers[level - 1]
        desk.sheets.lines["workflows_decision"].append(
            f"{life.new_id()}\t{life.id}\tfirst\t{1 if refused else level}\t{'t' if level == levels else 'f'}"
            f"\t{outcome}\t{REFUSED if refused else APPROVED}\t[]\t\t{power or NULL}\t{signature}"
            f"\t{life.office.approvers[level - 1]}\t{life.text(life.facts['decided'])}"
        )


def _jump(life: Life, desk: Desk, _given: dict[str, Any]) -> None:
    if "jump" in life.facts:
        why, passed, at = life.facts["jump"]
        by = life.office.approvers[life.service.definition.decision_levels - 1]
        note = "Contoh: alasan lain." if why == "other" else ""
        row = (life.new_id(), life.id, "deciding", life.office.code, why, note, passed, by, life.text(at))
        desk.sheets.add("workflows_overtaking", *row)


def _deemed(life: Life, desk: Desk, given: dict[str, Any]) -> None:
    if "deemed" not in life.facts:
        return
    (pk, at), (series, seq), law = life.facts["deemed"], given["deemed"], "UU 30/2014 pasal 53"
    row = (pk, life.id, "term", law, life.text(life.passed or life.at), life.text(at), series, seq, given["@deemed"])
    desk.sheets.add("workflows_deemedgrant", *row, code(life.dice), "")
    duty, opened, due, done = life.facts["duty"]
    times = (life.text(opened), life.text(due), life.text(done))
    desk.sheets.add("workflows_dutytask", duty, life.id, life.office.code, law, *times)


def _money(life: Life, desk: Desk, given: dict[str, Any]) -> None:
    """The charge, its bill, the payment with its receipt, and both sides of each booking."""
    add, facts = desk.sheets.add, life.facts
    charge, amount, paid, decided = facts["charge"], facts["amount"], facts.get("paid"), life.text(facts["decided"])
    lines = escaped(plain([{"label": "Contoh tarif", "amount": amount, "law": "Perda"}]))
    state = "paid" if paid else "cancelled"
    add("workflows_charge", charge, life.id, amount, lines, "Perda contoh", state, decided, paid and life.text(paid))
    bill, billed = facts["bill"]
    expires = life.text(billed + 60 * 86_400)
    add("workflows_bill", bill, charge, "riwayat", charge, "CONTOH", "", amount, life.text(billed), expires)
    _book(life, desk, "assessed", "receivable", "revenue", decided)
    if not paid:
        _book(life, desk, "cancelled", "revenue", "receivable", life.text(facts["cancelled"]))
        return
    payment, at = life.new_id(), life.text(paid)
    add("workflows_payment", payment, bill, "riwayat", charge, amount, "accepted", at, at)
    series, seq = given["payment"]
    add("workflows_receipt", life.new_id(), payment, series, seq, given["@payment"], code(life.dice), at)
    _book(life, desk, "paid", "treasury", "receivable", at, payment)


def _book(life: Life, desk: Desk, occasion: str, debit: str, credit: str, at: str, payment: str | None = None) -> None:
    """Both sides, as `workflows.charges.ledger` writes them."""
    together, amount = life.new_id(), life.facts["amount"]
    for account in (debit, credit):
        sides = (amount, 0) if account == debit else (0, amount)
        row = (life.new_id(), together, occasion, account, life.office.code, *sides, life.id, life.facts["charge"])
        desk.sheets.add("workflows_ledgerentry", *row, payment, "real", at)
