"""Life events: what people come for, before they know which office answers for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflows.definition.queries import Category


@dataclass(frozen=True, slots=True)
class Theme:
    """An event of life or business and the categories of services that belong to it."""

    title: str | Promise
    icon: str
    categories: tuple[str, ...]


THEMES: Final = (
    Theme(_("Keluarga dan kependudukan"), "person", ("kependudukan", "keagamaan", "sosial", "jaminan_sosial")),
    Theme(_("Rumah, tanah, dan bangunan"), "building", ("pertanahan", "perizinan_bangunan_ruang", "utilitas")),
    Theme(
        _("Membuka dan menjalankan usaha"),
        "document",
        ("perizinan_umum", "perizinan_perdagangan", "perizinan_pariwisata", "perizinan_lingkungan", "perdagangan"),
    ),
    Theme(_("Bekerja dan bepergian"), "calendar", ("ketenagakerjaan", "kepolisian", "keimigrasian")),
    Theme(_("Kesehatan"), "shield", ("perizinan_nakes", "perizinan_faskes", "karantina_obat_makanan")),
    Theme(_("Pajak dan keuangan"), "money", ("pajak_daerah", "perpajakan", "kepabeanan", "perbankan_pos")),
    Theme(_("Kendaraan dan perjalanan"), "vehicle", ("kendaraan", "perizinan_transportasi")),
    Theme(
        _("Bertani, beternak, dan melaut"),
        "leaf",
        ("pertanian", "perizinan_pertanian", "perikanan", "perizinan_perikanan"),
    ),
)
OTHER: Final = _("Pendidikan, hukum, dan lainnya")


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """A theme with the categories that have open services."""

    title: str | Promise
    icon: str
    categories: Sequence[Category]


def shown(categories: Sequence[Category]) -> list[ShownTheme]:
    """Every category with open services, once, under its theme; what no theme names comes last."""
    known: Mapping[str, Category] = {one.code: one for one in categories}
    found = [
        ShownTheme(theme.title, theme.icon, [known[code] for code in theme.categories if code in known])
        for theme in THEMES
    ]
    named = {code for theme in THEMES for code in theme.categories}
    rest = [one for one in categories if one.code not in named]
    return [theme for theme in (*found, ShownTheme(OTHER, "message", rest)) if theme.categories]
