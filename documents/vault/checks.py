"""What a file must be before we take it, each fault in one sentence for the person who chose it."""

import unicodedata
from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid
from documents.vault.kinds import (
    KINDS,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_PAGES,
    MOST_PIXELS,
    Kind,
    extension,
    kind_of,
)
from documents.vault.washing import parent
from documents.vault.washing.limits import Fault, Unfit

UNSAFE_CLASSES = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Control, invisible and text-turning characters: a name with one of them pretends to be another name."""

LIMITS = {"pages": MOST_PAGES, "pixels": MOST_PIXELS // 1_000_000}
FAULTS: dict[Fault, Promise] = {
    Fault.UNREADABLE: _("Berkas ini rusak atau tidak dapat dibaca. Pindai atau simpan ulang, lalu unggah lagi."),
    Fault.ENCRYPTED: _("PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."),
    Fault.EMPTY: _("PDF ini tidak mempunyai halaman."),
    Fault.PAGES: _("PDF ini lebih dari %(pages)s halaman. Unggah halaman yang diminta saja."),
    Fault.PIXELS: _("Gambar ini lebih besar dari %(pixels)s megapiksel. Perkecil ukurannya, lalu unggah lagi."),
    Fault.COMPLEX: _("Berkas ini terlalu rumit untuk diperiksa. Cetak ulang menjadi PDF biasa, lalu unggah lagi."),
}


def check_size(size: int) -> None:
    """Neither empty nor too large."""
    if size == 0:
        raise _invalid(_t("Berkas ini kosong."))
    if size > MOST_BYTES:
        raise _invalid(_t("Berkas ini lebih besar dari %(most)s MB.") % {"most": MOST_BYTES // 1024 // 1024})


def check_outside(name: str, content: bytes, kinds: Collection[Kind] = KINDS) -> Kind:
    """Size, name and first bytes; returns which of `kinds` the bytes are."""
    check_size(len(content))
    _check_name(name)
    kind = kind_of(content)
    if kind is None or kind not in kinds:
        raise _invalid(_t("Berkas harus berupa %(kinds)s.") % {"kinds": _list(kinds)})
    if extension(name) not in kind.extensions:
        raise _invalid(
            _t("Isi berkas ini %(kind)s, tetapi namanya tidak berakhiran .%(kind_small)s. Periksa berkas yang dipilih.")
            % {"kind": kind.name.upper(), "kind_small": kind.name}
        )
    return kind


def _list(kinds: Collection[Kind]) -> str:
    *first, last = (kind.name.upper() for kind in kinds)
    return _t("%(first)s atau %(last)s") % {"first": ", ".join(first), "last": last}


def _check_name(name: str) -> None:
    odd = any(unicodedata.category(letter) in UNSAFE_CLASSES for letter in name)
    if odd or "/" in name or "\\" in name:
        raise _invalid(_t("Nama berkas mengandung tanda yang tidak diperbolehkan. Ganti namanya, lalu unggah lagi."))
    if not name.strip() or len(name) > LONGEST_NAME:
        raise _invalid(_t("Nama berkas kosong atau terlalu panjang. Ganti namanya, lalu unggah lagi."))


def washed(content: bytes, kind: Kind, *, place: bool = False) -> parent.Washed:
    """The file written anew, or `Invalid`; with `place`, also where a photo says that it was taken."""
    try:
        return parent.wash(content, kind, place=place)
    except Unfit as unfit:
        raise _invalid(str(FAULTS[unfit.fault]) % LIMITS) from unfit


def _invalid(sentence: str) -> Invalid:
    return Invalid({"file": [sentence]})
