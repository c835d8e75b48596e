import agencies.migrating
import agencies.ids
import agencies.sealing
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import workflows.cases.decisions
import workflows.clock.models
import workflows.definition.kinds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('workflows', '0001_initial'), ('workflows', '0002_reasons_of_objection'), ('workflows', '0003_conditions'), ('workflows', '0004_duties_of_humans'), ('workflows', '0005_after_the_permit'), ('workflows', '0006_ladder'), ('workflows', '0007_pauses'), ('workflows', '0008_pauses_that_run'), ('workflows', '0009_money_in_the_books'), ('workflows', '0009_outages_settle'), ('workflows', '0010_books_of_before'), ('workflows', '0011_second_answers'), ('workflows', '0012_bank_lines'), ('workflows', '0013_order_of_lines'), ('workflows', '0014_drawn_inspectors'), ('workflows', '0015_decisions_and_remedies'), ('workflows', '0016_objections_up_the_chain'), ('workflows', '0017_case_kecamatan'), ('workflows', '0018_kecamatan_of_cases'), ('workflows', '0019_inspection_photos'), ('workflows', '0020_advice_links'), ('workflows', '0021_repairs_about_papers'), ('workflows', '0022_assignments_handed_over'), ('workflows', '0023_recounts'), ('workflows', '0024_day_roots'), ('workflows', '0025_steward')]

    initial = True

    dependencies = [
        ('agencies', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueStamp',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='SHA-256 over every file of the folder, hex.', max_length=64)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='DayRoot',
            fields=[
                ('day', models.DateField(help_text='Which day, WIB.', primary_key=True, serialize=False)),
                ('root', models.CharField(help_text="Merkle root over the heads of the day's chains.", max_length=64)),
                ('previous', models.CharField(blank=True, help_text='Link of the day before.', max_length=64)),
                ('link', models.CharField(help_text='SHA-256 over previous, day and root.', max_length=64)),
                ('sealed_at', models.DateTimeField(help_text='When it was computed.')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(help_text='What it is about: case, person, visit.', max_length=32)),
                ('subject_id', models.UUIDField(help_text='Id of what it is about.')),
                ('seq', models.PositiveIntegerField(help_text="Position in the subject's chain, from 1.")),
                ('kind', models.CharField(help_text='What happened, e.g. `case.submitted`.', max_length=64)),
                ('at', models.DateTimeField(help_text="When, read after the subject's lock was taken.")),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', max_length=8)),
                ('actor_kind', models.CharField(max_length=16)),
                ('actor_id', models.UUIDField(help_text='The user, where a user acted.', null=True)),
                ('actor_name', models.CharField(blank=True, help_text='The part of the system that acted.', max_length=64)),
                ('data', models.JSONField(default=dict, help_text='Facts: codes, ids, counts, digests.')),
                ('previous', models.CharField(blank=True, help_text="Hash of the subject's event before.", max_length=64)),
                ('hash', models.CharField(help_text='SHA-256 over the previous hash and this event.', max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'at'], name='event_kind_at')],
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'seq'), name='event_chain_position')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('series', models.CharField(help_text='The template of permit numbers, or `receipt`.', max_length=120)),
                ('unit', models.CharField(blank=True, max_length=32)),
                ('year', models.PositiveSmallIntegerField()),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], max_length=8)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'unit', 'year', 'lane'), name='series_one_counter')],
            },
        ),
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('system', models.CharField(help_text='The system, as definitions name it in depends_on.', max_length=80)),
                ('title', models.CharField(help_text='What does not work, for the public to read.', max_length=160)),
                ('notice', models.TextField(blank=True, help_text='What it means for applicants, for the public to read.')),
                ('begins_at', models.DateTimeField(help_text='Since when; may lie before the entry.')),
                ('ends_at', models.DateTimeField(help_text='Until when; null while it lasts.', null=True)),
                ('entered_at', models.DateTimeField(help_text='When it was entered.')),
                ('settled_at', models.DateTimeField(help_text='When every case had its time and went on.', null=True)),
                ('entered_by', models.ForeignKey(help_text='Who entered it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-begins_at'], name='outage_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('begins_at')), _connector='OR'), name='outage_not_negative'), models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('system',), name='outage_one_open_a_system')],
            },
        ),
        migrations.CreateModel(
            name='OutboxRow',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField()),
                ('consumer', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('done', 'Done'), ('failed', 'Failed')], default='pending', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('next_attempt_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(help_text='A worker has it until then.', null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True, help_text='Class and place of the last failure; no personal data.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['next_attempt_at'], name='outbox_due'), models.Index(condition=models.Q(('state', 'failed')), fields=['created_at'], name='outbox_failed')],
                'constraints': [models.UniqueConstraint(fields=('event_id', 'consumer'), name='outbox_once_per_consumer'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'done', 'failed'])), name='outbox_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('added', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, help_text='Days that stopped to be working days.', size=None)),
                ('site', models.CharField(blank=True, help_text='Whose hours changed; empty: holidays of all.', max_length=20)),
                ('first', models.DateField(help_text='What is due on that day or later may move.')),
                ('at', models.DateTimeField(help_text='When; what began later was counted by the new calendar.')),
                ('after', models.UUIDField(help_text='The last case that was counted again.', null=True)),
                ('done_at', models.DateTimeField(help_text='When the last one was.', null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['at', 'id'], name='recount_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('spouse', 'Suami atau istri'), ('parent', 'Orang tua'), ('child', 'Anak'), ('sibling', 'Saudara'), ('business', 'Usaha milik atau tempat bekerja'), ('other', 'Hubungan lain')], help_text='What binds them.', max_length=16)),
                ('nik', agencies.sealing.SealedTextField(blank=True, help_text='NIK of the other, sealed; empty for a business.')),
                ('nik_index', models.CharField(blank=True, editable=False, help_text='Keyed hash of that NIK.', max_length=64)),
                ('nib', models.CharField(blank=True, help_text='NIB of the business; empty for a person.', max_length=13)),
                ('declared_at', models.DateTimeField(help_text='When, UTC.')),
                ('until', models.DateField(help_text='Last day on which it binds, WIB; empty: no end.', null=True)),
                ('user', models.ForeignKey(help_text='Who declared it.', on_delete=django.db.models.deletion.PROTECT, related_name='relations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('nik_index', ''), _negated=True), fields=['nik_index'], name='relation_of_other')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['spouse', 'parent', 'child', 'sibling', 'business', 'other'])), name='relation_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('nik_index', ''), _negated=True), ('nib', '')), models.Q(('nik_index', ''), models.Q(('nib', ''), _negated=True)), _connector='OR'), name='relation_names_one_other'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user', 'nik_index', 'nib'), name='relation_once_while_it_lasts')],
            },
        ),
        migrations.CreateModel(
            name='BankFile',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(help_text='The day (WIB) that it is about.')),
                ('sha256', models.CharField(help_text='Of its bytes, hex: the same file is taken once.', max_length=64, unique=True)),
                ('lines', models.PositiveIntegerField(help_text='How many payments it names.')),
                ('taken_at', models.DateTimeField(help_text='When.')),
                ('taken_by', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-day', 'id'], name='bankfile_day')],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(help_text='Its line in the file, from 1.')),
                ('booked_on', models.DateField(help_text="The bank's day.")),
                ('reference', models.CharField(help_text="The gateway's name for the payment.", max_length=64, unique=True)),
                ('amount', models.PositiveBigIntegerField(help_text='Rupiah.')),
                ('description', models.CharField(blank=True, help_text='What the bank wrote beside it.', max_length=200)),
                ('file', models.ForeignKey(help_text='Where it stood.', on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='workflows.bankfile')),
            ],
            options={
                'indexes': [models.Index(fields=['booked_on'], name='bankline_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='bankline_is_money')],
            },
        ),
        migrations.CreateModel(
            name='ServiceType',
            fields=[
                ('code', models.CharField(help_text="Starts with the agency's code.", max_length=60, primary_key=True, serialize=False)),
                ('category', models.CharField(db_index=True, help_text='Group in the public list.', max_length=60)),
                ('name_id', models.CharField(help_text='Indonesian name in the current version.', max_length=200, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, help_text='English name, if there is one.', max_length=200)),
                ('keywords', models.TextField(blank=True, help_text='Words people look for, one a line.')),
                ('searchable', models.TextField(blank=True, help_text='Code, names, summary and keywords, normalised.')),
                ('shape', models.CharField(choices=[(workflows.definition.kinds.Shape['A0'], workflows.definition.kinds.Shape['A0']), (workflows.definition.kinds.Shape['A1'], workflows.definition.kinds.Shape['A1']), (workflows.definition.kinds.Shape['A2'], workflows.definition.kinds.Shape['A2']), (workflows.definition.kinds.Shape['A3'], workflows.definition.kinds.Shape['A3']), (workflows.definition.kinds.Shape['M0'], workflows.definition.kinds.Shape['M0']), (workflows.definition.kinds.Shape['M1'], workflows.definition.kinds.Shape['M1']), (workflows.definition.kinds.Shape['M1I'], workflows.definition.kinds.Shape['M1I']), (workflows.definition.kinds.Shape['M2'], workflows.definition.kinds.Shape['M2']), (workflows.definition.kinds.Shape['M2I'], workflows.definition.kinds.Shape['M2I'])], help_text='Route shape.', max_length=3)),
                ('authority', models.CharField(choices=[(workflows.definition.kinds.Authority['MALL'], workflows.definition.kinds.Authority['MALL']), (workflows.definition.kinds.Authority['AGENCY'], workflows.definition.kinds.Authority['AGENCY'])], help_text='Who decides: mall or agency.', max_length=8)),
                ('applicant', models.CharField(choices=[(workflows.definition.kinds.ApplicantKind['INDIVIDUAL'], workflows.definition.kinds.ApplicantKind['INDIVIDUAL']), (workflows.definition.kinds.ApplicantKind['BUSINESS'], workflows.definition.kinds.ApplicantKind['BUSINESS']), (workflows.definition.kinds.ApplicantKind['BOTH'], workflows.definition.kinds.ApplicantKind['BOTH'])], help_text='Who may apply.', max_length=12)),
                ('active', models.BooleanField(default=True, help_text='False: retired, takes no new cases.')),
                ('agency', models.ForeignKey(help_text='The home agency, which answers for it.', on_delete=django.db.models.deletion.PROTECT, related_name='services', to='agencies.agency')),
            ],
            options={
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='ServiceVersion',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(help_text='1 for the first version of the service.')),
                ('body', models.JSONField(help_text='The definition, canonical and whole.')),
                ('digest', models.CharField(help_text='SHA-256 of the canonical body, hex.', max_length=64)),
                ('state', models.CharField(choices=[('draft', 'Rancangan'), ('published', 'Berlaku'), ('retired', 'Tidak berlaku lagi')], default='draft', max_length=12)),
                ('effective_from', models.DateField(blank=True, help_text='First day (WIB) for new cases.', null=True)),
                ('published_at', models.DateTimeField(blank=True, help_text='When it was published.', null=True)),
                ('note', models.CharField(blank=True, help_text='What changed, for the register.', max_length=500)),
                ('service', models.ForeignKey(help_text='Of which service.', on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='workflows.servicetype')),
            ],
            options={
                'ordering': ('service', 'number'),
                'constraints': [models.UniqueConstraint(fields=('service', 'number'), name='workflows_serviceversion_number_once'), models.UniqueConstraint(fields=('service', 'digest'), name='workflows_serviceversion_digest_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('service',), name='workflows_serviceversion_one_draft'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('service',), name='workflows_serviceversion_one_published'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='workflows_serviceversion_state_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='OR'), name='workflows_serviceversion_published_at_known'), models.CheckConstraint(condition=models.Q(models.Q(('body__population_document', True), _negated=True), ('body__fee__kind', 'free'), _connector='OR'), name='workflows_serviceversion_population_is_free', violation_error_message='A population document is free (UU 24/2013 art. 79A).')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('instance', models.CharField(choices=[('first', 'Tingkat pertama'), ('objection', 'Keberatan'), ('appeal', 'Banding administratif')], default='first', help_text='First, or after which remedy.', max_length=12)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('final', models.BooleanField(default=True)),
                ('outcome', models.CharField(choices=[('approved', 'Disetujui'), ('refused', 'Ditolak')], max_length=16)),
                ('reason', models.TextField()),
                ('legal_basis', models.TextField(blank=True)),
                ('grounds', models.JSONField(blank=True, default=workflows.cases.decisions.nothing_cited, help_text='What a refusal rests on: requirements, recommendations, visits.')),
                ('remedy', models.TextField(blank=True, help_text='Where and until when the applicant can object.')),
                ('missing', models.JSONField(default=list, help_text='Recommendations that never came: `agency` and `until` (a day).')),
                ('against_reason', models.TextField(blank=True, help_text='Why it goes against an advisory recommendation.')),
                ('remedy_until', models.DateField(help_text='Last day of the objection, WIB; null where none was told.', null=True)),
                ('signature', models.JSONField(blank=True, default=workflows.cases.decisions.nobody_signs, help_text='The block of the signature as it was composed then.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signatory', models.ForeignKey(help_text='The power used.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.signatory')),
            ],
        ),
        migrations.CreateModel(
            name='DeemedGrant',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('cause', models.CharField(choices=[('term', 'Jangka waktu layanan lewat tanpa keputusan'), ('objection', 'Keberatan tidak dijawab sampai batas waktu'), ('appeal', 'Banding tidak dijawab sampai batas waktu')], help_text='Whose silence it was.', max_length=12)),
                ('law', models.TextField(help_text='By which law silence grants.')),
                ('term_end', models.DateTimeField(help_text='When the term, or the time for the answer, ended.')),
                ('at', models.DateTimeField(help_text='When it was recorded.')),
                ('seq', models.PositiveIntegerField()),
                ('number', models.CharField(help_text='Number of the statement, e.g. PDK-2026-000001.', max_length=64, unique=True)),
                ('code', models.CharField(help_text='Verification code, at least 64 random bits.', max_length=32, unique=True)),
                ('audited_at', models.DateTimeField(help_text='When the inspectorate has looked into it.', null=True)),
                ('audit_note', models.TextField(blank=True, help_text='What the inspectorate found; for the house only.')),
                ('audited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.numberseries')),
            ],
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(help_text='The day of the tie-out that found it.')),
                ('kind', models.CharField(choices=[('bank_only', 'Hanya di bank'), ('ledger_only', 'Hanya di buku'), ('amount', 'Jumlah berbeda')], help_text='How they differ.', max_length=12)),
                ('reference', models.CharField(help_text="The gateway's name for the payment.", max_length=64)),
                ('bank_amount', models.PositiveBigIntegerField(help_text='Rupiah, as the bank says.', null=True)),
                ('ledger_amount', models.PositiveBigIntegerField(help_text='Rupiah, as the books say.', null=True)),
                ('state', models.CharField(choices=[('open', 'Belum dijelaskan'), ('explained', 'Menunggu tanda tangan kedua'), ('closed', 'Selesai dijelaskan'), ('resolved', 'Cocok kemudian')], default='open', help_text='How far it is.', max_length=12)),
                ('explanation', models.TextField(blank=True, help_text='Why they differ, and what was done.')),
                ('found_at', models.DateTimeField(help_text='When it was found.')),
                ('ended_at', models.DateTimeField(help_text='When it was closed, or resolved itself.', null=True)),
                ('closed_by', models.ForeignKey(help_text='Second signature.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(help_text='Who must see to it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('human', models.UUIDField(help_text='Id of the person behind the account where she is known, else of the account.')),
                ('duty', models.CharField(choices=[('intake', 'Intake'), ('verifier', 'Verifier'), ('recommender', 'Recommender'), ('fee_assessor', 'Fee Assessor'), ('approver', 'Approver')], max_length=16)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DutyTask',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('law', models.TextField(help_text='From which law the duty follows.')),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='Closing time of the last working day.')),
                ('done_at', models.DateTimeField(null=True)),
                ('overdue_at', models.DateTimeField(help_text='When head and inspectorate were told that it is late.', null=True)),
                ('agency', models.ForeignKey(help_text='Who owes it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='EarlierAnswer',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField(help_text='Which answer it was; its conditions carry the same number.')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('favourable', 'Menyetujui'), ('conditional', 'Menyetujui dengan syarat'), ('unfavourable', 'Tidak menyetujui')], help_text='Empty: no answer came.', max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('legal_basis', models.TextField(blank=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('ended', models.CharField(choices=[('recalled', 'Ditarik kembali oleh instansi'), ('asked_again', 'Diminta ulang oleh pejabat yang memutus')], max_length=16)),
                ('ended_at', models.DateTimeField()),
                ('because', models.TextField(help_text='Why it does not count any more.')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('planned', 'Belum dijadwalkan'), ('scheduled', 'Dijadwalkan'), ('held', 'Selesai')], default='planned', max_length=16)),
                ('number', models.PositiveSmallIntegerField(default=1, help_text='1, and one more for every visit after repairs.')),
                ('scheduled_for', models.DateField(null=True)),
                ('drawn_from', models.PositiveSmallIntegerField(help_text='How many were eligible when the lot was drawn.', null=True)),
                ('override', models.CharField(blank=True, choices=[('absent', 'Petugas terundi berhalangan'), ('skill', 'Perlu keahlian khusus'), ('safety', 'Keselamatan petugas')], help_text='Why the lot was set aside.', max_length=16)),
                ('override_reason', models.TextField(blank=True)),
                ('held_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, choices=[('fit', 'Memenuhi'), ('unfit', 'Tidak memenuhi'), ('repair', 'Perlu diperbaiki pemohon')], max_length=8)),
                ('findings', models.TextField(blank=True)),
                ('position', models.CharField(blank=True, help_text='Latitude, longitude.', max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('inspector', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='InspectionPhoto',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(help_text='1 for the first of its report.')),
                ('file_id', models.UUIDField(help_text='Id of the file in the vault, checked and written anew.', unique=True)),
                ('position', models.CharField(blank=True, help_text='Latitude, longitude that the photo carried.', max_length=64)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='workflows.inspection')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('inspection', 'number'), name='photo_once_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Interval',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('holder', models.CharField(choices=[('applicant', 'Pemohon'), ('mall', 'Mal Pelayanan Publik'), ('agency', 'Instansi'), ('payment', 'Menunggu pembayaran'), ('national', 'Sistem nasional')], max_length=16)),
                ('agency', models.CharField(blank=True, help_text='Code of the agency, where one holds it.', max_length=32)),
                ('reason', models.CharField(choices=[('drafting', 'Pengisian permohonan'), ('queued', 'Menunggu pemeriksaan berkas'), ('checking', 'Pemeriksaan berkas'), ('correcting', 'Perbaikan oleh pemohon'), ('recommending', 'Menunggu rekomendasi teknis'), ('deciding', 'Menunggu keputusan'), ('paying', 'Menunggu pembayaran'), ('issuing', 'Penerbitan produk layanan'), ('outage', 'Gangguan sistem nasional'), ('force_majeure', 'Keadaan kahar'), ('objecting', 'Waktu untuk mengajukan keberatan'), ('answering', 'Menunggu jawaban atas keberatan')], max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('present', 'Pemohon hadir sendiri'), ('letter', 'Surat kuasa'), ('family', 'Keluarga satu KK'), ('village', 'Kantor desa/kelurahan')], max_length=16)),
                ('bearer', models.CharField(blank=True, help_text='Name of who came, where not the applicant.', max_length=160)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField()),
                ('clerk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('instance', models.CharField(choices=[('first', 'Tingkat pertama'), ('objection', 'Keberatan'), ('appeal', 'Banding administratif')], help_text='Objection or appeal.', max_length=12)),
                ('post', models.CharField(choices=[('head', 'head'), ('deputy', 'deputy')], default='head', help_text='Who there.', max_length=16)),
                ('vacant_since', models.DateTimeField(help_text='Since when nobody holds a post that could answer.', null=True)),
                ('key', models.UUIDField(help_text='Makes filing idempotent.', null=True, unique=True)),
                ('state', models.CharField(choices=[('filed', 'Diajukan, menunggu jawaban'), ('upheld', 'Dikabulkan'), ('rejected', 'Ditolak'), ('deemed_upheld', 'Dianggap dikabulkan karena tidak dijawab'), ('withdrawn', 'Ditarik pemohon')], default='filed', max_length=16)),
                ('reason', models.TextField(help_text='Why the applicant does not agree.')),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='Until when it must be answered; afterwards the law upholds it.')),
                ('answer', models.TextField(blank=True, help_text='What the superior answered, and why.')),
                ('legal_basis', models.TextField(blank=True)),
                ('remedy', models.TextField(blank=True, help_text='Where the applicant can go from here.')),
                ('appeal_until', models.DateField(help_text='Last day of the appeal, where one is left; WIB.', null=True)),
                ('signature', models.JSONField(blank=True, default=dict, help_text='The block of the signature, composed then.')),
                ('closed_at', models.DateTimeField(help_text='When it was answered, deemed upheld or withdrawn.', null=True)),
                ('agency', models.ForeignKey(help_text='Which office answers.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(help_text='The refusal contested.', on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='workflows.decision')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ObjectionMandate',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('present', 'Pemohon hadir sendiri'), ('letter', 'Surat kuasa'), ('family', 'Keluarga satu KK'), ('village', 'Kantor desa/kelurahan')], max_length=16)),
                ('bearer', models.CharField(blank=True, help_text='Name of who came, where not the applicant.', max_length=160)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField()),
                ('clerk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mandate', to='workflows.objection')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField(help_text='Its number among the obligations of the permit, from 1.')),
                ('text', models.TextField(help_text='What must be done, as it stands on the permit.')),
                ('due_on', models.DateField(help_text='Last day; null for what holds as long as the permit does.', null=True)),
                ('remind_on', models.DateField(help_text='When the holder is next reminded; null for never.', null=True)),
                ('state', models.CharField(choices=[('open', 'Belum dilaporkan'), ('overdue', 'Lewat tenggat'), ('reported', 'Dilaporkan, menunggu pemeriksaan'), ('accepted', 'Diterima')], default='open', help_text='Where it stands.', max_length=16)),
                ('account', models.TextField(blank=True, help_text='What the holder says she did.')),
                ('evidence', models.JSONField(default=list, help_text='Ids of the files of the vault that show it.')),
                ('reported_at', models.DateTimeField(help_text='When the holder last reported.', null=True)),
                ('remark', models.TextField(blank=True, help_text='What the officer found; where it was sent back, why.')),
                ('done_at', models.DateTimeField(help_text='When it was accepted.', null=True)),
                ('agency', models.ForeignKey(help_text='Who set it, and checks it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('checked_by', models.ForeignKey(help_text='Who checked last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Overtaking',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(choices=[('checking', 'Pemeriksaan berkas'), ('advising', 'Rekomendasi'), ('deciding', 'Keputusan')], help_text='In which line.', max_length=16)),
                ('code', models.CharField(choices=[('vulnerable', 'Prioritas kelompok rentan'), ('ordered', 'Perintah tertulis pimpinan'), ('related', 'Berkas terkait'), ('applicant', 'Yang lebih dahulu menunggu pemohonnya'), ('emergency', 'Keadaan darurat'), ('other', 'Alasan lain')], help_text='Why.', max_length=16)),
                ('note', models.CharField(blank=True, help_text='Why, in words; never leaves the reports.', max_length=400)),
                ('passed', models.PositiveIntegerField(help_text='How many were due on an earlier day and waited.')),
                ('at', models.DateTimeField(db_index=True, help_text='When, UTC.')),
                ('agency', models.ForeignKey(help_text='Whose line.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('drafting', 'Pengisian permohonan'), ('queued', 'Menunggu pemeriksaan berkas'), ('checking', 'Pemeriksaan berkas'), ('correcting', 'Perbaikan oleh pemohon'), ('recommending', 'Menunggu rekomendasi teknis'), ('deciding', 'Menunggu keputusan'), ('paying', 'Menunggu pembayaran'), ('issuing', 'Penerbitan produk layanan'), ('outage', 'Gangguan sistem nasional'), ('force_majeure', 'Keadaan kahar'), ('objecting', 'Waktu untuk mengajukan keberatan'), ('answering', 'Menunggu jawaban atas keberatan')], help_text='One of the four that the law knows.', max_length=16)),
                ('note', models.TextField(blank=True, help_text='Why, in the words of who asked; for staff.')),
                ('late', models.BooleanField(default=False, help_text='Asked for in the last fifth of the term (S01).')),
                ('asked_at', models.DateTimeField(help_text='When it was asked for.')),
                ('effective_at', models.DateTimeField(help_text='From when the term stands still; null while it runs on.', null=True)),
                ('closed_at', models.DateTimeField(help_text='When the term went on, or the request came to nothing.', null=True)),
                ('days_left', models.PositiveSmallIntegerField(help_text='Working days left when it took effect; null where no term ran any more.', null=True)),
                ('asked_by', models.ForeignKey(help_text='First signature.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outage', models.ForeignKey(help_text='The outage that caused it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='workflows.outage')),
                ('seconded_by', models.ForeignKey(help_text='Second signature.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('gateway', models.CharField(max_length=32)),
                ('payment_ref', models.CharField(max_length=64)),
                ('amount', models.PositiveBigIntegerField()),
                ('status', models.CharField(choices=[('accepted', 'Diterima'), ('double', 'Pembayaran ganda'), ('late', 'Terlambat')], max_length=16)),
                ('paid_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField(help_text='From 1 in each WIB year, without a gap.')),
                ('number', models.CharField(help_text='As printed: KW-2026-000123.', max_length=32, unique=True)),
                ('code', models.CharField(help_text='Verification code, at least 64 random bits.', max_length=32, unique=True)),
                ('issued_at', models.DateTimeField(help_text='When the payment was accepted.')),
                ('payment', models.OneToOneField(help_text='The accepted payment.', on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='workflows.payment')),
                ('series', models.ForeignKey(help_text='The counter of its number.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.numberseries')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'seq'), name='receipt_number_once')],
            },
        ),
        migrations.CreateModel(
            name='RefundTask',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.PositiveBigIntegerField(help_text='Rupiah.')),
                ('state', models.CharField(choices=[('open', 'Belum diajukan'), ('requested', 'Menunggu tanda tangan kedua'), ('done', 'Sudah dikembalikan')], default='open', help_text='How far it is.', max_length=12)),
                ('opened_at', models.DateTimeField(help_text='When the payment came.')),
                ('due_at', models.DateTimeField(help_text='Until when it must be back.')),
                ('reason', models.TextField(blank=True, help_text='How it goes back and why, in the words of the first signature.')),
                ('done_at', models.DateTimeField(help_text='When the second signature was given.', null=True)),
                ('confirmed_by', models.ForeignKey(help_text='Second signature.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.OneToOneField(help_text='The money that nobody owed.', on_delete=django.db.models.deletion.PROTECT, related_name='refund', to='workflows.payment')),
                ('requested_by', models.ForeignKey(help_text='First signature.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['due_at', 'id'], name='refund_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('requested_by')), _negated=True), _connector='OR'), name='refund_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('done_at', None), ('requested_by', None), ('state', 'open')), models.Q(('confirmed_by', None), ('done_at', None), ('requested_by__isnull', False), ('state', 'requested')), models.Q(('confirmed_by__isnull', False), ('done_at__isnull', False), ('requested_by__isnull', False), ('state', 'done')), _connector='OR'), name='refund_state_is_its_signatures')],
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='rendered, recorded or none.', max_length=16)),
                ('seq', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, max_length=120)),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', max_length=8)),
                ('code', models.CharField(help_text='Verification code, at least 64 random bits.', max_length=32, unique=True)),
                ('status', models.CharField(choices=[('active', 'Berlaku'), ('superseded', 'Digantikan'), ('suspended', 'Dibekukan'), ('revoked', 'Dicabut'), ('expired', 'Habis masa berlaku')], default='active', max_length=16)),
                ('granted_at', models.DateTimeField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(help_text='Last day; null when it does not end by date.', null=True)),
                ('frozen', models.JSONField(default=dict)),
                ('remind_on', models.DateField(help_text='When the holder is next reminded of the end; null for never.', null=True)),
                ('document_id', models.UUIDField(help_text='The sealed PDF, by its id in `documents`.', null=True)),
                ('sha256', models.CharField(blank=True, help_text='Of the sealed bytes.', max_length=64)),
                ('issued_at', models.DateTimeField(null=True)),
                ('copy_of', models.ForeignKey(help_text='The permit that this is a duplicate of; it bears the same number and stands or falls with it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='workflows.permit')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='workflows.numberseries')),
            ],
        ),
        migrations.CreateModel(
            name='PermitAction',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('suspended', 'Dibekukan'), ('resumed', 'Pembekuan diakhiri'), ('proposed', 'Pencabutan diusulkan'), ('dropped', 'Usul pencabutan dibatalkan'), ('revoked', 'Dicabut')], help_text='What was done.', max_length=16)),
                ('reason', models.TextField(help_text='Why, for the holder to read.')),
                ('legal_basis', models.TextField(blank=True, help_text='By which law.')),
                ('remedy', models.TextField(blank=True, help_text='Where and until when the holder can object.')),
                ('at', models.DateTimeField(help_text='When it took effect.')),
                ('by', models.ForeignKey(help_text='Who signed first.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('permit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='workflows.permit')),
                ('seconded_by', models.ForeignKey(help_text='Who signed second; a revocation has two signatures of two people.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['permit', 'at'], name='permitaction_of_permit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['suspended', 'resumed', 'proposed', 'dropped', 'revoked'])), name='permitaction_kind_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='permitaction_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('suspended', 'proposed', 'revoked')), _negated=True), models.Q(models.Q(('legal_basis', ''), _negated=True), models.Q(('remedy', ''), _negated=True)), _connector='OR'), name='permitaction_burden_has_law_and_remedy'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'revoked'), _negated=True), ('seconded_by', None)), models.Q(('kind', 'revoked'), ('seconded_by__isnull', False), models.Q(('seconded_by', models.F('by')), _negated=True)), _connector='OR'), name='permitaction_revoked_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('state', models.CharField(choices=[('draft', 'Konsep'), ('submitted', 'Diajukan'), ('in_verification', 'Pemeriksaan berkas'), ('returned', 'Perlu diperbaiki'), ('awaiting_recommendations', 'Menunggu rekomendasi'), ('awaiting_decision', 'Menunggu keputusan'), ('awaiting_payment', 'Menunggu pembayaran'), ('approved', 'Disetujui'), ('issued', 'Terbit'), ('refused', 'Ditolak'), ('withdrawn', 'Dicabut pemohon'), ('lapsed', 'Gugur'), ('deemed_granted', 'Dianggap dikabulkan')], default='draft', help_text='Where it stands.', max_length=32)),
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('online', 'Daring'), ('counter', 'Loket'), ('api', 'Sistem lain')], default='online', max_length=8)),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', max_length=8)),
                ('effect', models.CharField(default=workflows.definition.kinds.Effect['NONE'], help_text='What its product does to that permit.', max_length=8)),
                ('kecamatan', models.CharField(blank=True, help_text='Kemendagri code of the district where the applicant lived when it was handed in; for counting.', max_length=8)),
                ('reference', models.CharField(help_text='Receipt number, from submission.', max_length=32, null=True, unique=True)),
                ('tracking_code', models.CharField(help_text='Typed by people.', max_length=8, null=True, unique=True)),
                ('draft_key', models.UUIDField(help_text='Makes opening a draft idempotent.', null=True, unique=True)),
                ('submission_key', models.UUIDField(help_text='Makes submitting idempotent.', null=True, unique=True)),
                ('answers', models.JSONField(default=dict, help_text='Answers by field name; NIK and phone are ciphertext.')),
                ('created_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField(help_text='Time of the last event; no later event is earlier.')),
                ('submitted_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(help_text='The hand-in from which the term counts.', null=True)),
                ('received_complete_at', models.DateTimeField(help_text='Arrival of what was found complete.', null=True)),
                ('complete_number', models.CharField(help_text='Number of the receipt for a complete application.', max_length=32, null=True, unique=True)),
                ('due_at', models.DateTimeField(help_text='End of the term, closing time of its last day.', null=True)),
                ('term_passed_at', models.DateTimeField(help_text='When the passing of the term was recorded.', null=True)),
                ('escalated', models.PositiveSmallIntegerField(default=0, help_text='Highest rung of the ladder taken in this term, per cent.')),
                ('escalate_at', models.DateTimeField(help_text='When the sweep looks at the ladder next.', null=True)),
                ('applicant_due_at', models.DateTimeField(help_text='Until when the applicant may answer or pay.', null=True)),
                ('paused', models.CharField(blank=True, help_text='Reason of the open pause; empty while none is.', max_length=16)),
                ('paused_days_left', models.PositiveSmallIntegerField(help_text='Working days left while paused.', null=True)),
                ('decided_at', models.DateTimeField(help_text='First final decision; those on remedies do not move it.', null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('instance', models.CharField(choices=[('first', 'Tingkat pertama'), ('objection', 'Keberatan'), ('appeal', 'Banding administratif')], default='first', help_text='Whose turn it is to decide.', max_length=12)),
                ('round', models.PositiveSmallIntegerField(default=1, help_text='1, and one more for every return.')),
                ('repeated_returns', models.PositiveSmallIntegerField(default=0, help_text='Returns and repairs for what was visible at an earlier check; they paused nothing.')),
                ('open_recommendations', models.PositiveSmallIntegerField(default=0)),
                ('deficient', models.BooleanField(default=False, help_text='Still deficient after the last round: refuse only.')),
                ('amount_due', models.PositiveBigIntegerField(default=0, help_text='Unpaid rupiah.')),
                ('revision', models.PositiveIntegerField(default=0, help_text='One more at every event; the ETag.')),
                ('chain_hash', models.CharField(blank=True, help_text="Hash of the case's last event.", max_length=64)),
                ('agency', models.ForeignKey(help_text='Who decides.', on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='agencies.person')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.organisation')),
                ('site', models.ForeignKey(help_text="Where; its hours are the clock's.", on_delete=django.db.models.deletion.PROTECT, to='agencies.site')),
                ('previous_permit', models.ForeignKey(help_text='The earlier permit that this case renews, amends, copies or revokes.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='workflows.permit')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='workflows.servicetype')),
                ('service_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='workflows.serviceversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None), models.Q(('state', 'draft'), _negated=True)), fields=['agency', 'due_at', 'id'], name='case_worklist'), models.Index(fields=['applicant', '-created_at'], name='case_of_applicant'), models.Index(fields=['agency', '-created_at', 'id'], name='case_archive'), models.Index(fields=['opened_by', '-created_at'], name='case_of_clerk'), models.Index(condition=models.Q(('closed_at', None), ('term_passed_at', None)), fields=['due_at'], name='case_term_open'), models.Index(condition=models.Q(('closed_at', None)), fields=['applicant_due_at'], name='case_answer_open'), models.Index(condition=models.Q(('closed_at', None), ('escalate_at__isnull', False)), fields=['escalate_at', 'id'], name='case_ladder')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_verification', 'returned', 'awaiting_recommendations', 'awaiting_decision', 'awaiting_payment', 'approved', 'issued', 'refused', 'withdrawn', 'lapsed', 'deemed_granted'])), name='case_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('arrived_at__isnull', False), ('reference__isnull', False), ('submission_key__isnull', False)), _connector='OR'), name='case_submitted_has_receipt'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', frozenset(['issued', 'lapsed', 'refused', 'withdrawn']))), models.Q(models.Q(('state__in', frozenset(['issued', 'lapsed', 'refused', 'withdrawn'])), _negated=True), ('closed_at', None)), _connector='OR'), name='case_closed_iff_ended'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'issued']), _negated=True), ('amount_due', 0), _connector='OR'), name='case_approved_owes_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('effect', workflows.definition.kinds.Effect['NONE']), ('previous_permit', None)), models.Q(('effect__in', [workflows.definition.kinds.Effect['RENEWS'], workflows.definition.kinds.Effect['AMENDS'], workflows.definition.kinds.Effect['COPIES'], workflows.definition.kinds.Effect['REVOKES']]), ('previous_permit__isnull', False)), _connector='OR'), name='case_effect_names_a_permit'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('previous_permit', 'effect'), name='case_follows_once'), models.CheckConstraint(condition=models.Q(('paused__in', ['', 'correcting', 'force_majeure', 'outage', 'paying'])), name='case_pause_known'), models.CheckConstraint(condition=models.Q(('paused_days_left', None), models.Q(models.Q(('paused', ''), _negated=True), ('due_at', None)), _connector='OR'), name='case_paused_has_no_due_date'), models.CheckConstraint(condition=models.Q(('instance__in', ['first', 'objection', 'appeal'])), name='case_instance_known')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('stage', models.PositiveSmallIntegerField(default=1)),
                ('binding', models.BooleanField(default=True)),
                ('inspects', models.BooleanField(default=False, help_text='A visit must be reported first.')),
                ('state', models.CharField(choices=[('planned', 'Belum diminta'), ('asked', 'Diminta'), ('given', 'Diberikan'), ('lapsed', 'Tidak diberikan sampai batas waktu')], default='planned', max_length=16)),
                ('asked_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(help_text='When its silence went up the ladder of the agency.', null=True)),
                ('verdict', models.CharField(blank=True, choices=[('favourable', 'Menyetujui'), ('conditional', 'Menyetujui dengan syarat'), ('unfavourable', 'Tidak menyetujui')], max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('legal_basis', models.TextField(blank=True)),
                ('round', models.PositiveSmallIntegerField(default=1, help_text='1, and one more each time it is asked anew.')),
                ('lapses_at', models.DateTimeField(help_text='From when the case goes on without it; null: it waits.', null=True)),
                ('asked_again', models.PositiveSmallIntegerField(default=0, help_text='How often whoever decides asked anew.')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='workflows.case')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['agency', 'due_at', 'id'], name='recommendation_worklist'), models.Index(fields=['agency', '-asked_at'], name='recommendation_archive'), models.Index(condition=models.Q(('escalated_at', None), ('state', 'asked')), fields=['due_at', 'id'], name='recommendation_silent'), models.Index(condition=models.Q(('state', 'asked')), fields=['lapses_at', 'id'], name='recommendation_lapsing')],
                'constraints': [models.UniqueConstraint(fields=('case', 'agency'), name='recommendation_once_per_agency'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'asked', 'given', 'lapsed'])), name='recommendation_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), models.Q(models.Q(('verdict', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True), ('given_at__isnull', False)), _connector='OR'), name='recommendation_given_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField(help_text='1, and one more for every request; the definition limits it.')),
                ('agency', models.CharField(help_text='Code of the agency that found it.', max_length=32)),
                ('what', models.JSONField(help_text='Each thing to put right, in a sentence for the applicant.')),
                ('about', models.JSONField(default=list, help_text='For each thing the code of the paper, or of the form, that it speaks of; empty: found elsewhere.')),
                ('repeated', models.BooleanField(default=False, help_text='All of it was visible at an earlier check; it paused nothing and is counted.')),
                ('asked_at', models.DateTimeField(help_text='When it was asked.')),
                ('due_at', models.DateTimeField(help_text='Until when the applicant may answer; then the office goes on.')),
                ('answer', models.TextField(blank=True, help_text='What the applicant says to it.')),
                ('answered_at', models.DateTimeField(help_text='When she answered.', null=True)),
                ('closed_at', models.DateTimeField(help_text='When it was answered, given up or overtaken.', null=True)),
                ('asked_by', models.ForeignKey(help_text='Who asked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='workflows.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'round'), name='repair_once_a_round'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('case',), name='repair_one_open'), models.CheckConstraint(condition=models.Q(('what', []), _negated=True), name='repair_says_what'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('closed_at__isnull', False), _connector='OR'), name='repair_answered_is_closed')],
            },
        ),
        migrations.CreateModel(
            name='RequirementCheck',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('requirement', models.CharField(max_length=80)),
                ('round', models.PositiveSmallIntegerField()),
                ('verdict', models.CharField(choices=[('ok', 'Sesuai'), ('deficient', 'Kurang')], max_length=16)),
                ('note', models.CharField(blank=True, help_text='What is wrong, for the applicant to read.', max_length=1000)),
                ('seen', models.CharField(blank=True, help_text="What was looked at: a file's id, the form's digest.", max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='workflows.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'requirement', 'round'), name='check_once_a_round'), models.CheckConstraint(condition=models.Q(('verdict', 'ok'), models.Q(('note', ''), _negated=True), _connector='OR'), name='check_deficient_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('requirement', models.CharField(help_text='Code of the requirement in the definition.', max_length=80)),
                ('file_id', models.UUIDField()),
                ('round', models.PositiveSmallIntegerField()),
                ('added_at', models.DateTimeField()),
                ('current', models.BooleanField(default=True, help_text='False once replaced.')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='workflows.case')),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='attachment_file')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('case', 'requirement'), name='attachment_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(choices=[('checking', 'Pemeriksaan berkas'), ('advising', 'Rekomendasi'), ('deciding', 'Keputusan')], help_text='In which line.', max_length=16)),
                ('since', models.DateTimeField(help_text='From when, UTC.')),
                ('note', models.CharField(blank=True, help_text='Why it was handed over; for staff.', max_length=400)),
                ('agency', models.ForeignKey(help_text='Whose line; several may advise.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('given_by', models.ForeignKey(help_text='Who handed it over; null where the holder took it herself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(help_text='Who has it.', on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(help_text='What.', on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='workflows.case')),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'line'], name='assignment_of_user')],
                'constraints': [models.UniqueConstraint(fields=('case', 'line', 'agency'), name='assignment_one_holder'), models.CheckConstraint(condition=models.Q(('given_by', None), models.Q(('note', ''), _negated=True), _connector='OR'), name='assignment_handed_over_says_why'), models.CheckConstraint(condition=models.Q(('line__in', ['checking', 'advising', 'deciding'])), name='assignment_line_known')],
            },
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.PositiveBigIntegerField(help_text='Rupiah.')),
                ('lines', models.JSONField(help_text='The calculation line by line: label, rupiah and the article.')),
                ('law', models.TextField(help_text='The article that allows it.')),
                ('state', models.CharField(choices=[('assessed', 'Ditetapkan'), ('billed', 'Ditagihkan'), ('paid', 'Lunas'), ('cancelled', 'Batal')], default='assessed', max_length=16)),
                ('assessed_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='charge', to='workflows.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['assessed', 'billed', 'paid', 'cancelled'])), name='charge_state_known'), models.CheckConstraint(condition=models.Q(('law', ''), _negated=True), name='charge_has_law'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='charge_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField(help_text='Round of the case in which the term runs.')),
                ('step', models.PositiveSmallIntegerField(help_text='Per cent of the term that had passed.')),
                ('role', models.CharField(choices=[('clerk', 'Petugas loket'), ('verifier', 'Verifikator'), ('approver', 'Pejabat pemutus'), ('officer', 'Petugas instansi'), ('manager', 'Manajer'), ('administrator', 'Administrator'), ('deputy', 'Wakil kepala instansi'), ('head', 'Kepala instansi'), ('inspectorate', 'Inspektorat'), ('steward', 'Walidata')], help_text='Whose holders were told.', max_length=16)),
                ('agency', models.CharField(blank=True, help_text='Where they hold it; empty: anywhere.', max_length=32)),
                ('planned_at', models.DateTimeField(help_text='When the rung was reached.')),
                ('at', models.DateTimeField(help_text='When it was taken; later than planned after an outage.')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='workflows.case')),
                ('recommendation', models.ForeignKey(help_text='Whose own term it is; empty: the term of the case.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='workflows.recommendation')),
            ],
            options={
                'indexes': [models.Index(fields=['role', 'agency', '-at', '-id'], name='escalation_of_role')],
                'constraints': [models.UniqueConstraint(fields=('case', 'recommendation', 'round', 'step', 'role', 'agency'), name='escalation_once_a_rung', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('step__in', (50, 80, 100))), name='escalation_rung_known'), models.CheckConstraint(condition=models.Q(('role__in', ['clerk', 'verifier', 'approver', 'officer', 'manager', 'administrator', 'deputy', 'head', 'inspectorate', 'steward'])), name='escalation_role_known')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('transaction', models.UUIDField(db_index=True, help_text='What was booked together.')),
                ('occasion', models.CharField(choices=[('assessed', 'Biaya ditetapkan'), ('cancelled', 'Tagihan batal'), ('paid', 'Pembayaran diterima'), ('unexpected', 'Pembayaran ganda atau terlambat'), ('refund_arranged', 'Pengembalian diajukan'), ('refunded', 'Dana dikembalikan')], help_text='Why.', max_length=16)),
                ('account', models.CharField(choices=[('receivable', 'Piutang retribusi'), ('treasury', 'Kas daerah (bank)'), ('revenue', 'Pendapatan retribusi'), ('suspense', 'Titipan'), ('refunds', 'Utang pengembalian')], help_text='Where.', max_length=16)),
                ('debit', models.PositiveBigIntegerField(default=0, help_text='Rupiah.')),
                ('credit', models.PositiveBigIntegerField(default=0, help_text='Rupiah.')),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', help_text='As of the case.', max_length=8)),
                ('at', models.DateTimeField(help_text='When, the moment of the work that booked it.')),
                ('agency', models.ForeignKey(help_text='Whose service earns it.', on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('case', models.ForeignKey(help_text='Of which case.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.case')),
                ('charge', models.ForeignKey(help_text='Of which fee.', on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='workflows.charge')),
                ('payment', models.ForeignKey(help_text='By which payment.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.payment')),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'at'], name='ledgerentry_account_at')],
                'constraints': [models.UniqueConstraint(fields=('charge', 'payment', 'occasion', 'account'), name='ledgerentry_booked_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('credit__gt', 0), ('debit', 0)), models.Q(('credit', 0), ('debit__gt', 0)), _connector='OR'), name='ledgerentry_one_side'), models.CheckConstraint(condition=models.Q(('account__in', ['receivable', 'treasury', 'revenue', 'suspense', 'refunds'])), name='ledgerentry_account_known'), models.CheckConstraint(condition=models.Q(('occasion__in', ['assessed', 'cancelled', 'paid', 'unexpected', 'refund_arranged', 'refunded'])), name='ledgerentry_occasion_known')],
            },
        ),
        migrations.CreateModel(
            name='RecommendationCondition',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField(help_text='Of which answer: the round of the recommendation.')),
                ('position', models.PositiveSmallIntegerField(help_text='1 for the first.')),
                ('text', models.TextField(help_text='A sentence; a clause of the permit.')),
                ('due_days', models.PositiveSmallIntegerField(help_text='Calendar days after the grant.', null=True)),
                ('due_on', models.DateField(help_text='A day, where the due is not counted from the grant.', null=True)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='workflows.recommendation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recommendation', 'round', 'position'), name='condition_once_a_place'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='condition_says_something'), models.CheckConstraint(condition=models.Q(('due_days', None), ('due_on', None), _connector='OR'), name='condition_one_due'), models.CheckConstraint(condition=models.Q(('due_days', None), ('due_days__gte', 1), _connector='OR'), name='condition_due_is_later')],
            },
        ),
        migrations.CreateModel(
            name='AdviceLink',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='SHA-256 of the token; the token is nowhere.', max_length=64, unique=True)),
                ('round', models.PositiveSmallIntegerField(help_text='Round of the recommendation; asked anew, it is dead.')),
                ('way', models.CharField(choices=[('mail', 'Surel'), ('letter', 'Surat cetak dengan kode QR')], help_text='How it reaches her.', max_length=8)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(help_text='From this moment on it opens nothing.')),
                ('printed_at', models.DateTimeField(help_text='When its letter was printed; that happens once.', null=True)),
                ('used_at', models.DateTimeField(help_text='When she answered by it.', null=True)),
                ('revoked_at', models.DateTimeField(help_text='When it was revoked, or another one took its place.', null=True)),
                ('created_by', models.ForeignKey(help_text='Who sent it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(help_text='The officer of the agency to whom it was given, and in whose name it answers.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(help_text='The one thing that it opens.', on_delete=django.db.models.deletion.PROTECT, related_name='links', to='workflows.recommendation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=('recommendation',), name='advice_link_one_live'), models.UniqueConstraint(condition=models.Q(('used_at', None), _negated=True), fields=('recommendation', 'round'), name='advice_link_one_answer'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='advice_link_digest'), models.CheckConstraint(condition=models.Q(('way__in', ['mail', 'letter'])), name='advice_link_way_known'), models.CheckConstraint(condition=models.Q(('created_by', models.F('to')), _negated=True), name='advice_link_not_to_oneself'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='advice_link_ends_later'), models.CheckConstraint(condition=models.Q(('used_at', None), models.Q(('revoked_at', None), ('used_at__lt', models.F('expires_at'))), _connector='OR'), name='advice_link_used_while_it_opened'), models.CheckConstraint(condition=models.Q(('printed_at', None), ('way', 'letter'), _connector='OR'), name='advice_link_letter_printed')],
            },
        ),
        migrations.CreateModel(
            name='Bill',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('gateway', models.CharField(max_length=32)),
                ('gateway_ref', models.CharField(help_text="The gateway's name for the bill.", max_length=64)),
                ('pay_code', models.CharField(help_text='What the payer types: a virtual account or QRIS id.', max_length=64)),
                ('pay_url', models.CharField(blank=True, max_length=400)),
                ('amount', models.PositiveBigIntegerField()),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('charge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bill_row', to='workflows.charge')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('gateway', 'gateway_ref'), name='bill_gateway_ref_once')],
            },
        ),
        migrations.AddField(
            model_name='servicetype',
            name='current',
            field=models.OneToOneField(blank=True, help_text='The version that new cases get; empty while only drafts exist.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.serviceversion'),
        ),
        migrations.AddField(
            model_name='decision',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='deemedgrant',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deemed_grant', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='difference',
            name='payment',
            field=models.ForeignKey(help_text='In the books.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.payment'),
        ),
        migrations.AddField(
            model_name='duty',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='dutytask',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_tasks', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='earlieranswer',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='workflows.recommendation'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='interval',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intervals', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mandate', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='objection',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='permit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='workflows.permit'),
        ),
        migrations.AddField(
            model_name='overtaking',
            name='case',
            field=models.ForeignKey(help_text='What.', on_delete=django.db.models.deletion.PROTECT, related_name='overtakings', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='pause',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='workflows.case'),
        ),
        migrations.AddField(
            model_name='payment',
            name='bill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='workflows.bill'),
        ),
        migrations.AddField(
            model_name='permit',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='permit', to='workflows.case'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('case', 'instance', 'level'), name='decision_once_a_level'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('final', True)), fields=('case', 'instance'), name='decision_one_final'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('case', 'instance', 'by'), name='decision_another_person_a_level'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('instance__in', ['first', 'objection', 'appeal'])), name='decision_instance_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reason'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(models.Q(('legal_basis', ''), _negated=True), models.Q(('remedy', ''), _negated=True)), _connector='OR'), name='decision_refusal_has_law_and_remedy'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('grounds', []), _negated=True), _connector='OR'), name='decision_refusal_cites_something'),
        ),
        agencies.migrating.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), ('instance', 'first'), _connector='OR'), name='decision_remedy_is_not_refused_again'),
        ),
        agencies.migrating.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('case', 'user'), name='duty_one_per_person'),
        ),
        agencies.migrating.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('case', 'human'), name='duty_one_per_human'),
        ),
        agencies.migrating.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['intake', 'verifier', 'recommender', 'fee_assessor', 'approver'])), name='duty_known'),
        ),
        agencies.migrating.AddIndex(
            model_name='dutytask',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['agency', 'due_at', 'id'], name='duty_task_worklist'),
        ),
        agencies.migrating.AddIndex(
            model_name='dutytask',
            index=models.Index(condition=models.Q(('done_at', None), ('overdue_at', None)), fields=['due_at'], name='duty_task_overdue'),
        ),
        agencies.migrating.AddConstraint(
            model_name='dutytask',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('case',), name='duty_task_one_open'),
        ),
        agencies.migrating.AddConstraint(
            model_name='inspection',
            constraint=models.UniqueConstraint(fields=('case', 'agency', 'number'), name='inspection_once_a_number'),
        ),
        agencies.migrating.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('override', ''), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='inspection_override_says_why'),
        ),
        agencies.migrating.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'scheduled', 'held'])), name='inspection_state_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(('held_on__isnull', False), models.Q(('findings', ''), _negated=True), models.Q(('result', ''), _negated=True)), _connector='OR'), name='inspection_held_has_report'),
        ),
        agencies.migrating.AddConstraint(
            model_name='interval',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('case',), name='interval_one_open'),
        ),
        agencies.migrating.AddConstraint(
            model_name='interval',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='interval_not_negative'),
        ),
        agencies.migrating.AddConstraint(
            model_name='interval',
            constraint=models.CheckConstraint(condition=models.Q(('holder__in', ['applicant', 'mall', 'agency', 'payment', 'national'])), name='interval_holder_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='interval',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['drafting', 'queued', 'checking', 'correcting', 'recommending', 'deciding', 'paying', 'issuing', 'outage', 'force_majeure', 'objecting', 'answering'])), name='interval_reason_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='interval',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('case', '='), (workflows.clock.models.TsTzRange('opened_at', 'closed_at'), '&&')], name='interval_no_overlap'),
        ),
        agencies.migrating.AddIndex(
            model_name='deemedgrant',
            index=models.Index(fields=['-at', 'id'], name='deemed_register'),
        ),
        agencies.migrating.AddConstraint(
            model_name='deemedgrant',
            constraint=models.UniqueConstraint(fields=('series', 'seq'), name='deemed_number_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='deemedgrant',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['term', 'objection', 'appeal'])), name='deemed_cause_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='deemedgrant',
            constraint=models.CheckConstraint(condition=models.Q(('law', ''), _negated=True), name='deemed_names_the_law'),
        ),
        agencies.migrating.AddConstraint(
            model_name='deemedgrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audit_note', ''), ('audited_at', None), ('audited_by', None)), models.Q(('audited_at__isnull', False), ('audited_by__isnull', False), models.Q(('audit_note', ''), _negated=True)), _connector='OR'), name='deemed_audit_whole'),
        ),
        agencies.migrating.AddIndex(
            model_name='objection',
            index=models.Index(condition=models.Q(('state', 'filed')), fields=['agency', 'due_at', 'id'], name='objection_worklist'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(fields=('case', 'instance'), name='objection_once_an_instance'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'filed')), fields=('case',), name='objection_one_open'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'upheld', 'rejected', 'deemed_upheld', 'withdrawn'])), name='objection_state_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('instance__in', ['objection', 'appeal'])), name='objection_instance_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('post__in', ['head', 'deputy'])), name='objection_post_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='objection_says_why'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'filed')), models.Q(models.Q(('state', 'filed'), _negated=True), ('closed_at__gte', models.F('filed_at'))), _connector='OR'), name='objection_closed_iff_ended'),
        ),
        agencies.migrating.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['upheld', 'rejected']), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='objection_answer_has_reason_and_law'),
        ),
        agencies.migrating.AddConstraint(
            model_name='overtaking',
            constraint=models.CheckConstraint(condition=models.Q(('line__in', ['checking', 'advising', 'deciding'])), name='overtaking_line_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='overtaking',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['vulnerable', 'ordered', 'related', 'applicant', 'emergency', 'other'])), name='overtaking_code_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='overtaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='overtaking_other_says_why'),
        ),
        agencies.migrating.AddConstraint(
            model_name='overtaking',
            constraint=models.CheckConstraint(condition=models.Q(('passed__gt', 0)), name='overtaking_passes_somebody'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), ('effective_at__isnull', False)), fields=('case',), name='pause_one_running'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), ('effective_at', None)), fields=('case',), name='pause_one_asked_for'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['correcting', 'force_majeure', 'outage', 'paying'])), name='pause_reason_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('seconded_by', None), models.Q(('seconded_by', models.F('asked_by')), _negated=True), _connector='OR'), name='pause_two_people'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('effective_at', None), ('seconded_by__isnull', False), models.Q(('late', False), models.Q(('reason', 'force_majeure'), _negated=True)), _connector='OR'), name='pause_late_is_seconded'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('effective_at', None), ('closed_at__gte', models.F('effective_at')), _connector='OR'), name='pause_not_negative'),
        ),
        agencies.migrating.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outage__isnull', False), ('reason', 'outage')), models.Q(models.Q(('reason', 'outage'), _negated=True), ('outage', None)), _connector='OR'), name='pause_outage_named'),
        ),
        agencies.migrating.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('gateway', 'payment_ref'), name='payment_ref_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'accepted')), fields=('bill',), name='payment_one_accepted'),
        ),
        agencies.migrating.AddIndex(
            model_name='difference',
            index=models.Index(condition=models.Q(('state__in', ['open', 'explained'])), fields=['day', 'id'], name='difference_open'),
        ),
        agencies.migrating.AddConstraint(
            model_name='difference',
            constraint=models.UniqueConstraint(fields=('reference', 'kind'), name='difference_found_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['bank_only', 'ledger_only', 'amount'])), name='difference_kind'),
        ),
        agencies.migrating.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'resolved']), models.Q(models.Q(('explanation', ''), _negated=True), models.Q(('state', 'explained'), models.Q(('closed_by__isnull', False), ('state', 'closed')), _connector='OR')), _connector='OR'), name='difference_state_is_its_signatures'),
        ),
        agencies.migrating.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_by', models.F('owner')), _negated=True), _connector='OR'), name='difference_two_people'),
        ),
        agencies.migrating.AddIndex(
            model_name='permit',
            index=models.Index(fields=['number'], name='permit_number'),
        ),
        agencies.migrating.AddIndex(
            model_name='permit',
            index=models.Index(condition=models.Q(('status__in', ['active', 'suspended'])), fields=['valid_until'], name='permit_ending'),
        ),
        agencies.migrating.AddIndex(
            model_name='permit',
            index=models.Index(condition=models.Q(('remind_on__isnull', False)), fields=['remind_on'], name='permit_reminding'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.UniqueConstraint(fields=('series', 'seq'), name='permit_number_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.UniqueConstraint(condition=models.Q(('copy_of', None), ('kind', 'rendered')), fields=('number',), name='permit_printed_number_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['active', 'superseded', 'suspended', 'revoked', 'expired'])), name='permit_status_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rendered'), _negated=True), models.Q(('copy_of', None), ('seq__isnull', False), ('series__isnull', False), models.Q(('number', ''), _negated=True)), models.Q(('copy_of__isnull', False), ('seq', None), ('series', None), models.Q(('number', ''), _negated=True)), _connector='OR'), name='permit_rendered_is_numbered'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('copy_of', None), models.Q(('kind', 'rendered'), ('status', 'active')), _connector='OR'), name='permit_copy_has_no_status'),
        ),
        agencies.migrating.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(('kind', 'rendered'), _negated=True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='permit_issued_is_sealed'),
        ),
        agencies.migrating.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='obligation_falling_due'),
        ),
        agencies.migrating.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('remind_on__isnull', False)), fields=['remind_on'], name='obligation_reminding'),
        ),
        agencies.migrating.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['agency', 'state', 'id'], name='obligation_of_agency'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('permit', 'place'), name='obligation_place_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'overdue', 'reported', 'accepted'])), name='obligation_state_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='obligation_says_what'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['reported', 'accepted']), _negated=True), models.Q(('reported_at__isnull', False), models.Q(('account', ''), _negated=True)), _connector='OR'), name='obligation_reported_says_what_was_done'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', False), ('done_at__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('done_at', None)), _connector='OR'), name='obligation_accepted_by_somebody'),
        ),
        agencies.migrating.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'overdue'), _negated=True), ('due_on__isnull', False), _connector='OR'), name='obligation_overdue_has_a_day'),
        ),
        agencies.migrating.AddConstraint(
            model_name='earlieranswer',
            constraint=models.UniqueConstraint(fields=('recommendation', 'round'), name='earlier_once_a_round'),
        ),
        agencies.migrating.AddConstraint(
            model_name='earlieranswer',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='earlier_says_why'),
        ),
        agencies.migrating.AddConstraint(
            model_name='earlieranswer',
            constraint=models.CheckConstraint(condition=models.Q(('ended__in', ['recalled', 'asked_again'])), name='earlier_ended_known'),
        ),
        agencies.migrating.AddIndex(
            model_name='servicetype',
            index=models.Index(fields=['agency', 'code'], name='workflows_servicetype_agency'),
        ),
        agencies.migrating.AddConstraint(
            model_name='servicetype',
            constraint=models.CheckConstraint(condition=models.Q(('shape__in', ['A0', 'A1', 'A2', 'A3', 'M0', 'M1', 'M1i', 'M2', 'M2i'])), name='workflows_servicetype_shape_known'),
        ),
        agencies.migrating.AddConstraint(
            model_name='servicetype',
            constraint=models.CheckConstraint(condition=models.Q(('authority__in', ['mall', 'agency'])), name='workflows_servicetype_authority_known'),
        ),
        agencies.migrating.AddTrigger(
            model_name='dayroot',
            trigger=pgtrigger.compiler.Trigger(name='dayroot_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b3942248740ef4cff8394da2ff14f9baf92fd65', operation='UPDATE OR DELETE', pgid='pgtrigger_dayroot_append_only_ebd66', table='workflows_dayroot', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='dayroot',
            trigger=pgtrigger.compiler.Trigger(name='dayroot_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the roots of the log are append-only';", hash='6320b0c1ffc2b4060377875e047d5858ab1b764f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_dayroot_no_truncate_58cab', table='workflows_dayroot', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b36b1b1ebb4da871a57046374c8307f2dc40e25a', operation='UPDATE OR DELETE', pgid='pgtrigger_event_append_only_b49e0', table='workflows_event', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the event log is append-only';", hash='12cb16d5f9445b79367b33cb92b314570260bf6f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_event_no_truncate_255db', table='workflows_event', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='series_never_back', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."last" = (OLD."last" + 1)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9e7c1d76248078d2aa65706151eb967bceea87b0', operation='UPDATE', pgid='pgtrigger_series_never_back_09f2c', table='workflows_numberseries', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='series_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5b155d4611d73073f4dd369085340e38a0c23d85', operation='DELETE', pgid='pgtrigger_series_not_deleted_c0f7b', table='workflows_numberseries', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='bankfile',
            trigger=pgtrigger.compiler.Trigger(name='bankfile_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c1b5a914a84d33927cfcd8313aee43ea9c619413', operation='UPDATE OR DELETE', pgid='pgtrigger_bankfile_append_only_198b4', table='workflows_bankfile', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='bankline_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7886f11d853acbd9d230007f5f7b1dfeada37408', operation='UPDATE OR DELETE', pgid='pgtrigger_bankline_append_only_edbb4', table='workflows_bankline', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='charge',
            trigger=pgtrigger.compiler.Trigger(name='charge_amount_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."lines" IS DISTINCT FROM (NEW."lines") OR OLD."law" IS DISTINCT FROM (NEW."law") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9639a9816e6b7a939be224da138423c3048f43da', operation='UPDATE', pgid='pgtrigger_charge_amount_kept_5bb2d', table='workflows_charge', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='charge',
            trigger=pgtrigger.compiler.Trigger(name='charge_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ad90be1ac71b7cd1f6614dd150343ed29a37bfda', operation='DELETE', pgid='pgtrigger_charge_not_deleted_21781', table='workflows_charge', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='charge',
            trigger=pgtrigger.compiler.Trigger(name='charge_not_for_population_documents', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM workflows_case c JOIN workflows_serviceversion v ON v.id = c.service_version_id\n        WHERE c.id = NEW.case_id AND v.body -> 'population_document' = 'true'\n    ) THEN\n        RAISE EXCEPTION 'a population document is free (UU 24/2013 art. 79A)' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='76a551c4518c34cc7cec00e9533e8d7903382179', operation='INSERT', pgid='pgtrigger_charge_not_for_population_documents_794e7', table='workflows_charge', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='57f71ab294c724d3d49e5a16c7ff640215b64bac', operation='UPDATE OR DELETE', pgid='pgtrigger_decision_append_only_30d8a', table='workflows_decision', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='dutytask',
            trigger=pgtrigger.compiler.Trigger(name='duty_task_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5be4e913bcc0596b6564adc92c324fcc62e8dbe7', operation='DELETE', pgid='pgtrigger_duty_task_not_deleted_0cfa7', table='workflows_dutytask', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='dutytask',
            trigger=pgtrigger.compiler.Trigger(name='duty_task_done_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."done_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='be306f0ae0b1f7f7a8cabc168ab21695e56ba544', operation='UPDATE', pgid='pgtrigger_duty_task_done_for_good_18449', table='workflows_dutytask', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='inspectionphoto',
            trigger=pgtrigger.compiler.Trigger(name='photo_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='274bd2cbcc0bf218b377a91b8fbfcba87b032638', operation='UPDATE OR DELETE', pgid='pgtrigger_photo_append_only_9e9fd', table='workflows_inspectionphoto', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='interval',
            trigger=pgtrigger.compiler.Trigger(name='interval_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='920d8c6848a1419dbd7e87cea4df17458efbc78c', operation='DELETE', pgid='pgtrigger_interval_not_deleted_91655', table='workflows_interval', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='interval',
            trigger=pgtrigger.compiler.Trigger(name='interval_tiles', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (SELECT 1 FROM workflows_interval WHERE case_id = NEW.case_id AND opened_at < NEW.opened_at)\n   OR NEW.opened_at <> (SELECT created_at FROM workflows_case WHERE id = NEW.case_id)\nTHEN\n    IF NOT EXISTS (SELECT 1 FROM workflows_interval\n                   WHERE case_id = NEW.case_id AND closed_at = NEW.opened_at AND id <> NEW.id)\n    THEN RAISE EXCEPTION 'the ledger of case % has a gap before %', NEW.case_id, NEW.opened_at;\n    END IF;\nEND IF;\nIF NEW.closed_at IS NOT NULL\n   AND NOT EXISTS (SELECT 1 FROM workflows_interval\n                   WHERE case_id = NEW.case_id AND opened_at = NEW.closed_at AND id <> NEW.id)\n   AND NOT EXISTS (SELECT 1 FROM workflows_case WHERE id = NEW.case_id AND closed_at = NEW.closed_at)\nTHEN RAISE EXCEPTION 'the ledger of case % has a gap after %', NEW.case_id, NEW.closed_at;\nEND IF;\nRETURN NULL;\n", hash='b7129b13b9139ed10c473cbb69ad11b8d2fec11b', operation='INSERT OR UPDATE', pgid='pgtrigger_interval_tiles_a9b7a', table='workflows_interval', when='AFTER')),
        ),
        agencies.migrating.AddTrigger(
            model_name='interval',
            trigger=pgtrigger.compiler.Trigger(name='interval_closed_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9d118316447d432e9b71fb8fef04cb405c60bd4a', operation='UPDATE', pgid='pgtrigger_interval_closed_for_good_38af4', table='workflows_interval', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='deemedgrant',
            trigger=pgtrigger.compiler.Trigger(name='deemed_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b61a325d9a233303e115d828db009353687ca697', operation='DELETE', pgid='pgtrigger_deemed_not_deleted_db1d4', table='workflows_deemedgrant', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='deemedgrant',
            trigger=pgtrigger.compiler.Trigger(name='deemed_statement_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."law" IS DISTINCT FROM (NEW."law") OR OLD."term_end" IS DISTINCT FROM (NEW."term_end") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."audited_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1e112806ef9c642d1c852832d0e4528724be86c4', operation='UPDATE', pgid='pgtrigger_deemed_statement_kept_44e4a', table='workflows_deemedgrant', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4feb10883d3e54ca2df48ec6293d2a5660c0373f', operation='DELETE', pgid='pgtrigger_objection_not_deleted_ada1c', table='workflows_objection', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_closed_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."filed_at" IS DISTINCT FROM (NEW."filed_at") OR OLD."due_at" > (NEW."due_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4ace60c18d32f97267d54b5a3e24c24970052cf4', operation='UPDATE', pgid='pgtrigger_objection_closed_for_good_415c7', table='workflows_objection', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_state_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{filed:deemed_upheld,filed:rejected,filed:upheld,filed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='71418c9b4a1e81c05619db07ab4a88ef6d794867', operation='UPDATE', pgid='pgtrigger_objection_state_edges_6049e', table='workflows_objection', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='outage',
            trigger=pgtrigger.compiler.Trigger(name='outage_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='778396907aa87be53c954db7cb08a3fd89cfb22e', operation='DELETE', pgid='pgtrigger_outage_not_deleted_2cf84', table='workflows_outage', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='outage',
            trigger=pgtrigger.compiler.Trigger(name='outage_ended_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD."ends_at" IS NOT NULL AND OLD."ends_at" IS DISTINCT FROM (NEW."ends_at")) OR OLD."begins_at" IS DISTINCT FROM (NEW."begins_at") OR OLD."system" IS DISTINCT FROM (NEW."system"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c085b153811d5a09d329749392e7846e4cbf37db', operation='UPDATE', pgid='pgtrigger_outage_ended_for_good_6621c', table='workflows_outage', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='overtaking',
            trigger=pgtrigger.compiler.Trigger(name='overtaking_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c6b2b1bcf332baec08e0e99c93750c919b90411d', operation='UPDATE OR DELETE', pgid='pgtrigger_overtaking_append_only_3bcc7', table='workflows_overtaking', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='pause',
            trigger=pgtrigger.compiler.Trigger(name='pause_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bc8967205487febac9ee3e7109e4541aefda69ef', operation='DELETE', pgid='pgtrigger_pause_not_deleted_6fddd', table='workflows_pause', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='pause',
            trigger=pgtrigger.compiler.Trigger(name='pause_closed_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL OR (OLD."effective_at" IS NOT NULL AND OLD."effective_at" IS DISTINCT FROM (NEW."effective_at")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cba2425b77ea89a1e9bf438ab731dcf81383782d', operation='UPDATE', pgid='pgtrigger_pause_closed_for_good_da558', table='workflows_pause', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4081b6cc9eddb2e2e7e84a9dd70a7ca2ba7bb7cd', operation='UPDATE OR DELETE', pgid='pgtrigger_payment_append_only_60b38', table='workflows_payment', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='ledgerentry_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2883c9c6d79d5c301f44e4c345f1acc6e3579343', operation='UPDATE OR DELETE', pgid='pgtrigger_ledgerentry_append_only_9df5d', table='workflows_ledgerentry', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='ledgerentry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the ledger is append-only';", hash='eb4b8bfa08c3cf5ef1a9bace228ba7256c4acc9b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledgerentry_no_truncate_45610', table='workflows_ledgerentry', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='ledgerentry_balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT sum(debit) <> sum(credit) FROM workflows_ledgerentry WHERE transaction = NEW.transaction) THEN\n        RAISE EXCEPTION 'the ledger transaction % does not balance', NEW.transaction USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='1ee5a603c3cda2c6e867c3fbd086158c8d407ce6', operation='INSERT', pgid='pgtrigger_ledgerentry_balanced_abfc3', table='workflows_ledgerentry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        agencies.migrating.AddTrigger(
            model_name='difference',
            trigger=pgtrigger.compiler.Trigger(name='difference_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8a74a18c26005bcf170f75e3489a154b09d593d3', operation='DELETE', pgid='pgtrigger_difference_not_deleted_4654c', table='workflows_difference', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='permit_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7053af7cb30f6b6523b34bb23f7a4712cb8508d9', operation='DELETE', pgid='pgtrigger_permit_not_deleted_443c6', table='workflows_permit', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='permit_number_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."seq" IS DISTINCT FROM (NEW."seq") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."frozen" IS DISTINCT FROM (NEW."frozen") OR OLD."copy_of_id" IS DISTINCT FROM (NEW."copy_of_id") OR (OLD."kind" = \'rendered\' AND OLD."number" IS DISTINCT FROM (NEW."number")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='75cab51221046c05d067292cf3fc0b3b6240a38c', operation='UPDATE', pgid='pgtrigger_permit_number_kept_2445d', table='workflows_permit', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='permit_status_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{active:expired,active:revoked,active:superseded,active:suspended,suspended:active,suspended:expired,suspended:revoked,suspended:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='9b6b50afcd7f57e06f12e88af7edf22dfa0c41a3', operation='UPDATE', pgid='pgtrigger_permit_status_edges_0b3f1', table='workflows_permit', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='obligation_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='98ed341889dab044af1ad8a47d557a148322076f', operation='DELETE', pgid='pgtrigger_obligation_not_deleted_acab1', table='workflows_obligation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='obligation_text_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."permit_id" IS DISTINCT FROM (NEW."permit_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0763ad547bd9be37b3215c7d831c69de8f1fd511', operation='UPDATE', pgid='pgtrigger_obligation_text_kept_e99eb', table='workflows_obligation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='obligation_state_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:overdue,open:reported,overdue:reported,reported:accepted,reported:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='766a86f5f610f77c7fb1e55dfc4651e9cae89296', operation='UPDATE', pgid='pgtrigger_obligation_state_edges_90a8d', table='workflows_obligation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permitaction',
            trigger=pgtrigger.compiler.Trigger(name='permitaction_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f62982ca667a6d95e8db4b6084af6c3a9b1d1758', operation='UPDATE OR DELETE', pgid='pgtrigger_permitaction_append_only_f2a96', table='workflows_permitaction', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='receipt',
            trigger=pgtrigger.compiler.Trigger(name='receipt_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1af983e7c5bd20d0a42a4fca9e023fcdf7926701', operation='UPDATE OR DELETE', pgid='pgtrigger_receipt_append_only_4137f', table='workflows_receipt', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='recommendation_keeps_its_words', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'given\' AND OLD."state" = \'given\' AND (OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."legal_basis" IS DISTINCT FROM (NEW."legal_basis") OR OLD."officer_id" IS DISTINCT FROM (NEW."officer_id") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='42968ddecb6fac292e66a18db5504105c9097ee6', operation='UPDATE', pgid='pgtrigger_recommendation_keeps_its_words_0c4ad', table='workflows_recommendation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='escalation',
            trigger=pgtrigger.compiler.Trigger(name='escalation_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cbb31270593a3a763ca98ecd3c7c3f0b0dd5bdf6', operation='UPDATE OR DELETE', pgid='pgtrigger_escalation_append_only_4d646', table='workflows_escalation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='earlieranswer',
            trigger=pgtrigger.compiler.Trigger(name='earlier_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a2bf3ccbdee7a482e733f28e776d7527d2401fa', operation='UPDATE OR DELETE', pgid='pgtrigger_earlier_append_only_5e3b8', table='workflows_earlieranswer', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='advicelink',
            trigger=pgtrigger.compiler.Trigger(name='advice_link_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='aea6188aad99b6a952fdfb80ecd6b3db43bd5a5f', operation='DELETE', pgid='pgtrigger_advice_link_not_deleted_05ee0', table='workflows_advicelink', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='advicelink',
            trigger=pgtrigger.compiler.Trigger(name='advice_link_only_ends', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."used_at" IS NOT NULL OR OLD."revoked_at" IS NOT NULL OR (OLD."printed_at" IS DISTINCT FROM (NEW."printed_at") AND OLD."printed_at" IS NOT NULL) OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."round" IS DISTINCT FROM (NEW."round") OR OLD."to_id" IS DISTINCT FROM (NEW."to_id") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9f4346baa5b30a7a2feccda10eaf159eee6e151d', operation='UPDATE', pgid='pgtrigger_advice_link_only_ends_cb55f', table='workflows_advicelink', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='recommendationcondition',
            trigger=pgtrigger.compiler.Trigger(name='condition_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6bad4595eafea50ea3619faf696e62552c65f7d3', operation='UPDATE OR DELETE', pgid='pgtrigger_condition_append_only_d9f3f', table='workflows_recommendationcondition', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='refundtask',
            trigger=pgtrigger.compiler.Trigger(name='refund_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3d9f5e8fead00447e79851c1d278332de7a38b85', operation='DELETE', pgid='pgtrigger_refund_not_deleted_4876e', table='workflows_refundtask', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='relation_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7b444a61fed172d963fd25d73fc21e6acb0bfe57', operation='DELETE', pgid='pgtrigger_relation_not_deleted_ff32c', table='workflows_relation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='relation_only_ends', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."until" IS NOT NULL OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."nik_index" IS DISTINCT FROM (NEW."nik_index") OR OLD."nib" IS DISTINCT FROM (NEW."nib") OR OLD."declared_at" IS DISTINCT FROM (NEW."declared_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fe4e885895ca4bd12f7727c8f0835455b6e235cb', operation='UPDATE', pgid='pgtrigger_relation_only_ends_2d22b', table='workflows_relation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='repair',
            trigger=pgtrigger.compiler.Trigger(name='repair_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='051cdf9e7d07149102d1a83546a4468ed57e8477', operation='DELETE', pgid='pgtrigger_repair_not_deleted_dbf1e', table='workflows_repair', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='repair',
            trigger=pgtrigger.compiler.Trigger(name='repair_closed_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f896a26eb6744f435a3f6f6e5cf137c493125cf0', operation='UPDATE', pgid='pgtrigger_repair_closed_for_good_7eeaf', table='workflows_repair', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='serviceversion',
            trigger=pgtrigger.compiler.Trigger(name='published_body_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'published\', \'retired\') AND (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR NEW."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b3565ba7eb270598311858f6a67f85bf0459dcdd', operation='UPDATE', pgid='pgtrigger_published_body_is_fixed_ab712', table='workflows_serviceversion', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='serviceversion',
            trigger=pgtrigger.compiler.Trigger(name='published_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'published\', \'retired\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='24458e157446b20bed1bcc7f003f39bf803908ae', operation='DELETE', pgid='pgtrigger_published_version_stays_a1063', table='workflows_serviceversion', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2f2c8e4456d56cc2cc66f3c8e51d042b6b8d5583', operation='DELETE', pgid='pgtrigger_case_not_deleted_5d541', table='workflows_case', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_keeps_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\') AND (OLD."service_version_id" IS DISTINCT FROM (NEW."service_version_id") OR OLD."applicant_id" IS DISTINCT FROM (NEW."applicant_id") OR OLD."lane" IS DISTINCT FROM (NEW."lane") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."previous_permit_id" IS DISTINCT FROM (NEW."previous_permit_id") OR OLD."effect" IS DISTINCT FROM (NEW."effect")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f0f0ccdbaf6fe8a3ae9408c262c36a3a3c1fbeec', operation='UPDATE', pgid='pgtrigger_case_keeps_its_version_8204b', table='workflows_case', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_state_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{approved:issued,awaiting_decision:approved,awaiting_decision:awaiting_payment,awaiting_decision:awaiting_recommendations,awaiting_decision:deemed_granted,awaiting_decision:refused,awaiting_decision:withdrawn,awaiting_payment:approved,awaiting_payment:lapsed,awaiting_payment:withdrawn,awaiting_recommendations:awaiting_decision,awaiting_recommendations:deemed_granted,awaiting_recommendations:withdrawn,deemed_granted:approved,deemed_granted:awaiting_payment,draft:submitted,draft:withdrawn,in_verification:awaiting_decision,in_verification:awaiting_recommendations,in_verification:deemed_granted,in_verification:returned,in_verification:withdrawn,refused:awaiting_decision,refused:deemed_granted,returned:deemed_granted,returned:lapsed,returned:submitted,returned:withdrawn,submitted:awaiting_decision,submitted:deemed_granted,submitted:in_verification,submitted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ad55cdd25ceb991b11c420244ff25d1443eba091', operation='UPDATE', pgid='pgtrigger_case_state_edges_bdc43', table='workflows_case', when='BEFORE')),
        ),
    ]
