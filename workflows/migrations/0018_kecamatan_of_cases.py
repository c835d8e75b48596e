"""Cases that were handed in before districts were kept get the one where the applicant lives today."""

from django.db import migrations

FILL = """
UPDATE workflows_case c SET kecamatan = left(p.village_id, 8) FROM agencies_person p
WHERE p.id = c.applicant_id AND p.village_id IS NOT NULL AND c.submitted_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0017_case_kecamatan")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
