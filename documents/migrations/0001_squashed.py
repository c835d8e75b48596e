import agencies.migrating
import agencies.ids
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_evidence'), ('documents', '0003_letters')]

    initial = True

    dependencies = [
        ('agencies', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('workflows', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('penolakan', 'Surat penolakan'), ('dianggap-dikabulkan', 'Pernyataan dianggap dikabulkan'), ('jawaban-keberatan', 'Surat jawaban keberatan'), ('jawaban-banding', 'Surat jawaban banding'), ('berkas-lengkap', 'Tanda terima berkas lengkap'), ('kuitansi', 'Kuitansi pembayaran')], max_length=24)),
                ('words', models.JSONField(help_text='Every word of it, as composed.')),
                ('number', models.CharField(help_text='As printed; names the file that is downloaded.', max_length=64)),
                ('template_version', models.CharField(help_text='Layout that it was rendered with.', max_length=16)),
                ('state', models.CharField(choices=[('composed', 'Tertulis'), ('rendered', 'Tersusun'), ('sealed', 'Bersegel'), ('failed', 'Gagal, akan dicoba lagi')], default='composed', max_length=12)),
                ('unsigned_sha256', models.CharField(blank=True, help_text='Of the rendered bytes.', max_length=64)),
                ('sealed_sha256', models.CharField(blank=True, help_text='Of the bytes that are handed out.', max_length=64)),
                ('size', models.PositiveIntegerField(default=0, help_text='Bytes of the sealed file.')),
                ('signer', models.CharField(blank=True, help_text='Which signer sealed it, e.g. `local`.', max_length=32)),
                ('certified', models.BooleanField(default=False, help_text='By a certificate of an Indonesian PSrE?')),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, help_text='Class of the last failure; no personal data.', max_length=200)),
                ('composed_at', models.DateTimeField()),
                ('rendered_at', models.DateTimeField(null=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='workflows.case')),
            ],
            options={
                'indexes': [models.Index(fields=['sealed_sha256'], name='letter_sealed'), models.Index(fields=['unsigned_sha256'], name='letter_unsigned')],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='letter_once_a_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['penolakan', 'dianggap-dikabulkan', 'jawaban-keberatan', 'jawaban-banding', 'berkas-lengkap', 'kuitansi'])), name='letter_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['composed', 'rendered', 'sealed', 'failed'])), name='letter_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sealed'), _negated=True), models.Q(('sealed_sha256__regex', '^[0-9a-f]{64}$'), ('unsigned_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='letter_sealed_has_both_hashes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rendered'), _negated=True), models.Q(('unsigned_sha256', ''), _negated=True), _connector='OR'), name='letter_rendered_has_hash')],
            },
        ),
        migrations.CreateModel(
            name='PermitDocument',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('template_version', models.CharField(help_text='Layout that it was rendered with.', max_length=16)),
                ('state', models.CharField(choices=[('rendered', 'Tersusun'), ('sealed', 'Bersegel'), ('failed', 'Gagal, akan dicoba lagi')], max_length=12)),
                ('unsigned_sha256', models.CharField(blank=True, help_text='Of the rendered bytes.', max_length=64)),
                ('sealed_sha256', models.CharField(blank=True, help_text='Of the bytes that are handed out.', max_length=64)),
                ('size', models.PositiveIntegerField(default=0, help_text='Bytes of the sealed file.')),
                ('signer', models.CharField(blank=True, help_text='Which signer sealed it, e.g. `local`.', max_length=32)),
                ('certified', models.BooleanField(default=False, help_text='By a certificate of an Indonesian PSrE?')),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, help_text='Class of the last failure; no personal data.', max_length=200)),
                ('rendered_at', models.DateTimeField(null=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('permit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='workflows.permit')),
            ],
            options={
                'indexes': [models.Index(fields=['sealed_sha256'], name='permitdocument_sealed'), models.Index(fields=['unsigned_sha256'], name='permitdocument_unsigned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['rendered', 'sealed', 'failed'])), name='permitdocument_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sealed'), _negated=True), models.Q(('sealed_sha256__regex', '^[0-9a-f]{64}$'), ('unsigned_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='permitdocument_sealed_has_both_hashes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rendered'), _negated=True), models.Q(('unsigned_sha256', ''), _negated=True), _connector='OR'), name='permitdocument_rendered_has_hash')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('document_type', models.CharField(help_text="What it is, by the definition's word, e.g. `ktp`.", max_length=80)),
                ('sha256', models.CharField(db_index=True, help_text='Of the bytes that are kept.', max_length=64)),
                ('received_sha256', models.CharField(help_text='Of the bytes that arrived; evidence, and idempotence.', max_length=64)),
                ('size', models.PositiveIntegerField(help_text='Bytes kept.')),
                ('mime', models.CharField(max_length=32)),
                ('pages', models.PositiveSmallIntegerField(help_text='1 for a picture.')),
                ('scan', models.CharField(choices=[('unscanned', 'Belum dipindai: pemindai virus tidak terpasang'), ('waiting', 'Menunggu pemindai virus'), ('clean', 'Tidak ditemukan virus'), ('infected', 'Mengandung virus')], max_length=12)),
                ('valid_until', models.DateField(help_text='Last day on which it may be used again; null: no end.', null=True)),
                ('stored_at', models.DateTimeField()),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', max_length=8)),
                ('owner', models.ForeignKey(help_text='Whose paper it is.', on_delete=django.db.models.deletion.PROTECT, related_name='files', to='agencies.person')),
                ('stored_by', models.ForeignKey(help_text='Who handed it in, if a user.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'document_type', '-stored_at'], name='file_of_owner'), models.Index(condition=models.Q(('scan', 'waiting')), fields=['stored_at'], name='file_waiting')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'document_type', 'received_sha256'), name='file_once'), models.CheckConstraint(condition=models.Q(('scan__in', ['unscanned', 'waiting', 'clean', 'infected'])), name='file_scan_known'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_hash_is_one'), models.CheckConstraint(condition=models.Q(('mime__in', ('application/pdf', 'image/jpeg', 'image/png'))), name='file_mime_known')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(db_index=True, help_text='Of the bytes that are kept.', max_length=64)),
                ('size', models.PositiveIntegerField(help_text='Bytes kept.')),
                ('mime', models.CharField(help_text='What the bytes are.', max_length=32)),
                ('pages', models.PositiveSmallIntegerField(help_text='1 for a picture.')),
                ('scan', models.CharField(choices=[('unscanned', 'Belum dipindai: pemindai virus tidak terpasang'), ('waiting', 'Menunggu pemindai virus'), ('clean', 'Tidak ditemukan virus'), ('infected', 'Mengandung virus')], help_text='What the virus scanner said.', max_length=12)),
                ('stored_at', models.DateTimeField(help_text='When it came.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('scan', 'waiting')), fields=['stored_at'], name='evidence_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scan__in', ['unscanned', 'waiting', 'clean', 'infected'])), name='evidence_scan_known'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='evidence_hash_is_one'), models.CheckConstraint(condition=models.Q(('mime__in', ('application/pdf', 'image/jpeg', 'image/png'))), name='evidence_mime_known')],
            },
        ),
        agencies.migrating.AddTrigger(
            model_name='evidencefile',
            trigger=pgtrigger.compiler.Trigger(name='evidence_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3e2b4c93edcca21ab7fd93835ba2334355c4149a', operation='DELETE', pgid='pgtrigger_evidence_kept_aea32', table='documents_evidencefile', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='evidencefile',
            trigger=pgtrigger.compiler.Trigger(name='evidence_is_what_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sha256" IS DISTINCT FROM (NEW."sha256"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a53f3674e55e3e9e83008fedd10a95a284847448', operation='UPDATE', pgid='pgtrigger_evidence_is_what_it_was_608e2', table='documents_evidencefile', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d8c9ef48fc42eaad262fc284cbde8887e01e5d30', operation='DELETE', pgid='pgtrigger_letter_not_deleted_4bd96', table='documents_letter', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_words_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='013e0de89afc005e88534fcf347349840f84c81d', operation='UPDATE', pgid='pgtrigger_letter_words_kept_4bd17', table='documents_letter', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_rendered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."unsigned_sha256" = \'\') AND OLD."unsigned_sha256" IS DISTINCT FROM (NEW."unsigned_sha256"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='260a42b1a3167db22d13ebec0453c145c637faaa', operation='UPDATE', pgid='pgtrigger_letter_rendered_once_2e3ef', table='documents_letter', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_sealed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'sealed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7a36e4fedd553e8bbec66aba6798e629d4b21aac', operation='UPDATE', pgid='pgtrigger_letter_sealed_once_7545e', table='documents_letter', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permitdocument',
            trigger=pgtrigger.compiler.Trigger(name='permitdocument_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9ab97c040ac2f6e71ca63a26571443c317833ca5', operation='DELETE', pgid='pgtrigger_permitdocument_not_deleted_ba6f2', table='documents_permitdocument', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permitdocument',
            trigger=pgtrigger.compiler.Trigger(name='permitdocument_rendered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."permit_id" IS DISTINCT FROM (NEW."permit_id") OR (NOT (OLD."unsigned_sha256" = \'\') AND OLD."unsigned_sha256" IS DISTINCT FROM (NEW."unsigned_sha256")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c3a6e0b575c780acf37091494582c5db56e5ebea', operation='UPDATE', pgid='pgtrigger_permitdocument_rendered_once_56453', table='documents_permitdocument', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='permitdocument',
            trigger=pgtrigger.compiler.Trigger(name='permitdocument_sealed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'sealed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6dd17baea2dc8986e53aa1294ce72845c3e4dc14', operation='UPDATE', pgid='pgtrigger_permitdocument_sealed_once_c435f', table='documents_permitdocument', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='storedfile',
            trigger=pgtrigger.compiler.Trigger(name='file_is_what_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."received_sha256" IS DISTINCT FROM (NEW."received_sha256") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='229349a417974159dc43b0d22563661e1b43b62b', operation='UPDATE', pgid='pgtrigger_file_is_what_it_was_485e1', table='documents_storedfile', when='BEFORE')),
        ),
    ]
