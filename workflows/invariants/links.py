"""Invariants of the one-time links by which agencies answer; same rules as `rules.py`."""

from typing import Final

LINKS: Final[dict[str, str]] = {
    "links: an answer by a link is hers to whom it was sent, once, while it opened": """
        SELECT l.id, 'used, and no answer says that it came by this link' AS why FROM workflows_advicelink l
        WHERE l.used_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM workflows_event e JOIN workflows_recommendation r ON r.id = l.recommendation_id
            WHERE e.subject_kind = 'case' AND e.subject_id = r.case_id AND e.kind = 'recommendation.given'
              AND e.data->>'by_link' = l.id::text AND e.actor_id = l.to_id AND e.at = l.used_at
              AND e.data->>'sent_by' = l.created_by_id::text AND e.data->>'agency' = r.agency_id)
        UNION ALL
        SELECT e.subject_id, 'an answer by a link that was not used, or twice by one' FROM workflows_event e
        WHERE e.kind = 'recommendation.given' AND e.data ? 'by_link'
          AND (NOT EXISTS (SELECT 1 FROM workflows_advicelink l
                           WHERE l.id::text = e.data->>'by_link' AND l.used_at = e.at)
            OR EXISTS (SELECT 1 FROM workflows_event f WHERE f.kind = e.kind AND f.id <> e.id
                         AND f.subject_id = e.subject_id AND f.data->>'by_link' = e.data->>'by_link'))
        UNION ALL
        SELECT l.id, 'used after it had ended, or by whoever sent it' FROM workflows_advicelink l
        WHERE l.used_at >= l.expires_at OR l.used_at < l.created_at OR l.to_id = l.created_by_id
           OR (l.used_at IS NOT NULL AND l.revoked_at IS NOT NULL)
        UNION ALL
        SELECT l.id, 'given to somebody who was no officer of the agency' FROM workflows_advicelink l
        JOIN workflows_recommendation r ON r.id = l.recommendation_id
        WHERE NOT EXISTS (
            SELECT 1 FROM agencies_membership h
            WHERE h.user_id = l.to_id AND h.agency_id = r.agency_id AND h.role = 'officer'
              AND h.since <= (l.created_at AT TIME ZONE 'Asia/Jakarta')::date
              AND (h.until IS NULL OR h.until >= (l.created_at AT TIME ZONE 'Asia/Jakarta')::date))
        UNION ALL
        SELECT (array_agg(id))[1], 'two live links of one recommendation' FROM workflows_advicelink
        WHERE used_at IS NULL AND revoked_at IS NULL GROUP BY recommendation_id HAVING count(*) > 1
        UNION ALL
        SELECT l.id, 'sent without an event' FROM workflows_advicelink l
        JOIN workflows_recommendation r ON r.id = l.recommendation_id
        WHERE NOT EXISTS (SELECT 1 FROM workflows_event e WHERE e.subject_id = r.case_id
                          AND e.kind = 'recommendation.link_sent' AND e.data->>'link' = l.id::text)
    """,
}
