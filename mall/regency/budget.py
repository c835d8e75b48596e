"""The arithmetic of the budget (PP 12/2019, Permendagri 90/2019): the tree of accounts, and the SiLPA identity.

A file may hold the leaves alone or sums at any level as well; a sum that it holds must be that of its parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ZERO = Decimal(0)
INCOME, SPENDING, RECEIPTS, OUTLAYS = "4", "5", "6.1", "6.2"
ACCOUNT = r"[456]|(4\.[1-3]|5\.[1-4]|6\.[12])((\.\d{2}){0,3}|(\.\d{2}){3}\.\d{3,4})"
"""Akun, kelompok (those of PP 12/2019 and no other), jenis, objek, rincian objek, sub rincian objek."""


class Version(models.TextChoices):
    """Which budget: every figure says so."""

    ORIGINAL = "murni", _("APBD murni")
    SHIFTED = "pergeseran", _("Pergeseran APBD")
    CHANGED = "perubahan", _("Perubahan APBD (P-APBD)")
    HALF = "semester-1", _("Realisasi semester I")
    YEAR = "realisasi", _("Realisasi tahunan")
    AUDITED = "audit", _("Realisasi diaudit BPK")


ACCOUNTS = {
    "4": _("Pendapatan daerah"),
    "4.1": _("Pendapatan asli daerah"),
    "4.2": _("Pendapatan transfer"),
    "4.3": _("Lain-lain pendapatan daerah yang sah"),
    "5": _("Belanja daerah"),
    "5.1": _("Belanja operasi"),
    "5.2": _("Belanja modal"),
    "5.3": _("Belanja tidak terduga"),
    "5.4": _("Belanja transfer"),
    "6": _("Pembiayaan daerah"),
    "6.1": _("Penerimaan pembiayaan"),
    "6.2": _("Pengeluaran pembiayaan"),
}
"""The upper accounts (PP 12/2019), which files of offices seldom name."""
PLANS = (Version.ORIGINAL, Version.SHIFTED, Version.CHANGED)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in one account of one office, with the line it stands in."""

    unit: str
    account: str
    amount: Decimal
    line: int = 0


def parent_of(account: str) -> str:
    """The account one level above; empty for the three at the top."""
    return account.rpartition(".")[0]


def leaves(lines: Sequence[Amount]) -> list[Amount]:
    """The lines that no other line of the same office is a part of."""
    inner = {(one.unit, above) for one in lines for above in _above(one.account)}
    return [one for one in lines if (one.unit, one.account) not in inner]


def _above(account: str) -> Iterable[str]:
    while account := parent_of(account):
        yield account


def totals(lines: Sequence[Amount]) -> dict[str, Decimal]:
    """The sum of every account over all offices, from the leaves up."""
    found: dict[str, Decimal] = {}
    for one in leaves(lines):
        for account in (one.account, *_above(one.account)):
            found[account] = found.get(account, ZERO) + one.amount
    return found


def wrong_sums(lines: Sequence[Amount]) -> list[tuple[int, str]]:
    """The sums of the file that are not those of their parts, by line."""
    parts: dict[tuple[str, str], Decimal] = {}
    for one in leaves(lines):
        for above in _above(one.account):
            parts[one.unit, above] = parts.get((one.unit, above), ZERO) + one.amount
    return [
        (
            one.line,
            _now("akun %(account)s berjumlah %(told)s, padahal rinciannya %(sum)s.")
            % {"account": one.account, "told": one.amount, "sum": parts[one.unit, one.account]},
        )
        for one in lines
        if parts.get((one.unit, one.account), one.amount) != one.amount
    ]


@dataclass(frozen=True, slots=True)
class Balance:
    """The posture of a budget."""

    income: Decimal
    spending: Decimal
    receipts: Decimal
    outlays: Decimal

    @property
    def surplus(self) -> Decimal:
        """Income less spending; negative is a deficit."""
        return self.income - self.spending

    @property
    def financing(self) -> Decimal:
        """Net financing."""
        return self.receipts - self.outlays

    @property
    def silpa(self) -> Decimal:
        """What is left (SiLPA): 0 in every plan."""
        return self.surplus + self.financing


def balance(sums: Mapping[str, Decimal]) -> Balance:
    """The posture from the sums of the accounts."""
    return Balance(*(sums.get(account, ZERO) for account in (INCOME, SPENDING, RECEIPTS, OUTLAYS)))


def share(realised: Decimal | None, budget: Decimal) -> Decimal | None:
    """Realisation in per cent to one place; None where nothing was planned or told. It may exceed 100."""
    if realised is None or not budget:
        return None
    return (100 * realised / budget).quantize(Decimal("0.1"), ROUND_HALF_UP)
