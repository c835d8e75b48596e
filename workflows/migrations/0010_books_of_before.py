"""Books and receipts for the charges and payments that were there before there were books."""

from django.db import migrations

ENTRIES = """
    WITH booked AS (
        SELECT gen_random_uuid() AS transaction, 'assessed' AS occasion, 'receivable' AS debited,
               'revenue' AS credited, id AS charge_id, NULL::uuid AS payment_id, amount, assessed_at AS at
        FROM workflows_charge
        UNION ALL
        SELECT gen_random_uuid(), 'cancelled', 'revenue', 'receivable', h.id, NULL, h.amount, c.touched_at
        FROM workflows_charge h JOIN workflows_case c ON c.id = h.case_id WHERE h.state = 'cancelled'
        UNION ALL
        SELECT gen_random_uuid(), 'paid', 'treasury', 'receivable', b.charge_id, p.id, p.amount, p.recorded_at
        FROM workflows_payment p JOIN workflows_bill b ON b.id = p.bill_id WHERE p.status = 'accepted'
        UNION ALL
        SELECT gen_random_uuid(), 'unexpected', 'treasury', 'suspense', b.charge_id, p.id, p.amount, p.recorded_at
        FROM workflows_payment p JOIN workflows_bill b ON b.id = p.bill_id WHERE p.status <> 'accepted'
        UNION ALL
        SELECT gen_random_uuid(), 'refund_arranged', 'suspense', 'refunds', b.charge_id, p.id, p.amount,
               coalesce(r.done_at, r.opened_at)
        FROM workflows_refundtask r JOIN workflows_payment p ON p.id = r.payment_id
        JOIN workflows_bill b ON b.id = p.bill_id WHERE r.state <> 'open'
        UNION ALL
        SELECT gen_random_uuid(), 'refunded', 'refunds', 'treasury', b.charge_id, p.id, p.amount, r.done_at
        FROM workflows_refundtask r JOIN workflows_payment p ON p.id = r.payment_id
        JOIN workflows_bill b ON b.id = p.bill_id WHERE r.state = 'done'
    )
    INSERT INTO workflows_ledgerentry
        (id, transaction, occasion, account, agency_id, debit, credit, case_id, charge_id, payment_id, lane, at)
    SELECT gen_random_uuid(), booked.transaction, booked.occasion, side.account, c.agency_id,
           side.debit * booked.amount, (1 - side.debit) * booked.amount, c.id, h.id, booked.payment_id, c.lane, booked.at
    FROM booked JOIN workflows_charge h ON h.id = booked.charge_id JOIN workflows_case c ON c.id = h.case_id
    CROSS JOIN LATERAL (VALUES (booked.debited, 1), (booked.credited, 0)) AS side (account, debit)
"""

RECEIPTS = """
    WITH paid AS (
        SELECT p.id, p.recorded_at, c.lane, p.status,
               extract(year FROM p.recorded_at AT TIME ZONE 'Asia/Jakarta')::int AS year
        FROM workflows_payment p JOIN workflows_bill b ON b.id = p.bill_id
        JOIN workflows_charge h ON h.id = b.charge_id JOIN workflows_case c ON c.id = h.case_id
        WHERE p.status = 'accepted'
    ), numbered AS (
        SELECT *, row_number() OVER (PARTITION BY lane, year ORDER BY recorded_at, id) AS seq FROM paid
    ), series AS (
        INSERT INTO workflows_numberseries (id, series, unit, year, lane, last)
        SELECT gen_random_uuid(), 'payment-receipt', '', year, lane, count(*) FROM paid GROUP BY year, lane
        RETURNING id, year, lane
    )
    INSERT INTO workflows_receipt (id, payment_id, series_id, seq, number, code, issued_at)
    SELECT gen_random_uuid(), n.id, s.id, n.seq,
           CASE n.lane WHEN 'real' THEN 'KW-' ELSE 'UJI-KW-' END || n.year || '-' || lpad(n.seq::text, 6, '0'),
           upper(left(replace(gen_random_uuid()::text, '-', ''), 24)), n.recorded_at
    FROM numbered n JOIN series s ON s.year = n.year AND s.lane = n.lane
"""


SETTLE = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""PostgreSQL alters no table that still has checks to do at the end of the transaction."""


class Migration(migrations.Migration):
    dependencies = [
        ('workflows', '0009_money_in_the_books'),
    ]

    operations = [
        migrations.RunSQL([ENTRIES, RECEIPTS], migrations.RunSQL.noop),
        migrations.RunSQL(SETTLE, migrations.RunSQL.noop),
    ]
