import agencies.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0001_initial'), ('notifications', '0002_staff_notices'), ('notifications', '0003_one_time_links')]

    initial = True

    dependencies = [
        ('agencies', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('workflows', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('template', models.CharField(help_text='Name of the text, e.g. `returned`.', max_length=32)),
                ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'Inggris')], max_length=2)),
                ('subject', models.CharField(max_length=120)),
                ('title', models.CharField(help_text='What happened, in one line; never in a subject.', max_length=160)),
                ('body', models.TextField(help_text='The whole text, plain.')),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(help_text='When she opened it in her inbox.', null=True)),
                ('link_id', models.UUIDField(help_text='A one-time link whose address is put under the text only as the mail leaves; never kept.', null=True)),
                ('outbox_id', models.UUIDField(help_text='The promise it keeps; makes a second delivery harmless.')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='workflows.case')),
                ('person', models.ForeignKey(help_text='The applicant who reads it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='agencies.person')),
                ('user', models.ForeignKey(help_text='The member of staff who reads it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-created_at', '-id'], name='message_inbox'), models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='message_unread'), models.Index(fields=['user', '-created_at', '-id'], name='message_notices'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='message_notices_unread'), models.Index(condition=models.Q(('link_id', None), _negated=True), fields=['link_id'], name='message_of_link')],
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['id', 'en'])), name='message_language_known'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('user__isnull', False)), models.Q(('person__isnull', False), ('user', None)), _connector='OR'), name='message_one_reader'), models.UniqueConstraint(fields=('outbox_id', 'person', 'user'), name='message_once_a_reader', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='agencies.person')),
                ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'Inggris')], default='id', max_length=2)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['id', 'en'])), name='preference_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('inbox', 'Kotak pesan'), ('email', 'Surel'), ('call', 'Telepon oleh petugas loket'), ('captured', 'Ditahan (uji jalan)')], max_length=16)),
                ('state', models.CharField(choices=[('pending', 'Menunggu'), ('sent', 'Terkirim'), ('failed', 'Gagal, akan dicoba lagi'), ('gave_up', 'Gagal')], default='pending', max_length=16)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('next_attempt_at', models.DateTimeField(help_text='Null where no machine will try.', null=True)),
                ('leased_until', models.DateTimeField(help_text='A worker is sending it until then.', null=True)),
                ('tried_at', models.DateTimeField(help_text='Last attempt.', null=True)),
                ('done_at', models.DateTimeField(help_text='When it was sent or given up.', null=True)),
                ('last_error', models.CharField(blank=True, help_text='Kind and class of the last failure only.', max_length=160)),
                ('provider_ref', models.CharField(blank=True, help_text='What the channel calls it.', max_length=160)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notifications.message')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('state__in', ['pending', 'failed'])), fields=['next_attempt_at'], name='delivery_due'), models.Index(condition=models.Q(('state', 'failed')), fields=['channel', 'tried_at'], name='delivery_failing')],
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='delivery_once_per_channel'), models.CheckConstraint(condition=models.Q(('channel__in', ['inbox', 'email', 'call', 'captured'])), name='delivery_channel_known'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'sent', 'failed', 'gave_up'])), name='delivery_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state__in', ['sent', 'gave_up'])), models.Q(('done_at', None), ('state__in', ['pending', 'failed'])), _connector='OR'), name='delivery_done_iff_decided')],
            },
        ),
        migrations.CreateModel(
            name='CallTask',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('no_email', 'Tidak punya surel'), ('gave_up', 'Surel tidak sampai')], max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, help_text='How the call ended.', max_length=400)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.person')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='call', to='notifications.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['opened_at', 'id'], name='call_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='call_done_says_how')],
            },
        ),
    ]
