import agencies.migrating
import agencies.clock
import agencies.ids
import agencies.models.fields
import agencies.models.places
import agencies.models.signatories
import agencies.sealing
import django.contrib.postgres.constraints
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('agencies', '0001_initial'), ('agencies', '0002_more_roles'), ('agencies', '0003_staff_identities'), ('agencies', '0004_oversight'), ('agencies', '0005_signatories'), ('agencies', '0006_answers_by_link'), ('agencies', '0007_steward')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', agencies.models.fields.LowerEmailField(help_text='The log-in, always in lower case.', max_length=254, unique=True, verbose_name='alamat surel')),
                ('name', models.CharField(blank=True, help_text='How the pages address the user.', max_length=200, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True, help_text='False: may no longer log in.')),
                ('is_staff', models.BooleanField(default=False, help_text='May open the technical administration; says nothing about cases.')),
                ('joined_at', models.DateTimeField(default=agencies.clock.now, editable=False, help_text='When made.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='agencies_user_email_lower')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('code', models.CharField(help_text='Stable short name.', max_length=16, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='As written above the door.', max_length=200)),
                ('address', models.TextField(blank=True, help_text='Street and village, for people.')),
                ('phone', models.CharField(blank=True, help_text='Public number, E.164.', max_length=32)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('code', models.CharField(help_text='Stable short name, e.g. DINKES.', max_length=32, primary_key=True, serialize=False)),
                ('name_id', models.CharField(help_text='Official Indonesian name.', max_length=200)),
                ('name_en', models.CharField(help_text='Working translation, not official.', max_length=200)),
                ('kind', models.CharField(choices=[('skpd', 'Perangkat daerah'), ('vertical', 'Instansi vertikal'), ('bumn', 'Badan usaha milik negara'), ('bumd', 'Badan usaha milik daerah'), ('judicial', 'Lembaga peradilan'), ('oversight', 'Pengawas, bukan bagian dari mal')], help_text='To whom it belongs.', max_length=16)),
                ('role', models.TextField(blank=True, help_text='What it does at the mall, in English.')),
                ('component_defaults', models.JSONField(blank=True, default=agencies.models.places.no_components, help_text='Components of the service standard that its services inherit unless they state their own.')),
                ('phone', models.CharField(blank=True, help_text='Public number of the office, E.164.', max_length=32)),
                ('answers_by', models.CharField(choices=[('screen', 'Meja kerja'), ('link', 'Tautan sekali pakai')], default='screen', help_text='How it recommends: at the desk on a screen, or by one-time links from the mall.', max_length=8)),
                ('active', models.BooleanField(default=True, help_text='False: no longer at the mall.')),
                ('digest', models.CharField(blank=True, editable=False, help_text='SHA-256 of the catalogue entry that was loaded; equal means nothing to do.', max_length=64)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['skpd', 'vertical', 'bumn', 'bumd', 'judicial', 'oversight'])), name='agencies_agency_kind'), models.CheckConstraint(condition=models.Q(('answers_by__in', ['screen', 'link'])), name='agencies_agency_answers_by')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(db_index=True, help_text='The day, WIB.')),
                ('name', models.CharField(help_text='Indonesian name of the day.', max_length=200)),
                ('kind', models.CharField(choices=[('NATIONAL', 'Hari libur nasional'), ('CUTI_BERSAMA', 'Cuti bersama'), ('LOCAL', 'Libur daerah'), ('ELECTION', 'Hari pemungutan suara'), ('EMERGENCY', 'Keadaan darurat')], help_text='Why.', max_length=16)),
                ('decree_no', models.CharField(blank=True, help_text='Decree that says so.', max_length=200)),
                ('source', models.CharField(blank=True, help_text='Where the row came from: a library, an import, a person.', max_length=200)),
            ],
            options={
                'ordering': ['date', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('date', 'kind'), name='agencies_holiday_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['NATIONAL', 'CUTI_BERSAMA', 'LOCAL', 'ELECTION', 'EMERGENCY'])), name='agencies_holiday_kind')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(help_text='Kemendagri code as text, e.g. 35.10.16.1001.', max_length=13, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Name without the word kecamatan or desa.', max_length=100)),
                ('kind', models.CharField(choices=[('kabupaten', 'Kabupaten'), ('kecamatan', 'Kecamatan'), ('kelurahan', 'Kelurahan'), ('desa', 'Desa')], help_text='Its level.', max_length=16)),
                ('bps_code', models.CharField(blank=True, help_text='Code of Statistics Indonesia, when known.', max_length=10)),
                ('parent', models.ForeignKey(blank=True, help_text='The region one level above; empty for the regency.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.region')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['kabupaten', 'kecamatan', 'kelurahan', 'desa'])), name='agencies_region_kind'), models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{2}\\.\\d{2}(\\.\\d{2}(\\.[12]\\d{3})?)?$')), name='agencies_region_code')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Whole name; one word is a whole name.', max_length=200)),
                ('nik', agencies.sealing.SealedTextField(blank=True, help_text='National id number, 16 digits, sealed.')),
                ('nik_index', models.CharField(blank=True, editable=False, help_text='Keyed hash of the NIK.', max_length=64, null=True)),
                ('kk', agencies.sealing.SealedTextField(blank=True, help_text='Family card number, 16 digits, sealed.')),
                ('kk_index', models.CharField(blank=True, db_index=True, editable=False, help_text='Keyed hash of the family card number: equal means one household.', max_length=64, null=True)),
                ('phone', agencies.sealing.SealedTextField(blank=True, help_text='Telephone, E.164, sealed.')),
                ('phone_index', models.CharField(blank=True, db_index=True, editable=False, help_text='Keyed hash of the telephone number.', max_length=64, null=True)),
                ('email', models.EmailField(blank=True, help_text='Where to write to; may differ from a log-in.', max_length=254)),
                ('birth_date', models.DateField(blank=True, db_index=True, help_text='As stated; never taken from the NIK.', null=True)),
                ('sex', models.CharField(blank=True, choices=[('male', 'Laki-laki'), ('female', 'Perempuan')], help_text='As stated; may be empty.', max_length=8)),
                ('address', models.TextField(blank=True, help_text='Street, RT/RW, dusun.')),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', help_text='Real or canary.', max_length=8)),
                ('proof_level', models.CharField(choices=[('none', 'Belum ada'), ('self_declared', 'Pernyataan sendiri'), ('ktp_checked', 'KTP-el diperiksa petugas'), ('ktp_reader', 'KTP-el dibaca alat')], default='none', help_text='How the identity was proved.', max_length=16)),
                ('proof_at', models.DateTimeField(blank=True, help_text='When, UTC.', null=True)),
                ('created_at', models.DateTimeField(default=agencies.clock.now, editable=False, help_text='UTC.')),
                ('proof_by', models.ForeignKey(blank=True, help_text='Who looked at the card.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.OneToOneField(blank=True, help_text='Her account; empty for people served at the counter only.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(blank=True, help_text='Desa or kelurahan of residence.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.region')),
            ],
            options={
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(fields=('lane', 'nik_index'), name='agencies_person_nik_once'), models.CheckConstraint(condition=models.Q(('lane__in', ['real', 'canary'])), name='agencies_person_lane'), models.CheckConstraint(condition=models.Q(('proof_level__in', ['none', 'self_declared', 'ktp_checked', 'ktp_reader'])), name='agencies_person_proof'), models.CheckConstraint(condition=models.Q(('sex', ''), ('sex__in', ['male', 'female']), _connector='OR'), name='agencies_person_sex'), models.CheckConstraint(condition=models.Q(models.Q(('proof_level__in', ('ktp_checked', 'ktp_reader')), _negated=True), models.Q(('proof_at__isnull', False), ('proof_by__isnull', False)), _connector='OR'), name='agencies_person_proof_by')],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('capacity', models.CharField(choices=[('own', 'Jabatan sendiri'), ('delegation', 'Delegasi'), ('mandate_an', 'Mandat (a.n.)'), ('plh', 'Pelaksana harian (Plh.)'), ('plt', 'Pelaksana tugas (Plt.)')], help_text='By which power.', max_length=16)),
                ('title', models.CharField(help_text='Her own title, e.g. Kepala Dinas.', max_length=200)),
                ('principal', models.CharField(blank=True, help_text='For whom: the official behind `a.n.`, or the title acted for.', max_length=200)),
                ('rank', models.CharField(blank=True, help_text='Rank, e.g. Pembina Utama Muda.', max_length=100)),
                ('nip', models.CharField(blank=True, help_text='Number of the civil servant, 18 digits.', max_length=18)),
                ('decree_no', models.CharField(blank=True, help_text='Decree or order that gives the power.', max_length=120)),
                ('decree_date', models.DateField(blank=True, help_text='Its date.', null=True)),
                ('since', models.DateField(default=agencies.clock.today, help_text='First day, WIB.')),
                ('until', models.DateField(blank=True, help_text='Last day, WIB; empty: no end.', null=True)),
                ('agency', models.ForeignKey(help_text='For which office.', on_delete=django.db.models.deletion.PROTECT, related_name='signatories', to='agencies.agency')),
                ('user', models.ForeignKey(help_text='Who signs.', on_delete=django.db.models.deletion.PROTECT, related_name='signatories', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'signatories',
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__in', ['own', 'delegation', 'mandate_an', 'plh', 'plt'])), name='agencies_signatory_capacity'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='agencies_signatory_dates'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='agencies_signatory_title'), models.CheckConstraint(condition=models.Q(('nip__regex', '^(\\d{18})?$')), name='agencies_signatory_nip'), models.CheckConstraint(condition=models.Q(('capacity', 'own'), models.Q(models.Q(('decree_no', ''), _negated=True), ('decree_date__isnull', False)), _connector='OR'), name='agencies_signatory_decree'), models.CheckConstraint(condition=models.Q(('capacity__in', ['own', 'delegation']), models.Q(('principal', ''), _negated=True), _connector='OR'), name='agencies_signatory_principal'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('agency', '='), (agencies.models.signatories.DateRange('since', 'until', models.Value('[]')), '&&')], name='agencies_signatory_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(help_text='0 is Monday, 6 is Sunday.')),
                ('opens', models.TimeField(help_text='Wall clock, WIB.')),
                ('closes', models.TimeField(help_text='Wall clock, WIB; what arrives later counts tomorrow.')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='agencies.site')),
            ],
            options={
                'verbose_name_plural': 'opening hours',
                'constraints': [models.UniqueConstraint(fields=('site', 'weekday'), name='agencies_hours_once'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='agencies_hours_weekday'), models.CheckConstraint(condition=models.Q(('opens__lt', models.F('closes'))), name='agencies_hours_order')],
            },
        ),
        migrations.CreateModel(
            name='OpeningException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text='The day, WIB.')),
                ('opens', models.TimeField(blank=True, help_text='Empty: closed that day.', null=True)),
                ('closes', models.TimeField(blank=True, help_text='Empty: closed that day.', null=True)),
                ('reason', models.CharField(help_text='Shown to people, in Indonesian.', max_length=200)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_exceptions', to='agencies.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('site', 'date'), name='agencies_exception_once'), models.CheckConstraint(condition=models.Q(models.Q(('closes__isnull', True), ('opens__isnull', True)), models.Q(('closes__isnull', False), ('opens__isnull', False), ('opens__lt', models.F('closes'))), _connector='OR'), name='agencies_exception_order')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('clerk', 'Petugas loket'), ('verifier', 'Verifikator'), ('approver', 'Pejabat pemutus'), ('officer', 'Petugas instansi'), ('manager', 'Manajer'), ('administrator', 'Administrator'), ('deputy', 'Wakil kepala instansi'), ('head', 'Kepala instansi'), ('inspectorate', 'Inspektorat'), ('steward', 'Walidata')], help_text='Which role.', max_length=16)),
                ('active', models.BooleanField(default=True, help_text='False once revoked; the row stays as history.')),
                ('since', models.DateField(default=agencies.clock.today, help_text='First day, WIB.')),
                ('until', models.DateField(blank=True, help_text='Last day, WIB; empty: no end.', null=True)),
                ('agency', models.ForeignKey(help_text='For whom; staff of the mall itself belong to DPMPTSP.', on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency')),
                ('user', models.ForeignKey(help_text='Who holds the role.', on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(blank=True, help_text='Where; empty means at every site.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['clerk', 'verifier', 'approver', 'officer', 'manager', 'administrator', 'deputy', 'head', 'inspectorate', 'steward'])), name='agencies_membership_role'), models.UniqueConstraint(condition=models.Q(('active', True)), fields=('user', 'role', 'agency'), name='agencies_membership_once'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='agencies_membership_dates')],
            },
        ),
        migrations.CreateModel(
            name='StaffIdentity',
            fields=[
                ('user', models.OneToOneField(help_text='The account that works here.', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='identity', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(default=agencies.clock.now, editable=False, help_text='When, UTC.')),
                ('person', models.ForeignKey(help_text='Who she is, by NIK.', on_delete=django.db.models.deletion.PROTECT, related_name='staff_identities', to='agencies.person')),
                ('recorded_by', models.ForeignKey(help_text='The administrator who saw the card; never she herself.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'staff identities',
                'constraints': [models.CheckConstraint(condition=models.Q(('user', models.F('recorded_by')), _negated=True), name='agencies_identity_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=agencies.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Registered name with its legal form.', max_length=200)),
                ('kind', models.CharField(blank=True, help_text='Legal form, e.g. PT, CV, yayasan.', max_length=32)),
                ('nib', models.CharField(blank=True, help_text='Business number, 13 digits.', max_length=13, null=True)),
                ('npwp', models.CharField(blank=True, help_text='Tax number, 16 or 22 digits.', max_length=22)),
                ('address', models.TextField(blank=True, help_text='Registered address.')),
                ('lane', models.CharField(choices=[('real', 'Nyata'), ('canary', 'Uji jalan')], default='real', help_text='Real or canary.', max_length=8)),
                ('created_at', models.DateTimeField(default=agencies.clock.now, editable=False, help_text='UTC.')),
            ],
        ),
        migrations.CreateModel(
            name='OrganisationMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text='Her function, e.g. direktur.', max_length=100)),
                ('since', models.DateField(default=agencies.clock.today, help_text='First day, WIB.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='agencies.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisation_links', to='agencies.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='agencies_organisation_member_once')],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='people',
            field=models.ManyToManyField(related_name='organisations', through='agencies.OrganisationMember', to='agencies.person'),
        ),
        agencies.migrating.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(fields=('lane', 'nib'), name='agencies_organisation_nib_once'),
        ),
        agencies.migrating.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', ['real', 'canary'])), name='agencies_organisation_lane'),
        ),
        agencies.migrating.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('nib__isnull', True), ('nib__regex', '^\\d{13}$'), _connector='OR'), name='agencies_organisation_nib'),
        ),
        agencies.migrating.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='signatory_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='54be86970b723b010ed34c132706b267527d181c', operation='DELETE', pgid='pgtrigger_signatory_not_deleted_89eef', table='agencies_signatory', when='BEFORE')),
        ),
        agencies.migrating.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='signatory_only_ends', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."principal" IS DISTINCT FROM (NEW."principal") OR OLD."decree_no" IS DISTINCT FROM (NEW."decree_no") OR OLD."since" IS DISTINCT FROM (NEW."since"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a617d8b756145389ab17d64c58f8c6906aca1180', operation='UPDATE', pgid='pgtrigger_signatory_only_ends_e6764', table='agencies_signatory', when='BEFORE')),
        ),
    ]
