"""What a refusal rests on. A refusal cites at least one requirement, recommendation or visit (UU 30/2014 art. 55).

A ground is named by a code: that of a requirement, `_answers` for the form itself, `recommendation:DINKES`,
`inspection:DINKES`. What it said is frozen with the decision, so that the letter never changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.errors import Invalid
from workflows.cases.advice import Recommendation, RecommendationState, Verdict
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.visits import Inspection, InspectionState

ADVICE = "recommendation:"
VISIT = "inspection:"
FORM = RequirementCheck.ANSWERS


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that a refusal may cite, in the words of the file."""

    code: str
    name: str
    note: str = ""
    against: bool = False
    """Does the file itself speak against the application here?"""

    def plain(self) -> dict[str, Any]:
        """For the frozen decision."""
        kept = asdict(self)
        del kept["against"]
        return kept


def offered(case: Case) -> list[Ground]:
    """Everything that a refusal of this case may cite, in the order of the letter. At most three queries."""
    return [*_papers(case), *_advice(case), *_visits(case)]


def cited(case: Case, codes: Sequence[str] | None) -> list[dict[str, Any]]:
    """The grounds of these codes; without codes, all that the file holds against the application.

    Raises:
        Invalid: none is cited, or one that this case does not have.
    """
    known = {one.code: one for one in offered(case) if codes is None or one.code in codes}
    chosen = [one.plain() for one in known.values() if codes is not None or one.against]
    if codes is not None and set(codes) - set(known):
        raise Invalid({"cites": [_("Pilih dasar penolakan dari daftar permohonan ini.")]})
    if not chosen:
        raise Invalid(
            {"cites": [_("Sebutkan paling sedikit satu syarat, rekomendasi, atau pemeriksaan yang menjadi dasarnya.")]}
        )
    return chosen


def _papers(case: Case) -> Iterator[Ground]:
    """The form and every requirement of the definition, with the last tick on each."""
    ticks = {one.requirement: one for one in case.checks.order_by("round")}
    names = {FORM: "Isian formulir", **{one.code: one.name.id for one in case.definition.requirements}}
    for code, name in names.items():
        tick = ticks.get(code)
        deficient = tick is not None and tick.verdict == RequirementCheck.Verdict.DEFICIENT
        yield Ground(code, name, tick.note if tick and deficient else "", against=deficient)


def _advice(case: Case) -> Iterable[Ground]:
    if not case.definition.recommenders:
        return ()
    given = Recommendation.objects.filter(case=case, state=RecommendationState.GIVEN).select_related("agency")
    return [
        Ground(
            f"{ADVICE}{one.agency_id}",
            f"Rekomendasi {one.agency.name_id}",
            one.reason,
            against=one.verdict == Verdict.UNFAVOURABLE,
        )
        for one in given.order_by("agency_id")
    ]


def _visits(case: Case) -> Iterable[Ground]:
    if case.definition.inspection is None:
        return ()
    held = Inspection.objects.filter(case=case, state=InspectionState.HELD).select_related("agency")
    return [
        Ground(
            f"{VISIT}{one.agency_id}",
            f"Pemeriksaan lapangan {one.agency.name_id}",
            one.findings,
            against=one.result == Inspection.Result.UNFIT,
        )
        for one in held.order_by("agency_id")
    ]
