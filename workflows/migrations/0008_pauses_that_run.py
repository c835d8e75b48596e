"""A row for every pause that ran before pauses were rows; the reason is the state's."""

from django.db import migrations

ROWS = """
INSERT INTO workflows_pause (id, case_id, reason, note, late, asked_at, effective_at, days_left)
SELECT gen_random_uuid(), c.id, c.paused, '', false, i.opened_at, i.opened_at, c.paused_days_left
FROM workflows_case c JOIN workflows_interval i ON i.case_id = c.id AND i.closed_at IS NULL
WHERE c.paused <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0007_pauses")]

    operations = [migrations.RunSQL(ROWS, migrations.RunSQL.noop)]
