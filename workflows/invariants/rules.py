"""The invariants, each a query that returns offenders (`id`, `why`); no row is good news.

Numbers as in the assurance plan. They read tables and columns by name, on purpose: a fault in a model
must not hide itself here.
"""

from typing import Final

EDGES: Final = """
    ('draft','submitted'), ('draft','withdrawn'),
    ('submitted','in_verification'), ('submitted','awaiting_decision'), ('submitted','withdrawn'),
    ('submitted','deemed_granted'),
    ('in_verification','returned'), ('in_verification','awaiting_recommendations'),
    ('in_verification','awaiting_decision'), ('in_verification','withdrawn'), ('in_verification','deemed_granted'),
    ('returned','submitted'), ('returned','withdrawn'), ('returned','lapsed'), ('returned','deemed_granted'),
    ('awaiting_recommendations','awaiting_decision'), ('awaiting_recommendations','withdrawn'),
    ('awaiting_recommendations','deemed_granted'),
    ('awaiting_decision','awaiting_recommendations'),
    ('awaiting_decision','approved'), ('awaiting_decision','awaiting_payment'), ('awaiting_decision','refused'),
    ('awaiting_decision','withdrawn'), ('awaiting_decision','deemed_granted'),
    ('deemed_granted','approved'), ('deemed_granted','awaiting_payment'),
    ('awaiting_payment','approved'), ('awaiting_payment','withdrawn'), ('awaiting_payment','lapsed'),
    ('refused','awaiting_decision'), ('refused','deemed_granted'),
    ('approved','issued')
"""

MOVES: Final = """
    WITH moves AS (
        SELECT subject_id, seq, kind, at, actor_kind, actor_id, lane, data->>'from' AS a, data->>'to' AS b,
               lag(data->>'to') OVER (PARTITION BY subject_id ORDER BY seq) AS before
        FROM workflows_event WHERE subject_kind = 'case' AND data ? 'to'
    )
"""

RULES: Final[dict[str, str]] = {
    "I-1 every submitted case has one receipt and one key": """
        SELECT id, 'submitted without receipt, key or time' AS why FROM workflows_case
        WHERE state NOT IN ('draft', 'withdrawn')
          AND (reference IS NULL OR submission_key IS NULL OR submitted_at IS NULL OR tracking_code IS NULL)
        UNION ALL
        SELECT (array_agg(id))[1], 'submission key used twice' FROM workflows_case
        WHERE submission_key IS NOT NULL GROUP BY submission_key HAVING count(*) > 1
    """,
    "I-2 a case's state is the replay of its events": f"""
        {MOVES}
        SELECT c.id, 'state ' || c.state || ' but events end in ' || coalesce(
                   (SELECT b FROM moves m WHERE m.subject_id = c.id ORDER BY seq DESC LIMIT 1), 'draft') AS why
        FROM workflows_case c
        WHERE c.state <> coalesce(
            (SELECT b FROM moves m WHERE m.subject_id = c.id ORDER BY seq DESC LIMIT 1), 'draft')
        UNION ALL
        SELECT subject_id, 'move ' || a || ' to ' || b || ' does not follow' FROM moves
        WHERE a <> coalesce(before, 'draft')
        UNION ALL
        SELECT c.id, 'no first event' FROM workflows_case c WHERE NOT EXISTS (
            SELECT 1 FROM workflows_event e
            WHERE e.subject_kind = 'case' AND e.subject_id = c.id AND e.seq = 1 AND e.kind = 'case.opened')
        UNION ALL
        SELECT c.id, 'revision is not the number of events' FROM workflows_case c
        WHERE c.revision <> (
            SELECT count(*) FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = c.id)
    """,
    "I-3 every move is an edge, of this definition, by somebody who could": f"""
        {MOVES}
        SELECT subject_id AS id, 'no such edge: ' || a || ' to ' || b AS why FROM moves
        WHERE (a, b) NOT IN (VALUES {EDGES})
        UNION ALL
        SELECT m.subject_id, 'recommendations in a service that asks nobody'
        FROM moves m JOIN workflows_case c ON c.id = m.subject_id
        JOIN workflows_serviceversion v ON v.id = c.service_version_id
        WHERE m.b = 'awaiting_recommendations'
          AND coalesce(jsonb_array_length(v.body->'recommenders'), 0) = 0
        UNION ALL
        SELECT m.subject_id, 'decided by somebody without the authority'
        FROM moves m JOIN workflows_case c ON c.id = m.subject_id
        WHERE m.lane = 'real' AND m.kind IN ('case.approved', 'case.approved_unpaid', 'case.refused')
          AND NOT EXISTS (
            SELECT 1 FROM agencies_membership h
            WHERE h.user_id = m.actor_id AND h.agency_id = c.agency_id AND h.role IN ('approver', 'officer')
              AND h.since <= (m.at AT TIME ZONE 'Asia/Jakarta')::date
              AND (h.until IS NULL OR h.until >= (m.at AT TIME ZONE 'Asia/Jakarta')::date))
    """,
    "I-4 issued means exactly one number, and numbers have no gap": """
        SELECT c.id, 'issued without a permit' AS why FROM workflows_case c
        WHERE c.state = 'issued' AND NOT EXISTS (SELECT 1 FROM workflows_permit p WHERE p.case_id = c.id)
        UNION ALL
        SELECT p.id, 'permit of a case that is not approved' FROM workflows_permit p
        JOIN workflows_case c ON c.id = p.case_id WHERE c.state NOT IN ('approved', 'issued')
        UNION ALL
        SELECT p.id, 'issued without a number' FROM workflows_permit p JOIN workflows_case c ON c.id = p.case_id
        WHERE c.state = 'issued' AND p.kind <> 'none' AND p.number = ''
        UNION ALL
        SELECT s.id, 'numbers of ' || s.series || ' have a gap or a repeat' FROM workflows_numberseries s
        JOIN workflows_permit p ON p.series_id = s.id
        GROUP BY s.id HAVING count(*) <> s.last OR min(p.seq) <> 1 OR max(p.seq) <> s.last
           OR count(DISTINCT p.seq) <> count(*)
        UNION ALL
        SELECT p.id, 'a duplicate with a number or a code of its own kind' FROM workflows_permit p
        JOIN workflows_permit o ON o.id = p.copy_of_id
        WHERE p.number <> o.number OR p.series_id IS NOT NULL OR p.code = o.code OR o.copy_of_id IS NOT NULL
    """,
    "permits: a status is what the events say, and what took it away was in order": """
        WITH changes AS (
            SELECT (data->>'permit')::uuid AS permit_id, data->>'was' AS was, data->>'status' AS status, seq,
                   lag(data->>'status') OVER w AS before,
                   row_number() OVER (PARTITION BY data->>'permit' ORDER BY seq DESC) AS from_last
            FROM workflows_event WHERE subject_kind = 'case' AND kind LIKE 'permit.%' AND data ? 'status'
            WINDOW w AS (PARTITION BY data->>'permit' ORDER BY seq)
        )
        SELECT p.id, 'status ' || p.status || ' but events end in ' || coalesce(c.status, 'active') AS why
        FROM workflows_permit p LEFT JOIN changes c ON c.permit_id = p.id AND c.from_last = 1
        WHERE p.status <> coalesce(c.status, 'active')
        UNION ALL
        SELECT permit_id, 'change from ' || was || ' to ' || status || ' does not follow' FROM changes
        WHERE was <> coalesce(before, 'active')
        UNION ALL
        SELECT p.id, 'replaced by nothing' FROM workflows_permit p
        WHERE p.status = 'superseded' AND NOT EXISTS (
            SELECT 1 FROM workflows_case c WHERE c.previous_permit_id = p.id AND c.state = 'issued'
              AND c.effect IN ('renews', 'amends'))
        UNION ALL
        SELECT p.id, 'revoked without two signatures or the wish of its holder' FROM workflows_permit p
        WHERE p.status = 'revoked' AND NOT EXISTS (
            SELECT 1 FROM workflows_permitaction a WHERE a.permit_id = p.id AND a.kind = 'revoked'
              AND a.seconded_by_id <> a.by_id)
          AND NOT EXISTS (
            SELECT 1 FROM workflows_case c WHERE c.previous_permit_id = p.id AND c.state = 'issued'
              AND c.effect = 'revokes')
        UNION ALL
        SELECT p.id, 'ended before its last day had passed' FROM workflows_permit p
        JOIN workflows_event e ON e.subject_id = p.case_id AND e.kind = 'permit.expired'
        WHERE (e.at AT TIME ZONE 'Asia/Jakarta')::date <= p.valid_until
        UNION ALL
        SELECT a.permit_id, 'acted upon by somebody without the authority' FROM workflows_permitaction a
        JOIN workflows_permit p ON p.id = a.permit_id JOIN workflows_case c ON c.id = p.case_id
        WHERE p.lane = 'real' AND EXISTS (
            SELECT 1 FROM unnest(ARRAY[a.by_id, a.seconded_by_id]) AS who WHERE who IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM agencies_membership h
                WHERE h.user_id = who AND h.agency_id = c.agency_id AND h.role IN ('approver', 'officer')
                  AND h.since <= (a.at AT TIME ZONE 'Asia/Jakarta')::date
                  AND (h.until IS NULL OR h.until >= (a.at AT TIME ZONE 'Asia/Jakarta')::date)))
    """,
    "I-6 nothing approved before every recommendation and the whole fee": """
        SELECT c.id, 'approved while a recommendation was open' AS why FROM workflows_case c
        WHERE c.state IN ('awaiting_payment', 'approved', 'issued')
          AND NOT EXISTS (SELECT 1 FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = c.id
                          AND e.kind = 'case.deemed_granted')
          AND EXISTS (SELECT 1 FROM workflows_recommendation r
                      WHERE r.case_id = c.id AND r.state IN ('planned', 'asked'))
        UNION ALL
        SELECT c.id, 'approved against a binding recommendation' FROM workflows_case c
        JOIN workflows_recommendation r ON r.case_id = c.id
        WHERE c.state IN ('awaiting_payment', 'approved', 'issued') AND r.binding AND r.verdict = 'unfavourable'
          AND NOT EXISTS (SELECT 1 FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = c.id
                          AND e.kind IN ('case.deemed_granted', 'case.reopened'))
        UNION ALL
        SELECT c.id, 'approved against advice without saying why' FROM workflows_case c
        JOIN workflows_recommendation r ON r.case_id = c.id
        WHERE c.state IN ('awaiting_payment', 'approved', 'issued') AND NOT r.binding AND r.verdict = 'unfavourable'
          AND NOT EXISTS (SELECT 1 FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = c.id
                          AND e.kind = 'case.deemed_granted')
          AND NOT EXISTS (SELECT 1 FROM workflows_decision d WHERE d.case_id = c.id AND d.against_reason <> '')
        UNION ALL
        SELECT c.id, 'decided without saying which recommendation never came' FROM workflows_case c
        JOIN workflows_recommendation r ON r.case_id = c.id AND r.state = 'lapsed'
        WHERE c.decided_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM workflows_decision d, jsonb_array_elements(d.missing) m
                          WHERE d.case_id = c.id AND m->>'agency' = r.agency_id)
        UNION ALL
        SELECT r.case_id, 'an agency was heard in round ' || r.round || ' but an earlier round left no trace'
        FROM workflows_recommendation r
        WHERE r.round <> 1 + (SELECT count(*) FROM workflows_earlieranswer a WHERE a.recommendation_id = r.id)
        UNION ALL
        SELECT c.id, 'recommendation given after the decision' FROM workflows_case c
        JOIN workflows_recommendation r ON r.case_id = c.id
        WHERE c.decided_at IS NOT NULL AND r.given_at > c.decided_at
        UNION ALL
        SELECT c.id, 'approved with an unpaid charge' FROM workflows_case c
        JOIN workflows_charge h ON h.case_id = c.id
        WHERE c.state IN ('approved', 'issued') AND h.state <> 'paid'
        UNION ALL
        SELECT h.id, 'paid without the whole amount' FROM workflows_charge h
        WHERE h.state = 'paid' AND h.amount <> coalesce((
            SELECT sum(p.amount) FROM workflows_payment p JOIN workflows_bill b ON b.id = p.bill_id
            WHERE b.charge_id = h.id AND p.status = 'accepted'), 0)
    """,
    "I-7 whoever decides did nothing else in the case": """
        SELECT d.case_id AS id, 'decided by the clerk who brought it in' AS why FROM workflows_decision d
        JOIN workflows_case c ON c.id = d.case_id JOIN workflows_servicetype s ON s.code = c.service_id
        WHERE c.channel = 'counter' AND d.by_id = c.opened_by_id AND s.shape <> 'A0'
        UNION ALL
        SELECT d.case_id, 'decided by a recommender' FROM workflows_decision d
        JOIN workflows_recommendation r ON r.case_id = d.case_id WHERE r.officer_id = d.by_id
        UNION ALL
        SELECT d.case_id, 'decided by who checked the papers' FROM workflows_decision d
        JOIN workflows_requirementcheck k ON k.case_id = d.case_id WHERE k.by_id = d.by_id
        UNION ALL
        SELECT k.case_id, 'checked by the clerk who received it' FROM workflows_requirementcheck k
        JOIN workflows_case c ON c.id = k.case_id WHERE c.channel = 'counter' AND k.by_id = c.opened_by_id
        UNION ALL
        SELECT a.case_id, 'two duties of one human' FROM workflows_duty a
        JOIN workflows_duty b ON b.case_id = a.case_id AND b.id > a.id
        JOIN agencies_staffidentity i ON i.user_id = a.user_id
        JOIN agencies_staffidentity j ON j.user_id = b.user_id AND j.person_id = i.person_id
        UNION ALL
        SELECT d.case_id, 'decided by the applicant' FROM workflows_decision d
        JOIN workflows_case c ON c.id = d.case_id JOIN agencies_person p ON p.id = c.applicant_id
        WHERE p.user_id = d.by_id
        UNION ALL
        SELECT r.case_id, 'recommended by who checked the papers' FROM workflows_recommendation r
        JOIN workflows_requirementcheck k ON k.case_id = r.case_id WHERE k.by_id = r.officer_id
    """,
    "ledger: intervals tile the life of a case": """
        WITH steps AS (
            SELECT case_id, opened_at, closed_at,
                   lag(closed_at) OVER w AS before, row_number() OVER w AS place
            FROM workflows_interval WINDOW w AS (PARTITION BY case_id ORDER BY opened_at, closed_at NULLS LAST)
        )
        SELECT case_id AS id, 'gap or overlap in the ledger' AS why FROM steps
        WHERE place > 1 AND opened_at IS DISTINCT FROM before
        UNION ALL
        SELECT c.id, 'the ledger does not begin with the case' FROM workflows_case c
        WHERE c.created_at IS DISTINCT FROM (SELECT min(opened_at) FROM workflows_interval i WHERE i.case_id = c.id)
        UNION ALL
        SELECT c.id, 'an open case is held by nobody, or a closed one by somebody' FROM workflows_case c
        WHERE (c.closed_at IS NULL) <> EXISTS (
            SELECT 1 FROM workflows_interval i WHERE i.case_id = c.id AND i.closed_at IS NULL)
    """,
    "pauses: a case is paused by one open pause, and late ones have two signatures": """
        SELECT c.id, 'paused without an open pause, or an open pause of a case that is not paused' AS why
        FROM workflows_case c LEFT JOIN workflows_pause p
          ON p.case_id = c.id AND p.closed_at IS NULL AND p.effective_at IS NOT NULL
        WHERE c.paused IS DISTINCT FROM coalesce(p.reason, '') OR c.paused_days_left IS DISTINCT FROM p.days_left
        UNION ALL
        SELECT case_id, 'a late pause without a second signature' FROM workflows_pause
        WHERE effective_at IS NOT NULL AND (late OR reason = 'force_majeure')
          AND (seconded_by_id IS NULL OR seconded_by_id = asked_by_id)
        UNION ALL
        SELECT c.id, 'the ledger names another party than the pause'
        FROM workflows_case c JOIN workflows_interval i ON i.case_id = c.id AND i.closed_at IS NULL
        WHERE (c.paused <> '' AND i.reason <> c.paused)
           OR (c.paused = '' AND i.reason IN ('correcting', 'paying', 'outage', 'force_majeure'))
    """,
}
