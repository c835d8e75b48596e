"""The budget: one data set a version."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mall.regency import budget
from mall.regency.kinds import amounts_of
from mall.regency.models import BudgetLine, Kind
from mall.regency.published.common import UNIT, batch_of, declared
from mall.releases.datasets import Column, Dataset, Open, Row
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

_ACCOUNT = Column(
    "akun", _("Akun"), "", _("Kode akun menurut Permendagri 90/2019, sebagai teks."), Holds.CODE, coded=True
)
_MONEY = (
    Column("anggaran", _("Anggaran"), _("rupiah"), _("Rupiah yang dianggarkan."), Holds.AMOUNT, 2),
    Column(
        "realisasi", _("Realisasi"), _("rupiah"), _("Rupiah yang terealisasi sampai tanggal batas."), Holds.AMOUNT, 2
    ),
    Column(
        "persen",
        _("Realisasi dari anggaran (%)"),
        "%",
        _("Realisasi dibagi anggaran. Pendapatan boleh lebih dari 100%."),
        Holds.NUMBER,
        1,
    ),
)


def _budget_rows(version: str) -> Callable[[Period], list[Row]]:
    def rows(period: Period) -> list[Row]:
        batch = batch_of(Kind.BUDGET, period, version)
        lines = list(BudgetLine.objects.filter(batch=batch).order_by("account", "unit")) if batch else []
        planned = budget.totals(amounts_of(lines, "budget"))
        done = budget.totals(amounts_of(lines, "realised"))
        told = {one.account for one in lines if one.realised is not None}
        whole = [_money("", account, planned[account], _done(done, told, account)) for account in sorted(planned)]
        return [*whole, *(_money(one.unit, one.account, one.budget, one.realised) for one in lines)]

    return rows


def _done(done: Mapping[str, Decimal], told: set[str], account: str) -> Decimal | None:
    """What was done in an account; None where no part of it says."""
    known = any(one == account or one.startswith(f"{account}.") for one in told)
    return done.get(account) if known else None


def _money(unit: str, account: str, planned: Decimal, done: Decimal | None) -> Row:
    values = {"anggaran": planned, "realisasi": done, "persen": budget.share(done, planned)}
    return Row({"skpd": unit, "akun": account}, values)


def _budget_labels(version: str) -> Callable[[], Mapping[str, Mapping[str, str]]]:
    def labels() -> Mapping[str, Mapping[str, str]]:
        lines = BudgetLine.objects.filter(batch__version=version).values_list("unit", "unit_name", "account", "name")
        told = list(lines)
        names = {code: str(name) for code, name in budget.ACCOUNTS.items()} | {row[2]: row[3] for row in told}
        return {"skpd": {row[0]: row[1] for row in told}, "akun": names}

    return labels


def datasets() -> list[Dataset]:
    """One a version, so that no figure is without it."""
    return [
        declared(
            f"apbd-{version}",
            title=format_lazy("APBD: {}", label),
            description=_("Anggaran pendapatan dan belanja daerah menurut perangkat daerah dan akun."),
            concept=_("Anggaran daerah"),
            definition=_(
                "PP 12/2019 dan Permendagri 90/2019. Surplus atau defisit adalah akun 4 dikurangi akun 5, pembiayaan "
                "neto akun 6.1 dikurangi akun 6.2, dan SiLPA jumlah keduanya."
            ),
            dimensions=(UNIT, _ACCOUNT),
            measures=_MONEY,
            shape=Open(("skpd", "akun")),
            rows=_budget_rows(version),
            labels=_budget_labels(version),
            region_codes="",
        )
        for version, label in budget.Version.choices
    ]
