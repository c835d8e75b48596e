"""Invariants of signatures, deemed grants, duties, objections and appeals; same rules as `rules.py`."""

from typing import Final

DAY: Final = "(d.at AT TIME ZONE 'Asia/Jakarta')::date"

REMEDIES: Final[dict[str, str]] = {
    "signature: a final decision of the mall is signed by a power in force": f"""
        SELECT d.id, 'signed by a power that was not in force' AS why FROM workflows_decision d
        JOIN workflows_case c ON c.id = d.case_id
        JOIN agencies_signatory s ON s.id = d.signatory_id
        WHERE s.user_id <> d.by_id OR s.agency_id <> c.agency_id OR s.since > {DAY}
        UNION ALL
        SELECT d.id, 'final decision of the mall without a power to sign' FROM workflows_decision d
        JOIN workflows_case c ON c.id = d.case_id
        JOIN workflows_servicetype t ON t.code = c.service_id
        WHERE d.final AND t.authority = 'mall' AND (d.signatory_id IS NULL OR d.signature = '{{}}')
          AND EXISTS (SELECT 1 FROM agencies_signatory s WHERE s.agency_id = c.agency_id AND s.since <= {DAY})
    """,  # noqa: S608 - made of the constant above
    "deemed: one event, one statement, one duty, numbers without a gap": """
        SELECT c.id, 'deemed granted without exactly one event and one statement' AS why FROM workflows_case c
        WHERE (SELECT count(*) FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = c.id
               AND e.kind = 'case.deemed_granted')
           <> (SELECT count(*) FROM workflows_deemedgrant g WHERE g.case_id = c.id)
        UNION ALL
        SELECT s.id, 'statements have a gap or a repeat' FROM workflows_numberseries s
        LEFT JOIN workflows_deemedgrant g ON g.series_id = s.id
        WHERE s.series = 'deemed'
        GROUP BY s.id HAVING count(g.id) <> s.last OR min(g.seq) <> 1 OR max(g.seq) <> s.last
        UNION ALL
        SELECT c.id, 'granted by law or by a superior, and nobody owes the decision' FROM workflows_case c
        WHERE (c.state = 'deemed_granted' OR (c.state = 'awaiting_decision' AND c.instance <> 'first'))
          AND NOT EXISTS (SELECT 1 FROM workflows_dutytask t WHERE t.case_id = c.id AND t.done_at IS NULL)
        UNION ALL
        SELECT t.case_id, 'a duty is open and the decision is there' FROM workflows_dutytask t
        JOIN workflows_case c ON c.id = t.case_id
        WHERE t.done_at IS NULL AND c.state NOT IN ('deemed_granted', 'awaiting_decision', 'withdrawn')
        UNION ALL
        SELECT p.id, 'a permit that no person approved' FROM workflows_permit p
        WHERE NOT EXISTS (SELECT 1 FROM workflows_decision d
                          WHERE d.case_id = p.case_id AND d.final AND d.outcome = 'approved')
    """,
    "remedies: the instance of a case follows from what was upheld, and nobody answers on her own decision": """
        SELECT c.id, 'instance without an upheld remedy, or the other way round' AS why FROM workflows_case c
        WHERE (c.instance <> 'first') <> EXISTS (
            SELECT 1 FROM workflows_objection o
            WHERE o.case_id = c.id AND o.instance = c.instance AND o.state IN ('upheld', 'deemed_upheld'))
        UNION ALL
        SELECT o.case_id, 'answered by who decided' FROM workflows_objection o
        JOIN workflows_decision d ON d.case_id = o.case_id AND d.by_id = o.answered_by_id AND d.at <= o.filed_at
        UNION ALL
        SELECT o.case_id, 'appeal without a rejected objection' FROM workflows_objection o
        WHERE o.instance = 'appeal' AND NOT EXISTS (
            SELECT 1 FROM workflows_objection f
            WHERE f.case_id = o.case_id AND f.instance = 'objection' AND f.state = 'rejected')
        UNION ALL
        SELECT o.case_id, 'an unanswered remedy of a case that goes on' FROM workflows_objection o
        JOIN workflows_case c ON c.id = o.case_id WHERE o.state = 'filed' AND c.state <> 'refused'
    """,
}
