import agencies.migrating
import agencies.ids
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0010_region_outlines'),
        ('workflows', '0026_three_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CounterLine',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('letter', models.CharField(help_text="Stands before its numbers; once given never another's.", max_length=2)),
                ('day', models.DateField(help_text='WIB day of the last number.')),
                ('last', models.PositiveSmallIntegerField(default=0, help_text='The last number of that day.')),
                ('agency', models.ForeignKey(help_text='Whose counters.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('site', models.ForeignKey(help_text='Where.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('site', 'agency'), name='line_of_agency_once'),
                    models.UniqueConstraint(fields=('site', 'letter'), name='line_letter_once'),
                    models.CheckConstraint(condition=models.Q(('letter__regex', '^[A-Z]{1,2}$')), name='line_letter_printable'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('state', models.CharField(choices=[('waiting', 'Menunggu'), ('called', 'Dipanggil'), ('serving', 'Sedang dilayani'), ('served', 'Selesai dilayani'), ('left', 'Tidak hadir atau pergi')], default='waiting', help_text='Where it stands.', max_length=8)),
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(help_text='On which day, WIB.')),
                ('seq', models.PositiveSmallIntegerField(help_text='Its number on that day, from 1 without gaps.')),
                ('priority', models.CharField(choices=[('none', 'Umum'), ('elderly', 'Lanjut usia'), ('disabled', 'Penyandang disabilitas'), ('pregnant', 'Ibu hamil'), ('infant', 'Membawa bayi')], help_text='Class of the visitor.', max_length=8)),
                ('first', models.BooleanField(help_text='Before the others: it has a class, and was not called in vain.')),
                ('issued_at', models.DateTimeField(help_text='When it was taken, UTC.')),
                ('queued_at', models.DateTimeField(help_text='Since when it has its place; later than issued after a hold.')),
                ('called_at', models.DateTimeField(help_text='When it was last called.', null=True)),
                ('began_at', models.DateTimeField(help_text='When the visitor stood at the counter.', null=True)),
                ('ended_at', models.DateTimeField(help_text='When the visitor went.', null=True)),
                ('holds', models.PositiveSmallIntegerField(default=0, help_text='How often nobody came when it was called.')),
                ('outcome', models.CharField(blank=True, choices=[('case', 'Permohonan'), ('advised', 'Diberi penjelasan'), ('collected', 'Mengambil hasil layanan'), ('incomplete', 'Berkas belum lengkap, akan kembali'), ('elsewhere', 'Diarahkan ke loket atau instansi lain')], help_text='How it ended.', max_length=12)),
                ('called_by', models.ForeignKey(help_text='Who called it last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(help_text='With which application.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='workflows.case')),
                ('line', models.ForeignKey(help_text='In which line.', on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='counter.counterline')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['line', 'day', '-first', 'queued_at', 'seq'], name='ticket_waiting'),
                    models.Index(fields=['day'], name='ticket_of_day'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'called', 'serving', 'served', 'left'])), name='ticket_state_known'),
                    models.CheckConstraint(condition=models.Q(('priority__in', ['none', 'elderly', 'disabled', 'pregnant', 'infant'])), name='ticket_priority_known'),
                    models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='ticket_seq_from_one'),
                    models.UniqueConstraint(fields=('line', 'day', 'seq'), name='ticket_number_once'),
                    models.CheckConstraint(condition=models.Q(('first', False), models.Q(models.Q(('priority', 'none'), _negated=True), ('holds', 0)), _connector='OR'), name='ticket_first_by_class'),
                    models.CheckConstraint(condition=models.Q(models.Q(('called_at', None), ('called_by', None), ('state', 'waiting')), ('state', 'left'), models.Q(('called_at__isnull', False), ('called_by__isnull', False), ('state__in', ['called', 'serving', 'served'])), _connector='OR'), name='ticket_called_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('began_at__isnull', False), ('state__in', ['serving', 'served'])), models.Q(models.Q(('state__in', ['serving', 'served']), _negated=True), ('began_at', None)), _connector='OR'), name='ticket_began_or_not'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['served', 'left'])), models.Q(models.Q(('state__in', ['served', 'left']), _negated=True), ('ended_at', None)), _connector='OR'), name='ticket_ended_or_not'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['case', 'advised', 'collected', 'incomplete', 'elsewhere']), ('state', 'served')), models.Q(models.Q(('state', 'served'), _negated=True), ('outcome', '')), _connector='OR'), name='ticket_served_with_outcome'),
                    models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('outcome', 'case')), models.Q(models.Q(('outcome', 'case'), _negated=True), ('case', None)), _connector='OR'), name='ticket_case_named'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ['called', 'serving'])), fields=('called_by',), name='ticket_one_in_hand'),
                    models.CheckConstraint(condition=models.Q(('queued_at__gte', models.F('issued_at'))), name='ticket_queued_after_issue'),
                ],
            },
        ),
        agencies.migrating.AddTrigger(
            model_name='counterline',
            trigger=pgtrigger.compiler.Trigger(name='line_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e131fa779c4904b2069c32b3921644dd0525d0df', operation='DELETE', pgid='pgtrigger_line_not_deleted_7277e', table='counter_counterline', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='counterline',
            trigger=pgtrigger.compiler.Trigger(name='line_only_counts', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT ((OLD.site_id, OLD.agency_id, OLD.letter) = (NEW.site_id, NEW.agency_id, NEW.letter) AND ((NEW.day = OLD.day AND NEW.last = OLD.last + 1) OR (NEW.day > OLD.day AND NEW.last = 1))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='23cd47600ddc3c13a03c0907d312bdf33e0a112e', operation='UPDATE', pgid='pgtrigger_line_only_counts_5f7af', table='counter_counterline', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='ticket_issued_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.line_id IS DISTINCT FROM NEW.line_id OR OLD.day IS DISTINCT FROM NEW.day OR OLD.seq IS DISTINCT FROM NEW.seq OR OLD.priority IS DISTINCT FROM NEW.priority OR OLD.issued_at IS DISTINCT FROM NEW.issued_at)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2c8867dae36a48c75027d6f236b1d53a5fce45df', operation='UPDATE', pgid='pgtrigger_ticket_issued_once_3a56b', table='counter_ticket', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='ticket_state_edges', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{called:left,called:serving,called:waiting,serving:served,waiting:called,waiting:left}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='74d5a65d9d71ec9225d1b10694dabb9b9d7907bf', operation='UPDATE', pgid='pgtrigger_ticket_state_edges_40964', table='counter_ticket', when='BEFORE')),
        ),
    ]
