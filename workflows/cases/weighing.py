"""What the agencies said, as a decision must weigh it: a veto, advice passed over, an answer that never came."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from workflows.cases.advice import Recommendation, RecommendationState, Verdict


def missing(advice: Iterable[Recommendation]) -> list[dict[str, str]]:
    """The recommendations that never came, each with the last day on which it was awaited."""
    return [
        {"agency": one.agency_id, "until": clock.wib_date(one.due_at).isoformat() if one.due_at else ""}
        for one in advice
        if one.state == RecommendationState.LAPSED
    ]


def vetoes(advice: Iterable[Recommendation]) -> list[Recommendation]:
    """Binding recommendations against it: while they stand, nobody can approve."""
    return [one for one in advice if one.binding and one.verdict == Verdict.UNFAVOURABLE]


def objections(advice: Iterable[Recommendation]) -> list[Recommendation]:
    """Advisory recommendations against it: whoever approves all the same must say why."""
    return [one for one in advice if not one.binding and one.verdict == Verdict.UNFAVOURABLE]


def require_approvable(advice: list[Recommendation], against_reason: str) -> None:
    """Raise `Conflict` for a veto, `Invalid` when advice is passed over without a word."""
    if against := vetoes(advice):
        raise Conflict(
            _("Rekomendasi mengikat dari %(agencies)s tidak menyetujui; permohonan ini tidak dapat disetujui.")
            % {"agencies": ", ".join(sorted(one.agency_id for one in against))},
            possible=("refuse",),
        )
    if objections(advice) and not against_reason.strip():
        raise Invalid({"against_reason": [_("Tulis mengapa Anda memutus berlawanan dengan rekomendasi instansi.")]})
