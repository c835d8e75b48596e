"""What may go wrong in a way that a person can act on.

Service functions raise these; pages and the API translate each of them once. `sentence` is written
for the person in front of the screen, in her language, and never holds personal data.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentence = str | Promise


class MallError(Exception):
    """Base of them all. `status` is the HTTP status that says the same."""

    status = 500

    def __init__(self, sentence: Sentence = "") -> None:
        self.sentence = str(sentence) or self.usual_sentence()
        super().__init__(self.sentence)

    def usual_sentence(self) -> str:
        """What to say when the raiser gave no sentence."""
        return _("Terjadi kesalahan. Silakan coba lagi.")


class Refused(MallError):
    """This actor may not do that (403)."""

    status = 403

    def usual_sentence(self) -> str:
        """See `MallError`."""
        return _("Anda tidak berwenang melakukan tindakan ini.")


class Missing(MallError):
    """There is no such thing, or not for this actor (404)."""

    status = 404

    def usual_sentence(self) -> str:
        """See `MallError`."""
        return _("Data yang Anda cari tidak ditemukan.")


class Conflict(MallError):
    """Too late, or already done (409). `possible` names the actions that are open now."""

    status = 409

    def __init__(self, sentence: Sentence = "", *, possible: Iterable[str] = ()) -> None:
        super().__init__(sentence)
        self.possible: tuple[str, ...] = tuple(possible)

    def usual_sentence(self) -> str:
        """See `MallError`."""
        return _("Tindakan ini tidak mungkin lagi pada keadaan sekarang.")


class Invalid(MallError):
    """The input has faults (422). `fields` maps a field to its sentences; `""` is the whole form."""

    status = 422

    def __init__(self, fields: Mapping[str, Iterable[Sentence]], sentence: Sentence = "") -> None:
        super().__init__(sentence)
        self.fields: dict[str, list[str]] = {
            name: [str(one) for one in sentences] for name, sentences in fields.items()
        }
        self.args = (f"{self.sentence} ({', '.join(self.fields)})",)

    def usual_sentence(self) -> str:
        """See `MallError`."""
        return _("Ada isian yang perlu diperbaiki.")


class Unavailable(MallError):
    """We cannot do or promise that now (503)."""

    status = 503

    def usual_sentence(self) -> str:
        """See `MallError`."""
        return _("Layanan ini sedang tidak tersedia. Silakan coba beberapa saat lagi.")
