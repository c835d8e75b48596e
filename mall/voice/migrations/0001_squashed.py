import agencies.migrating
import agencies.ids
import agencies.sealing
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('voice', '0001_levy_reports'), ('voice', '0002_satisfaction')]

    initial = True

    dependencies = [
        ('agencies', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('documents', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='LevyReport',
            fields=[
                ('state', models.CharField(choices=[('filed', 'Diterima Inspektorat'), ('in_review', 'Sedang diperiksa'), ('forwarded', 'Diteruskan kepada yang berwenang'), ('closed', 'Selesai')], default='filed', help_text='Where it stands.', max_length=16)),
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(help_text='Typed by the reporter, with a secret word.', max_length=8, unique=True)),
                ('filing_key', models.UUIDField(help_text='Makes filing idempotent.', unique=True)),
                ('manner', models.CharField(choices=[('anonymous', 'Tanpa nama'), ('confidential', 'Rahasia')], help_text='Whether it may point at the reporter.', max_length=12)),
                ('contact', agencies.sealing.SealedTextField(help_text='How to reach the reporter, if she said so.')),
                ('asked', agencies.sealing.SealedTextField(help_text='What was asked, and how it went.')),
                ('amount', models.PositiveBigIntegerField(help_text='Rupiah that were asked for.', null=True)),
                ('happened_on', models.DateField(help_text='When, as far as the reporter remembers.')),
                ('office', agencies.sealing.SealedTextField(help_text='Code of the reported agency; empty when unknown.')),
                ('office_index', models.CharField(blank=True, help_text='Keyed hash of the office, to keep its own people away.', max_length=64)),
                ('place', agencies.sealing.SealedTextField(help_text="Where, in the reporter's words.")),
                ('named', agencies.sealing.SealedTextField(help_text='Who asked for it, as far as known.')),
                ('service', agencies.sealing.SealedTextField(help_text='Code of the service whose page led here.')),
                ('reference', agencies.sealing.SealedTextField(help_text='Number of the application, if the reporter gave it.')),
                ('filed_at', models.DateTimeField(help_text='When it came.')),
                ('verify_due_at', models.DateTimeField(help_text='Until when somebody must begin; null: no calendar yet.', null=True)),
                ('due_at', models.DateTimeField(help_text='Until when it must be closed; null: no calendar yet.', null=True)),
                ('taken_at', models.DateTimeField(help_text='Since when she has it.', null=True)),
                ('forwarded_to', models.CharField(blank=True, choices=[('police', 'Kepolisian'), ('prosecutor', 'Kejaksaan'), ('ombudsman', 'Ombudsman Republik Indonesia'), ('superior', 'Pengawas internal instansi pusat')], help_text='Which authority.', max_length=12)),
                ('outcome', models.CharField(blank=True, choices=[('proved', 'Terbukti'), ('not_proved', 'Tidak terbukti'), ('not_enough', 'Keterangan belum cukup untuk diperiksa')], help_text='What was found.', max_length=12)),
                ('closed_at', models.DateTimeField(help_text='When it was closed.', null=True)),
                ('person', models.ForeignKey(help_text='Who reported, if she said so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.person')),
                ('taken_by', models.ForeignKey(help_text='The inspector who has it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['filed_at', 'id'], name='levy_open'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['-closed_at', 'id'], name='levy_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'in_review', 'forwarded', 'closed'])), name='levy_state_known'), models.CheckConstraint(condition=models.Q(('manner__in', ['anonymous', 'confidential'])), name='levy_manner_known'), models.CheckConstraint(condition=django.db.models.expressions.RawSQL("manner = 'confidential' OR (person_id IS NULL AND contact = '')", (), models.BooleanField()), name='levy_anonymous_has_no_person'), models.CheckConstraint(condition=models.Q(('state', 'filed'), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='levy_begun_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('outcome__in', ['proved', 'not_proved', 'not_enough']), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None), ('outcome', '')), _connector='OR'), name='levy_closed_with_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(help_text='Code of the service.', max_length=60)),
                ('agency', models.CharField(help_text='Code of the agency that answers for it.', max_length=32)),
                ('site', models.CharField(help_text='Where the case was handled.', max_length=32)),
                ('month', models.DateField(help_text='Month of the invitation, so that no period has more answers than cases.')),
                ('u1', models.PositiveSmallIntegerField(help_text='Requirements, 1 to 4.')),
                ('u2', models.PositiveSmallIntegerField(help_text='Procedure, 1 to 4.')),
                ('u3', models.PositiveSmallIntegerField(help_text='Time, 1 to 4.')),
                ('u4', models.PositiveSmallIntegerField(help_text='Cost, 1 to 4.')),
                ('u5', models.PositiveSmallIntegerField(help_text='Product, 1 to 4.')),
                ('u6', models.PositiveSmallIntegerField(help_text='Competence, 1 to 4.')),
                ('u7', models.PositiveSmallIntegerField(help_text='Conduct, 1 to 4.')),
                ('u8', models.PositiveSmallIntegerField(help_text='Facilities, 1 to 4.')),
                ('u9', models.PositiveSmallIntegerField(help_text='Complaints, 1 to 4.')),
                ('age', models.CharField(blank=True, choices=[('-19', 'Di bawah 20 tahun'), ('20-29', '20 sampai 29 tahun'), ('30-39', '30 sampai 39 tahun'), ('40-49', '40 sampai 49 tahun'), ('50-59', '50 sampai 59 tahun'), ('60-', '60 tahun atau lebih')], help_text='Band, if she said so.', max_length=8)),
                ('sex', models.CharField(blank=True, choices=[('p', 'Perempuan'), ('l', 'Laki-laki')], help_text='If she said so.', max_length=8)),
                ('education', models.CharField(blank=True, choices=[('sd', 'SD atau sederajat'), ('smp', 'SMP atau sederajat'), ('sma', 'SMA atau sederajat'), ('diploma', 'Diploma'), ('s1', 'Sarjana'), ('s2', 'Magister atau doktor')], help_text='If she said so.', max_length=8)),
                ('occupation', models.CharField(blank=True, choices=[('asn', 'ASN, TNI, atau Polri'), ('swasta', 'Pegawai swasta'), ('usaha', 'Wirausaha'), ('tani', 'Petani, peternak, atau nelayan'), ('pelajar', 'Pelajar atau mahasiswa'), ('rumah', 'Mengurus rumah tangga'), ('lain', 'Lainnya')], help_text='If she said so.', max_length=8)),
                ('comment', agencies.sealing.SealedTextField(help_text='Her words; no page shows them by service below the threshold.')),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'agency', 'service'], name='skm_answered_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('u1__range', (1, 4)), ('u2__range', (1, 4)), ('u3__range', (1, 4)), ('u4__range', (1, 4)), ('u5__range', (1, 4)), ('u6__range', (1, 4)), ('u7__range', (1, 4)), ('u8__range', (1, 4)), ('u9__range', (1, 4))), name='skm_scores')],
            },
        ),
        migrations.CreateModel(
            name='UrnAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(help_text='Code of the service.', max_length=60)),
                ('agency', models.CharField(help_text='Code of the agency that answers for it.', max_length=32)),
                ('site', models.CharField(help_text='Where the case was handled.', max_length=32)),
                ('month', models.DateField(help_text='Month of the invitation, so that no period has more answers than cases.')),
                ('u1', models.PositiveSmallIntegerField(help_text='Requirements, 1 to 4.')),
                ('u2', models.PositiveSmallIntegerField(help_text='Procedure, 1 to 4.')),
                ('u3', models.PositiveSmallIntegerField(help_text='Time, 1 to 4.')),
                ('u4', models.PositiveSmallIntegerField(help_text='Cost, 1 to 4.')),
                ('u5', models.PositiveSmallIntegerField(help_text='Product, 1 to 4.')),
                ('u6', models.PositiveSmallIntegerField(help_text='Competence, 1 to 4.')),
                ('u7', models.PositiveSmallIntegerField(help_text='Conduct, 1 to 4.')),
                ('u8', models.PositiveSmallIntegerField(help_text='Facilities, 1 to 4.')),
                ('u9', models.PositiveSmallIntegerField(help_text='Complaints, 1 to 4.')),
                ('age', models.CharField(blank=True, choices=[('-19', 'Di bawah 20 tahun'), ('20-29', '20 sampai 29 tahun'), ('30-39', '30 sampai 39 tahun'), ('40-49', '40 sampai 49 tahun'), ('50-59', '50 sampai 59 tahun'), ('60-', '60 tahun atau lebih')], help_text='Band, if she said so.', max_length=8)),
                ('sex', models.CharField(blank=True, choices=[('p', 'Perempuan'), ('l', 'Laki-laki')], help_text='If she said so.', max_length=8)),
                ('education', models.CharField(blank=True, choices=[('sd', 'SD atau sederajat'), ('smp', 'SMP atau sederajat'), ('sma', 'SMA atau sederajat'), ('diploma', 'Diploma'), ('s1', 'Sarjana'), ('s2', 'Magister atau doktor')], help_text='If she said so.', max_length=8)),
                ('occupation', models.CharField(blank=True, choices=[('asn', 'ASN, TNI, atau Polri'), ('swasta', 'Pegawai swasta'), ('usaha', 'Wirausaha'), ('tani', 'Petani, peternak, atau nelayan'), ('pelajar', 'Pelajar atau mahasiswa'), ('rumah', 'Mengurus rumah tangga'), ('lain', 'Lainnya')], help_text='If she said so.', max_length=8)),
                ('comment', agencies.sealing.SealedTextField(help_text='Her words; no page shows them by service below the threshold.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('u1__range', (1, 4)), ('u2__range', (1, 4)), ('u3__range', (1, 4)), ('u4__range', (1, 4)), ('u5__range', (1, 4)), ('u6__range', (1, 4)), ('u7__range', (1, 4)), ('u8__range', (1, 4)), ('u9__range', (1, 4))), name='skm_urn_scores')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('digest', models.CharField(help_text='SHA-256 of the code; the code is not kept.', max_length=64, primary_key=True, serialize=False)),
                ('service', models.CharField(help_text='Code of the service.', max_length=60)),
                ('agency', models.CharField(help_text='Code of the agency that answers for it.', max_length=32)),
                ('site', models.CharField(help_text='Where the case was handled.', max_length=32)),
                ('month', models.DateField(help_text='First day of the month in which the case was closed, WIB.')),
                ('expires_on', models.DateField(help_text='Last day on which it can be used.')),
                ('used', models.BooleanField(default=False, help_text='Was it answered?')),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'agency', 'service'], name='skm_invited_month')],
            },
        ),
        migrations.CreateModel(
            name='LevyEvidence',
            fields=[
                ('file', models.OneToOneField(help_text='The file itself.', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='documents.evidencefile')),
                ('report', models.ForeignKey(help_text='Of which report.', on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='voice.levyreport')),
            ],
        ),
        migrations.CreateModel(
            name='LevyNote',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('added', 'Tambahan dari pelapor'), ('message', 'Pesan Inspektorat'), ('forwarded', 'Diteruskan'), ('closed', 'Jawaban akhir')], help_text='Who wrote, and why.', max_length=12)),
                ('text', agencies.sealing.SealedTextField(help_text='The words.')),
                ('at', models.DateTimeField(help_text='When.')),
                ('by', models.ForeignKey(help_text='The inspector; null: reporter.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(help_text='About which report.', on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='voice.levyreport')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('kind', 'added')), models.Q(('kind__in', ['message', 'forwarded', 'closed']), ('by__isnull', False)), _connector='OR'), name='levy_note_author')],
            },
        ),
        migrations.CreateModel(
            name='LevyRecusal',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('named', 'Namanya disebut dalam laporan'), ('own', 'Ia sendiri yang melapor'), ('aside', 'Mengundurkan diri')], help_text='For which reason.', max_length=8)),
                ('user', models.ForeignKey(help_text='Who keeps away.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(help_text='Which report.', on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='voice.levyreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'user'), name='levy_recused_once'), models.CheckConstraint(condition=models.Q(('why__in', ['named', 'own', 'aside'])), name='levy_recusal_why')],
            },
        ),
        agencies.migrating.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='skm_used_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."used" OR OLD."digest" IS DISTINCT FROM (NEW."digest"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b3db40d53a312cb12b9e3e371ad84d282e34b14d', operation='UPDATE', pgid='pgtrigger_skm_used_once_8ec6a', table='voice_invitation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='skm_invitation_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='dc9fe62ca64c02d9619efda262d8a93890b6ed5c', operation='DELETE', pgid='pgtrigger_skm_invitation_kept_6202a', table='voice_invitation', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='skm_response_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9ad48a3819e0f070fb964822ff1ddd28c2ca2bb3', operation='UPDATE OR DELETE', pgid='pgtrigger_skm_response_append_only_47b14', table='voice_response', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='levyreport',
            trigger=pgtrigger.compiler.Trigger(name='levy_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7f87214dd2b84f44aef14da26d3967a2ad4aa2a8', operation='DELETE', pgid='pgtrigger_levy_not_deleted_7f973', table='voice_levyreport', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='levyreport',
            trigger=pgtrigger.compiler.Trigger(name='levy_told_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.manner IS DISTINCT FROM NEW.manner OR OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.contact IS DISTINCT FROM NEW.contact OR OLD.asked IS DISTINCT FROM NEW.asked OR OLD.amount IS DISTINCT FROM NEW.amount OR OLD.happened_on IS DISTINCT FROM NEW.happened_on OR OLD.office IS DISTINCT FROM NEW.office OR OLD.place IS DISTINCT FROM NEW.place OR OLD.named IS DISTINCT FROM NEW.named OR OLD.reference IS DISTINCT FROM NEW.reference)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='188b76b8a5bc217d7ac21c5a99af06dd427c4f9b', operation='UPDATE', pgid='pgtrigger_levy_told_once_8dfab', table='voice_levyreport', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='levyreport',
            trigger=pgtrigger.compiler.Trigger(name='levy_state_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{filed:in_review,forwarded:closed,in_review:closed,in_review:filed,in_review:forwarded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='2aca0ad0f748a0bdafb81c9a5c4b99c276b90c8f', operation='UPDATE', pgid='pgtrigger_levy_state_edges_5c5e5', table='voice_levyreport', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='levyrecusal',
            trigger=pgtrigger.compiler.Trigger(name='levy_recusal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8561e4ab0ddd657b08626165e19eaa4842d07ad5', operation='UPDATE OR DELETE', pgid='pgtrigger_levy_recusal_kept_4de95', table='voice_levyrecusal', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='levynote',
            trigger=pgtrigger.compiler.Trigger(name='levy_note_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5edad3c766298c639bb7b45d6c1a836c4650876f', operation='UPDATE OR DELETE', pgid='pgtrigger_levy_note_append_only_78a8a', table='voice_levynote', when='BEFORE')),
        ),
    ]
