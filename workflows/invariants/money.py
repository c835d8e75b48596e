"""The invariants of money: what is owed, what has come and what the books say are one and the same sum."""

from typing import Final

MONEY: Final[dict[str, str]] = {
    "I-9 the books agree with every fee, payment and refund": """
        WITH booked AS (
            SELECT charge_id,
                   coalesce(sum(debit - credit) FILTER (WHERE account = 'receivable'), 0) AS receivable,
                   coalesce(sum(credit - debit) FILTER (WHERE account = 'revenue'), 0) AS revenue,
                   coalesce(sum(debit) FILTER (WHERE account = 'treasury'), 0) AS came,
                   coalesce(sum(credit) FILTER (WHERE account = 'treasury'), 0) AS went,
                   coalesce(sum(credit - debit) FILTER (WHERE account = 'suspense'), 0) AS suspense,
                   coalesce(sum(credit - debit) FILTER (WHERE account = 'refunds'), 0) AS refunds
            FROM workflows_ledgerentry GROUP BY charge_id
        ), money AS (
            SELECT b.charge_id, sum(p.amount) AS came,
                   coalesce(sum(r.amount) FILTER (WHERE r.state = 'open'), 0) AS suspense,
                   coalesce(sum(r.amount) FILTER (WHERE r.state = 'requested'), 0) AS refunds,
                   coalesce(sum(r.amount) FILTER (WHERE r.state = 'done'), 0) AS went
            FROM workflows_payment p JOIN workflows_bill b ON b.id = p.bill_id
            LEFT JOIN workflows_refundtask r ON r.payment_id = p.id GROUP BY b.charge_id
        ), compared AS (
            SELECT h.id, h.amount, h.state, b.receivable, b.revenue, b.came, b.went, b.suspense, b.refunds,
                   coalesce(m.came, 0) AS really_came, coalesce(m.went, 0) AS really_went,
                   coalesce(m.suspense, 0) AS really_suspense, coalesce(m.refunds, 0) AS really_refunds
            FROM workflows_charge h LEFT JOIN booked b ON b.charge_id = h.id LEFT JOIN money m ON m.charge_id = h.id
        )
        SELECT id, 'what is owed is not what is booked as receivable' AS why FROM compared
        WHERE receivable IS DISTINCT FROM CASE WHEN state IN ('assessed', 'billed') THEN amount ELSE 0 END
        UNION ALL
        SELECT id, 'the fee is not what is booked as revenue' FROM compared
        WHERE revenue IS DISTINCT FROM CASE WHEN state = 'cancelled' THEN 0 ELSE amount END
        UNION ALL
        SELECT id, 'the treasury does not hold what the payments brought' FROM compared
        WHERE came <> really_came OR went <> really_went
        UNION ALL
        SELECT id, 'suspense or refunds are not the open refunds' FROM compared
        WHERE suspense <> really_suspense OR refunds <> really_refunds
        UNION ALL
        SELECT (array_agg(id))[1], 'a transaction that does not balance' FROM workflows_ledgerentry
        GROUP BY transaction HAVING sum(debit) <> sum(credit)
        UNION ALL
        SELECT id, 'the lines of the calculation do not sum to the fee' FROM workflows_charge
        WHERE jsonb_array_length(lines) > 0
          AND amount <> (SELECT sum((line->>'amount')::bigint) FROM jsonb_array_elements(lines) AS line)
    """,
    "I-9 each gateway reference once, each accepted payment receipted once": """
        SELECT (array_agg(id))[1] AS id, 'gateway reference taken twice' AS why FROM workflows_payment
        GROUP BY gateway, payment_ref HAVING count(*) > 1
        UNION ALL
        SELECT p.id, 'accepted without a receipt, or receipted without being accepted' FROM workflows_payment p
        LEFT JOIN workflows_receipt k ON k.payment_id = p.id WHERE (p.status = 'accepted') <> (k.id IS NOT NULL)
        UNION ALL
        SELECT p.id, 'money that nobody owed and nobody gives back' FROM workflows_payment p
        LEFT JOIN workflows_refundtask r ON r.payment_id = p.id WHERE (p.status = 'accepted') <> (r.id IS NULL)
        UNION ALL
        SELECT s.id, 'receipts of ' || s.year || ' have a gap or a repeat' FROM workflows_numberseries s
        JOIN workflows_receipt k ON k.series_id = s.id
        GROUP BY s.id HAVING count(*) <> s.last OR min(k.seq) <> 1 OR max(k.seq) <> s.last
    """,
    "M19 a population document costs nothing": """
        SELECT h.id, 'a charge for a population document' AS why FROM workflows_charge h
        JOIN workflows_case c ON c.id = h.case_id JOIN workflows_serviceversion v ON v.id = c.service_version_id
        WHERE v.body->>'population_document' = 'true'
        UNION ALL
        SELECT id, 'a population document with a fee' FROM workflows_serviceversion
        WHERE body->>'population_document' = 'true' AND body->'fee'->>'kind' <> 'free'
    """,
}
